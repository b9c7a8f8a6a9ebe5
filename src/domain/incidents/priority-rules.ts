/** Who may move a priority, and what a second person has to look at. Pure. */
import { type IncidentKind, type Priority, priorities } from '../../../db/words.ts';

export const isUrgent = (priority: Priority): boolean => priority === 'P0' || priority === 'P1';

const isLower = (priority: Priority, than: Priority): boolean =>
  priorities.indexOf(priority) > priorities.indexOf(than);

/**
 * Leaving a P0 or P1 leaves what it owes: that takes evidence and a manager as second person. Raising never does. Whatever was
 * decided on its report: otherwise one person closes it away as something smaller.
 */
export const needsTwoPeople = (
  incident: { priority: Priority; isReviewed: boolean },
  wanted: Priority,
): boolean => incident.isReviewed && isUrgent(incident.priority) && isLower(wanted, incident.priority);

export interface Classified {
  kind: IncidentKind;
  priority: Priority;
  isReviewed: boolean;
  validatedAt: Date | null;
}

/** Somebody set an urgent priority, and nobody else has looked at it yet: red until it is done. */
export const isValidationOwed = ({ kind, priority, isReviewed, validatedAt }: Classified): boolean =>
  kind === 'incident' && isReviewed && isUrgent(priority) && validatedAt === null;
