import { and, eq, gt, isNotNull, isNull, min, or } from 'drizzle-orm';
import { addDays, dayOf, startOfDay } from '../core/calendar.ts';
import type { Context } from '../core/context.ts';
import { isUnrestricted } from '../core/visibility.ts';

/**
 * The next instant at which time alone changes a public page: a held update, a release, a promise that
 * passes, an edge of a maintenance, midnight in the page's zone, and what the page itself waits for.
 */
export async function nextChange(
  context: Context,
  zone: string,
  awaited: readonly Date[] = [],
): Promise<Date> {
  const { tables, read } = context.store;
  const { incidents, incidentUpdates } = tables;
  const { now } = context;
  // What is restricted changes nothing in public, so its clock is none of the page's either.
  const isOpenToAll = or(isUnrestricted(tables), isNotNull(incidents.releasedAt));
  const isOpen = or(isNull(incidents.openUntil), gt(incidents.openUntil, now));
  const isAnnounced = and(isOpenToAll, isNotNull(incidents.publishedAt), gt(incidents.scheduledUntil, now));
  const [held] = await read
    .select({ at: min(incidentUpdates.publishedAt) })
    .from(incidentUpdates)
    .innerJoin(incidents, eq(incidentUpdates.incidentId, incidents.id))
    .where(and(gt(incidentUpdates.publishedAt, now), isOpenToAll));
  const [promised] = await read
    .select({ at: min(incidentUpdates.nextUpdateBy) })
    .from(incidentUpdates)
    .innerJoin(incidents, eq(incidentUpdates.incidentId, incidents.id))
    .where(and(isOpen, isOpenToAll, gt(incidentUpdates.nextUpdateBy, now)));
  const edges = await read
    .select({ a: incidents.scheduledFor, b: incidents.scheduledUntil, c: incidents.releasedAt })
    .from(incidents)
    .where(
      // Each by an index: no engine looks for one inside an "and" that holds an "or".
      or(
        and(isNull(incidents.openUntil), isAnnounced),
        and(gt(incidents.openUntil, now), isAnnounced),
        gt(incidents.releasedAt, now),
      ),
    );
  const candidates = [
    held?.at,
    promised?.at,
    ...awaited,
    ...edges.flatMap(({ a, b, c }) => [a, b, c]),
    startOfDay(addDays(dayOf(now, zone), 1), zone),
  ].flatMap((at) => (at && at > now ? [at.getTime()] : []));
  return new Date(Math.min(...candidates));
}
