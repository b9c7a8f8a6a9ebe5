import { and, asc, count, desc, eq, lt, sql } from 'drizzle-orm';
import { type RemediationState, remediationStates } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import { addDays, dayOf, startOfDay } from '../../core/calendar.ts';
import type { Context } from '../../core/context.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { visibleProblems } from '../problems/find-problem.ts';
import { type ItemLine, readLines } from './list-items.ts';

/** How many items a column of the board shows; the list of its state has all. */
export const columnLength = 30;

export interface BoardColumn {
  state: RemediationState;
  /** Of all that are in this state. */
  count: number;
  items: ItemLine[];
}

/**
 * The items of all problems by how far they are: the soonest deadlines; of the settled ones those that owe a note on
 * whether they helped, then the last settled. A fixed number of queries.
 */
export async function readBoard(context: Context): Promise<BoardColumn[]> {
  authorize(context, 'problems.read');
  const { tables, read } = context.store;
  const { remediationItems, problems } = tables;
  const settings = await readSettings(context.store);
  const { time_zone: zone, effectiveness_days: days } = settings;
  const counts = await read
    .select({ state: remediationItems.state, all: count() })
    .from(remediationItems)
    .innerJoin(problems, eq(remediationItems.problemId, problems.id))
    .where(visibleProblems(context.store, context))
    .groupBy(remediationItems.state);
  // What was done on a day before this one owes its note today (`note-due.ts`).
  const owedBefore = startOfDay(addDays(dayOf(context.now, zone), 1 - days), zone);
  const owes = and(eq(remediationItems.effectiveness, ''), lt(remediationItems.settledAt, owedBefore));
  const due = [asc(remediationItems.dueOn), asc(remediationItems.id)];
  const last = [desc(remediationItems.settledAt), desc(remediationItems.id)];
  const orders = {
    open: due,
    in_progress: due,
    done: [desc(sql`case when ${owes} then 1 else 0 end`), ...last],
    waived: last,
  } satisfies Record<RemediationState, unknown>;
  const columns: BoardColumn[] = [];
  for (const state of remediationStates)
    columns.push({
      state,
      count: counts.find((one) => one.state === state)?.all ?? 0,
      items: await readLines(
        context,
        settings,
        eq(remediationItems.state, state),
        orders[state],
        columnLength,
      ),
    });
  return columns;
}
