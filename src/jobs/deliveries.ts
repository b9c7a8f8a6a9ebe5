import type { Context } from '../domain/context.ts';
import { publishHeldUpdate } from '../domain/incidents/publish-held-update.ts';
import { tellMissedPromise } from '../domain/promises/tell-missed-promise.ts';

/** What an outbox row of each kind does. Each only calls a verb that bears being repeated. */
export const deliveries: Record<
  string,
  (context: Context, payload: Record<string, unknown>) => Promise<unknown>
> = {
  'publish-held-update': publishHeldUpdate,
  'tell-missed-promise': tellMissedPromise,
};
