import { and, asc, eq, inArray, isNull, ne, or } from 'drizzle-orm';
import { isAllowed } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { leftOut } from '../../core/left-out.ts';
import { visibleIncidents } from '../../core/visibility.ts';
import { readTeamIncidents } from '../../incidents/team-incident.ts';
import type { Due, DueItem } from './due-item.ts';

/** More at once than anybody could look at. */
const limit = 100;

/**
 * Urgent priorities that somebody set and nobody else has validated, for whoever may and did not set them:
 * red from the start, until it is done or the incident is closed inside; the oldest first. Five queries, one when there is none.
 */
export async function readDueValidations(context: Context): Promise<Due> {
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
  // Mostly there is none, and then nothing more is read.
  const [one] = await context.store.read.select({ id: incidents.id }).from(incidents).where(isOwed).limit(1);
  if (!one) return { due: [], more: 0 };
  const found = await readTeamIncidents(context, isOwed, limit, [asc(incidents.startedAt)]);
  const due = found.map(
    ({ id, titles, priority }): DueItem => ({
      kind: 'validation_waiting',
      subject: 'incident',
      id,
      title: titles,
      priority,
      dueAt: null,
      isOverdue: true,
      isOwn: false,
    }),
  );
  const count = () => context.store.read.$count(incidents, and(isOwed, visibleIncidents(context)));
  return { due, more: await leftOut(found, limit, count) };
}
