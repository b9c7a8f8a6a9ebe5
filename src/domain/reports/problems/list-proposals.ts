import { and, eq, gte, isNull, lte, ne, notInArray, or, type SQL, sql } from 'drizzle-orm';
import { oneOf } from '../../../../db/one-of.ts';
import type { Language } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { leftOut } from '../../core/left-out.ts';
import { visibleIncidents } from '../../core/visibility.ts';
import { readTeamIncidents, type TeamIncident } from '../../incidents/team-incident.ts';
import { areOfThisDesk } from '../../incidents/updates/origin.ts';
import { type Proposed, proposalsOf } from './proposals.ts';
import { series } from './repeats.ts';

const dayMs = 24 * 60 * 60_000;

/** More of a month than anybody could go through. */
const mostUnlinked = 200;
/** As many as can be chosen from. */
const mostLinkable = 50;

export interface Proposal extends Omit<Proposed, 'incidents'> {
  category: { id: string; slug: string; name: Record<Language, string> };
  incidents: TeamIncident[];
}

/**
 * Incidents of the last 30 days that belong to no problem (`unlinked`, newest first), and the series among them that
 * propose one. What ended on another page, those dismissed and those that a reason keeps from being public are left out; `more`
 * older ones were not looked at. Four queries, five when there are too many.
 */
export async function listProposals(
  context: Context,
): Promise<{ proposals: Proposal[]; unlinked: TeamIncident[]; more: number }> {
  authorize(context, 'problems.read');
  const { incidents, problemIncidents } = context.store.tables;
  const linked = context.store.read.select({ id: problemIncidents.incidentId }).from(problemIncidents);
  const where = and(
    eq(incidents.kind, 'incident'),
    areOfThisDesk(context),
    isNull(incidents.notPublicReason),
    or(isNull(incidents.outcome), ne(incidents.outcome, 'dismissed')),
    gte(incidents.startedAt, new Date(context.now.getTime() - series.days * dayMs)),
    lte(incidents.startedAt, context.now),
    notInArray(incidents.id, linked),
  );
  const unlinked = await readTeamIncidents(context, where, mostUnlinked);
  const proposed = proposalsOf(
    unlinked.map(({ components, category, ...rest }) => ({
      ...rest,
      categoryId: category.id,
      componentIds: components.filter(({ status }) => status !== 'operational').map(({ id }) => id),
    })),
    context.now,
  );
  const proposals = proposed.flatMap(({ incidents: ids, ...place }): Proposal[] => {
    const own = unlinked.filter(({ id }) => ids.includes(id));
    return own[0] ? [{ ...place, category: own[0].category, incidents: own }] : [];
  });
  const more = await leftOut(unlinked, mostUnlinked, () => count(context, where));
  return { proposals, unlinked, more };
}

/**
 * Incidents of a problem's category that it does not name yet, newest first: what its form for linking offers, and how many
 * more there are. `named` are the ones that it names, which the same page shows: they are read along. Four queries, five when
 * there are too many.
 */
export async function listLinkable(
  context: Context,
  problem: { id: string; categoryId: string; isRestricted: boolean },
  named: readonly string[] = [],
): Promise<{ named: TeamIncident[]; linkable: TeamIncident[]; more: number }> {
  authorize(context, 'problems.read');
  const { incidents, problemIncidents } = context.store.tables;
  const linked = context.store.read
    .select({ id: problemIncidents.incidentId })
    .from(problemIncidents)
    .where(eq(problemIncidents.problemId, problem.id));
  const where = and(
    eq(incidents.kind, 'incident'),
    eq(incidents.categoryId, problem.categoryId),
    eq(incidents.isRestricted, problem.isRestricted),
    notInArray(incidents.id, linked),
  );
  const isNamed = oneOf(incidents.id, named);
  const found = await readTeamIncidents(context, or(isNamed, where), named.length + mostLinkable, [
    // Before the newest others, of which only so many are shown.
    sql`case when ${isNamed} then 0 else 1 end`,
  ]);
  const linkable = found.filter(({ id }) => !named.includes(id));
  return {
    named: found.filter(({ id }) => named.includes(id)),
    linkable,
    more: await leftOut(linkable, mostLinkable, () => count(context, where)),
  };
}

const count = (context: Context, where: SQL | undefined): PromiseLike<number> =>
  context.store.read.$count(context.store.tables.incidents, and(where, visibleIncidents(context)));
