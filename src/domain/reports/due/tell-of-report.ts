import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '../../../../db/store.ts';
import type { Context } from '../../core/context.ts';
import { enqueue } from '../../core/jobs/enqueue.ts';
import { notifyPeople } from '../../incidents/notices/notify-people.ts';
import { readAskingReports } from './asking-reports.ts';
import { dueOfReport } from './due-of-report.ts';

const told = z.object({
  reportId: z.string(),
  kind: z.enum(['report_due', 'decision_waiting', 'review_waiting', 'changes_requested', 'report_approved']),
  /** Of a reminder: the due instant that it was made for. */
  dueAt: z.iso.datetime().optional(),
});
type Told = z.infer<typeof told>;

/** Promises to tell people of what a report asks of them now, or at `at`. */
export const tellOfReport = (
  tx: Transaction,
  context: Context,
  { at, ...payload }: Told & { at?: Date },
): Promise<void> => enqueue(tx, context, { kind: 'tell-of-report', payload, dueAt: at });

const dayMs = 86_400_000;

/** Reminders of a due report or decision, a day before and at the end; a moved deadline makes them idle. */
export async function remindOfReport(
  tx: Transaction,
  context: Context,
  reportId: string,
  dueAt: Date,
  kind: 'report_due' | 'decision_waiting' = 'report_due',
): Promise<void> {
  const reminder = { reportId, kind, dueAt: dueAt.toISOString() } as const;
  await tellOfReport(tx, context, { ...reminder, at: new Date(dueAt.getTime() - dayMs) });
  await tellOfReport(tx, context, { ...reminder, at: dueAt });
}

/**
 * Tells those of whom the report asks this as it stands when the job runs; nobody when it went on meanwhile or its
 * deadline moved. Bears being repeated.
 */
export async function deliverTellOfReport(context: Context, payload: unknown): Promise<void> {
  const { reportId, kind, dueAt } = told.parse(payload);
  await context.store.transaction(async (tx) => {
    const [found] = await readAskingReports(tx, eq(tx.tables.reports.id, reportId), context.now);
    if (!found) return;
    const { incident, asking } = found;
    const deadline = asking.obligation[kind === 'decision_waiting' ? 'decideBy' : 'dueAt'];
    if (dueAt !== undefined && deadline?.toISOString() !== dueAt) return;
    const isLate = deadline !== null && deadline <= context.now;
    const reference =
      dueAt === undefined
        ? (asking.submission?.id ?? `report ${reportId}`)
        : `${dueAt} ${isLate ? 'over' : 'soon'}`;
    const about = { incident, kind, reference };
    await notifyPeople(tx, context, about, (person) => dueOfReport(asking, person)?.kind === kind);
  });
}
