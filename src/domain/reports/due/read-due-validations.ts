import { and, asc, desc, eq, inArray, isNull, ne, or } from 'drizzle-orm';
import { isAllowed } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { leftOut } from '../../core/left-out.ts';
import { visibleIncidents } from '../../core/visibility.ts';
import type { Due, FoundDue } from './due-item.ts';

/** More at once than anybody could look at. */
const limit = 100;

/**
 * Urgent priorities that somebody set and nobody else has validated, for whoever may and did not set them:
 * red from the start, until it is done or the incident is closed inside; the oldest first. One query, two when there are too many.
 */
export async function readDueValidations(context: Context): Promise<Due<FoundDue>> {
  const { userId } = context.actor;
  if (!isAllowed(context.actor, 'incidents.validate-priority') || userId === null)
    return { due: [], more: 0 };
  const { incidents } = context.store.tables;
  const isOwed = and(
    eq(incidents.kind, 'incident'),
    eq(incidents.isReviewed, true),
    inArray(incidents.priority, ['P0', 'P1']),
    isNull(incidents.validatedAt),
    isNull(incidents.closedAt),
    isNull(incidents.importedFrom),
    or(isNull(incidents.priorityBy), ne(incidents.priorityBy, userId)),
  );
  const found = await context.store.read
    .select({ id: incidents.id, internalTitle: incidents.internalTitle, priority: incidents.priority })
    .from(incidents)
    .where(and(isOwed, visibleIncidents(context)))
    .orderBy(asc(incidents.startedAt), desc(incidents.id))
    .limit(limit);
  const due = found.map(
    ({ id, internalTitle, priority }): FoundDue => ({
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
  );
  const count = () => context.store.read.$count(incidents, and(isOwed, visibleIncidents(context)));
  return { due, more: await leftOut(found, limit, count) };
}
