import { and, asc, desc, eq, isNotNull } from 'drizzle-orm';
import { z } from 'zod';
import { oneOf } from '../../../db/one-of.ts';
import type { Transaction } from '../../../db/store.ts';
import type { Context } from '../core/context.ts';
import { isPublished, isUnreleased } from '../core/visibility.ts';
import { enqueue } from '../jobs/enqueue.ts';
import { notifyPeople } from '../notices/notify-people.ts';
import { isUndecided } from '../obligations/obligation.ts';
import { readWriters } from '../reports/read-writers.ts';
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
    const { reports, incidents, reportRevisions, reviews, users } = tx.tables;
    const [found] = await tx.db
      .select({ report: reports, incident: incidents, ownerLeftAt: users.disabledAt })
      .from(reports)
      .innerJoin(incidents, eq(reports.incidentId, incidents.id))
      .leftJoin(users, eq(reports.ownerId, users.id))
      .where(eq(reports.id, reportId));
    if (!found) return;
    const { report, incident } = found;
    const deadline = kind === 'decision_waiting' ? report.decideBy : report.dueAt;
    if (dueAt !== undefined && (deadline?.toISOString() !== dueAt || isPublished(report))) return;
    const writers = await readWriters(tx, [reportId]);
    const [newest] = await tx.db
      .select({ id: reportRevisions.id, submittedBy: reportRevisions.submittedBy })
      .from(reportRevisions)
      .where(eq(reportRevisions.reportId, reportId))
      .orderBy(desc(reportRevisions.sequence))
      .limit(1);
    const asked = await tx.db
      .select({ id: reviews.id })
      .from(reviews)
      .where(and(oneOf(reviews.revisionId, newest ? [newest.id] : []), isNotNull(reviews.changesRequestedAt)))
      .orderBy(asc(reviews.id));
    const authors = [report.authorId, ...(writers.get(reportId) ?? [])];
    const facts = {
      ...report,
      ownerId: found.ownerLeftAt === null ? report.ownerId : null,
      authors: new Set(authors.flatMap((id) => (id === null ? [] : [id]))),
      submission: newest ? { submittedBy: newest.submittedBy, areChangesRequested: asked.length > 0 } : null,
      isUnreleased: isUnreleased(incident, context.now),
      isUndecided: isUndecided({ ...report, priority: incident.priority }),
    };
    const isLate = deadline !== null && deadline <= context.now;
    const reference =
      dueAt === undefined ? (newest?.id ?? `report ${reportId}`) : `${dueAt} ${isLate ? 'over' : 'soon'}`;
    const about = { incident, kind, reference };
    await notifyPeople(tx, context, about, (person) => dueOfReport(facts, person)?.kind === kind);
  });
}
