import type { Context } from '../domain/core/context.ts';
import { deleteOldKeys } from '../domain/core/idempotency/delete-old-keys.ts';
import { renderAnew } from '../domain/instance/rendering/render-anew.ts';
import { deleteExpiredSessions } from '../domain/people/sessions/delete-expired.ts';

/** What runs by the clock. Each line only calls a verb. */
export const timetable: Record<string, { everyMs: number; run: (context: Context) => Promise<unknown> }> = {
  'delete-expired-sessions': { everyMs: 60 * 60_000, run: deleteExpiredSessions },
  'delete-old-idempotency-keys': { everyMs: 60 * 60_000, run: deleteOldKeys },
  'render-anew': { everyMs: 60_000, run: renderAnew },
};
