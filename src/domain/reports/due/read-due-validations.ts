import { and, asc, eq, inArray, isNull, ne, or } from 'drizzle-orm';
import { isAllowed } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { type FoundList, findLists, type IncidentList } from '../../incidents/find-lists.ts';
import type { Due, FoundDue } from './due-item.ts';

/** More at once than anybody could look at. */
const limit = 100;

/**
 * Urgent priorities that somebody set and nobody else has validated, for whoever may and did not set them:
 * red from the start, until it is done or the incident is closed inside; the oldest first. One query, two when there are too many.
 */
export async function readDueValidations(context: Context): Promise<Due<FoundDue>> {
  const { toValidate } = await findLists(context, { toValidate: listToValidate(context) });
  return validationsOf(toValidate);
}

/** Which these are: a page reads several lists at once. Null for who validates none. */
export function listToValidate({ actor, store }: Context): IncidentList | null {
  const { userId } = actor;
  if (!isAllowed(actor, 'incidents.validate-priority') || userId === null) return null;
  const { incidents } = store.tables;
  const where = and(
    eq(incidents.kind, 'incident'),
    eq(incidents.isReviewed, true),
    inArray(incidents.priority, ['P0', 'P1']),
    isNull(incidents.validatedAt),
    isNull(incidents.closedAt),
    isNull(incidents.importedFrom),
    or(isNull(incidents.priorityBy), ne(incidents.priorityBy, userId)),
  );
  return { where, first: [asc(incidents.startedAt)], limit };
}

/** What was found, as something due. Pure. */
export const validationsOf = ({ rows, more }: FoundList): Due<FoundDue> => ({
  due: rows.map(
    ({ incident: { id, internalTitle, priority } }): FoundDue => ({
      kind: 'validation_waiting',
      subject: 'incident',
      id,
      title: {},
      untitled: { id, internalTitle },
      priority,
      dueAt: null,
      isOverdue: true,
      isOwn: false,
    }),
  ),
  more,
});
