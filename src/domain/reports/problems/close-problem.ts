import { and, eq, isNull, sql } from 'drizzle-orm';
import { oneOf } from '../../../../db/one-of.ts';
import { actOn } from '../../core/act.ts';
import { dayOf } from '../../core/calendar.ts';
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
    const obstacles = obstaclesToClosing(standingFacts(found, await countMeetingsOwed(tx, found), settings));
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

/** How many meetings on reports of a problem's incidents were not held. One query. */
async function countMeetingsOwed(from: From, { incidents }: FoundProblem): Promise<number> {
  const { postmortemMeetings, reports } = from.tables;
  const ids = incidents.map(({ id }) => id);
  if (ids.length === 0) return 0;
  const owed = await from.read
    .select({ id: postmortemMeetings.id })
    .from(postmortemMeetings)
    .innerJoin(reports, eq(postmortemMeetings.reportId, reports.id))
    .where(and(oneOf(reports.incidentId, ids), isNull(postmortemMeetings.heldAt)));
  return owed.length;
}

/** What the rules on a problem's standing ask for. Pure. */
const standingFacts = (
  { problem, incidents, items }: FoundProblem,
  meetingsOwed: number,
  settings: Settings,
): StandingProblem => ({
  priority: order.find((priority) => incidents.some((incident) => incident.priority === priority)) ?? 'P3',
  isCauseKnown: problem.causeKnownAt !== null,
  hasExpert: problem.expertId !== null,
  hasGroup: problem.groupId !== null,
  nothingNeededReason: problem.nothingNeededReason,
  items: items.map((item) => standingItem(item, settings)),
  meetingsOwed,
});

/** How a problem stands today in the page's zone, and what keeps it from being closed. Pure. */
export function standingToday(now: Date, found: FoundProblem, meetingsOwed: number, settings: Settings) {
  const facts = standingFacts(found, meetingsOwed, settings);
  const flags = standingOf(facts, dayOf(now, settings.time_zone));
  return found.problem.closedAt
    ? { priority: facts.priority, flags: owedWhenClosed(flags), obstacles: [] }
    : { priority: facts.priority, flags, obstacles: obstaclesToClosing(facts) };
}
