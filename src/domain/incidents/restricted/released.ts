/** What a restricted incident is to the world, and who may publish in it. */
import { isAllowed } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { DomainError } from '../../core/errors.ts';
import { isUnreleased, type Lane } from '../../core/visibility.ts';

/**
 * Whether a text in it is this person's to publish: in a released restricted incident only security's. Pages ask it too: what
 * stands in the way is said where the button would be.
 */
export const mayPublishIn = (context: Context, incident: Lane): boolean =>
  !incident.isRestricted ||
  isUnreleased(incident, context.now) ||
  isAllowed(context.actor, 'incidents.release');

/** Refuses a text in a released incident from who may not release: the world reads released text only. */
export function refuseUnreleasedText(context: Context, incident: Lane): void {
  if (!mayPublishIn(context, incident)) throw new DomainError('forbidden', 'security_publishes');
}

/** Refuses what only a restricted incident knows. */
export function refuseUnrestricted(incident: Lane): void {
  if (!incident.isRestricted) throw new DomainError('conflict', 'not_restricted');
}
