import { and, eq, isNull, sql } from 'drizzle-orm';
import { oneOf } from '../../../../db/one-of.ts';
import { actOn } from '../../core/act.ts';
import { dayOf } from '../../core/calendar.ts';
import type { Context } from '../../core/context.ts';
import { DomainError } from '../../core/errors.ts';
import { refuseStale } from '../../core/lock.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { type FoundProblem, type From, findProblem, refuseClosed, restrictedTo } from './find-problem.ts';
import { closeProblemInput } from './problem-input.ts';
import { obstaclesToClosing, owedWhenClosed, type StandingProblem, standingOf } from './standing.ts';
import { standingItem } from './standing-item.ts';

/** Closes a problem: every item done or waived with reason, every meeting held. */
export const closeProblem = actOn({
  permission: 'problems.close',
  input: closeProblemInput,
  audits: ['problem.closed'],
  async work({ tx, context, audit }, id, { reason, version }): Promise<{ id: string }> {
    const found = await findProblem(tx, context, id);
    refuseClosed(found);
    refuseStale(version, found.problem, found.problem, { reason });
    const settings = await readSettings(tx);
    const obstacles = obstaclesToClosing(await standingFacts(tx, found, settings));
    if (obstacles.length > 0) throw new DomainError('conflict', 'problem_open', { details: { obstacles } });
    const { problems } = tx.tables;
    await tx.db
      .update(problems)
      .set({
        closedAt: context.now,
        closedReason: reason?.trim() ?? '',
        version: sql`${problems.version} + 1`,
      })
      .where(eq(problems.id, id));
    await audit({
      action: 'problem.closed',
      subjectType: 'problem',
      subjectId: id,
      reason: reason?.trim() || undefined,
      restrictedTo: restrictedTo(found),
    });
    return { id };
  },
});

const order = ['P0', 'P1', 'P2', 'P3'] as const;

/** What the rules on a problem's standing ask for. One query for the meetings owed. */
async function standingFacts(
  from: From,
  { problem, incidents, items }: FoundProblem,
  settings: Settings,
): Promise<StandingProblem> {
  const { postmortemMeetings, reports } = from.tables;
  const ids = incidents.map(({ id }) => id);
  const owed =
    ids.length === 0
      ? []
      : await from.read
          .select({ id: postmortemMeetings.id })
          .from(postmortemMeetings)
          .innerJoin(reports, eq(postmortemMeetings.reportId, reports.id))
          .where(and(oneOf(reports.incidentId, ids), isNull(postmortemMeetings.heldAt)));
  return {
    priority: order.find((priority) => incidents.some((incident) => incident.priority === priority)) ?? 'P3',
    isCauseKnown: problem.causeKnownAt !== null,
    hasExpert: problem.expertId !== null,
    hasGroup: problem.groupId !== null,
    nothingNeededReason: problem.nothingNeededReason,
    items: items.map((item) => standingItem(item, settings)),
    meetingsOwed: owed.length,
  };
}

/** How a problem stands today in the page's zone, and what keeps it from being closed. One query. */
export async function readStanding(context: Context, found: FoundProblem, settings: Settings) {
  const facts = await standingFacts(context.store, found, settings);
  const flags = standingOf(facts, dayOf(context.now, settings.time_zone));
  return found.problem.closedAt
    ? { priority: facts.priority, flags: owedWhenClosed(flags), obstacles: [] }
    : { priority: facts.priority, flags, obstacles: obstaclesToClosing(facts) };
}
