import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Tables } from '../../../../db/schema.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import type { TeamIncident } from '../../incidents/team-incident.ts';
import { visibleProblems } from '../problems/find-problem.ts';
import { closingFactsOf, readClosingFacts } from './closing-facts.ts';
import { obstaclesOf } from './closing-rules.ts';

/**
 * What an incident, which the actor was shown already, still owes before it is closed: its report and problems, the
 * decision that waits, and what is missing. Three queries.
 */
export async function readClosing(context: Context, incident: TeamIncident) {
  authorize(context, 'incidents.read');
  const { tables, read } = context.store;
  const { report, decisions } = await readClosingFacts(context.store, incident, context.now);
  const { problems, problemIncidents } = tables;
  const linked = await read
    .select({ id: problems.id, title: problems.title, closedAt: problems.closedAt })
    .from(problems)
    .where(
      and(
        inArray(
          problems.id,
          read
            .select({ id: problemIncidents.problemId })
            .from(problemIncidents)
            .where(eq(problemIncidents.incidentId, incident.id)),
        ),
        visibleProblems(context.store, context),
      ),
    )
    .orderBy(asc(problems.openedAt), asc(problems.id));
  return closingOf(incident, { report, decisions, problems: linked }, context.now);
}

/** The same of what was read already; decisions from the newest on. Pure. */
export function closingOf(
  incident: TeamIncident,
  { report, decisions, problems }: KnownOfClosing,
  now: Date,
) {
  const facts = closingFactsOf(incident, { report, decisions }, now);
  return {
    report,
    problems,
    /** A proposal that a second person has to agree to or refuse. */
    proposal: decisions.find(({ agreedAt, refusedAt }) => !agreedAt && !refusedAt) ?? null,
    /** The agreed decision not to release the report, while it holds. */
    notReleased:
      (facts.isUnreleased &&
        decisions.find(({ kind, agreedAt }) => kind === 'not_release' && agreedAt !== null)) ||
      null,
    obstacles: incident.closedAt || incident.kind !== 'incident' ? [] : obstaclesOf(facts),
  };
}

export interface KnownOfClosing {
  report: Tables['reports']['$inferSelect'] | null;
  decisions: readonly Tables['jointDecisions']['$inferSelect'][];
  problems: { id: string; title: string; closedAt: Date | null }[];
}

export type Closing = ReturnType<typeof closingOf>;
