import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { notPublicIncidents } from '../../core/visibility.ts';
import { findLists, type IncidentList } from '../find-lists.ts';
import { type TeamIncident, tellIncidents } from '../team-incident.ts';
import { areOfThisDesk } from '../updates/origin.ts';

export interface NotPublic extends TeamIncident {
  /** Since it started. */
  ageMinutes: number;
  /** P0 or P1: it must be public. */
  isUrgent: boolean;
  /** Its first update is held and comes by itself; null otherwise. */
  publishingAt: Date | null;
}

/** More than anybody leaves waiting. */
const limit = 200;

/**
 * Incidents that affect customers while nothing of them is public and no reason says why: urgent ones first, then the
 * oldest; and how many more there are. Held updates are not public yet; restricted incidents only for who may see them. Four
 * queries, five when there are too many. "Opened in error" is how one is dismissed and leaves the desk; a priority that
 * two people must leave stays a duty.
 */
export async function listNotPublic(context: Context): Promise<{ notPublic: NotPublic[]; more: number }> {
  authorize(context, 'incidents.read');
  const { rows, more } = (await findLists(context, { notPublic: listOfNotPublic(context) })).notPublic;
  return { notPublic: notPublicOf(await tellIncidents(context, rows), context.now), more };
}

/** Which these are, without their updates: a page reads several lists at once. */
export function listOfNotPublic(context: Context): IncidentList {
  const { tables } = context.store;
  const { incidents } = tables;
  const where = and(
    eq(incidents.affectsCustomers, true),
    isNull(incidents.notPublicReason),
    areOfThisDesk(context),
    notPublicIncidents(tables, context.now),
  );
  const urgentFirst = sql`case when ${incidents.priority} in ('P0', 'P1') then 0 else 1 end`;
  return { where, first: [urgentFirst, asc(incidents.startedAt)], limit };
}

/** What was found, told with its updates: urgent ones first, then the oldest. Pure. */
export const notPublicOf = (found: readonly TeamIncident[], now: Date): NotPublic[] =>
  found
    .map(
      (incident): NotPublic => ({
        ...incident,
        ageMinutes: Math.max(0, Math.floor((now.getTime() - incident.startedAt.getTime()) / 60_000)),
        isUrgent: incident.priority === 'P0' || incident.priority === 'P1',
        publishingAt: incident.isRestricted ? null : incident.publishedAt,
      }),
    )
    .sort((a, b) => Number(b.isUrgent) - Number(a.isUrgent) || a.startedAt.getTime() - b.startedAt.getTime());
