import { eq, sql } from 'drizzle-orm';
import { newId } from '../../../../db/ids.ts';
import type { Transaction } from '../../../../db/store.ts';
import type { Priority } from '../../../../db/words.ts';
import { appendAudit } from '../../core/audit/append.ts';
import type { Consequence } from '../../core/consequences.ts';
import type { Context } from '../../core/context.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { isUrgent } from '../../incidents/priority-rules.ts';
import { touchIncident } from '../../incidents/touch-incident.ts';
import { remindOfReport, tellOfReport } from '../due/tell-of-report.ts';
import { openProblemOf } from '../problems/open-problem-of.ts';
import { voidReview } from '../reviews/void-review.ts';
import { endOfWorkingDay } from './due-day.ts';
import { askedAnew, isPromised } from './obligation.ts';
import { withdrawProposals } from './withdraw-proposals.ts';

interface Owing {
  id: string;
  categoryId: string;
  isRestricted: boolean;
  releasedAt: Date | null;
  publishedAt: Date | null;
  resolvedAt: Date | null;
}

/** What another priority means for a report that is written or owed. */
export const followPriority: Consequence<'classified'> = async (
  tx,
  context,
  { incident, priority, isNew },
) => {
  if (priority !== incident.priority) {
    // The priority is part of what is approved.
    await voidReview(tx, context, [incident]);
    // What was proposed for the priority of before is nothing to agree to any more.
    await withdrawProposals(tx, context, incident.id, 'reclassify');
  }
  if (isNew) await oweReport(tx, context, incident, priority);
};

/**
 * What a priority obliges to, in the transaction that sets it anew: a P0 owes a report, a P1 as well unless a manager says
 * no, by a day; both open a problem. What was waived or ended as another priority is asked
 * again. An obligation once made is never taken back here.
 */
export async function oweReport(
  tx: Transaction,
  context: Context,
  incident: Owing,
  priority: Priority,
): Promise<void> {
  if (!isUrgent(priority)) return;
  await openProblemOf(tx, context, incident);
  const { reports } = tx.tables;
  const [known] = await tx.db.select().from(reports).where(eq(reports.incidentId, incident.id));
  const anew = askedAnew(priority, known ?? null);
  if (!anew) return;
  const isAlways = anew.asks === 'report';
  const decideBy = isAlways ? null : await dayOfDecision(tx, context);
  const id = known?.id ?? (await insertReport(tx, context, incident.id));
  await tx.db
    .update(reports)
    .set({
      isRequired: isAlways ? true : null,
      decideBy,
      // What was decided was decided on another priority.
      ...(isAlways ? {} : { decidedBy: null, decidedAt: null, decisionReason: '' }),
      closedAt: null,
      state: anew.state,
      updatedAt: context.now,
      version: sql`${reports.version} + 1`,
    })
    .where(eq(reports.id, id));
  if (decideBy) await askForDecision(tx, context, id, decideBy);
  await appendAudit(tx, context, {
    action: isAlways ? 'report.owed' : 'report.decision-asked',
    subjectType: 'incident',
    subjectId: incident.id,
    after: { priority, decideBy: decideBy ?? undefined },
    restrictedTo: incident.isRestricted ? incident.id : null,
  });
  // The page of the incident says at once that a report follows.
  touchIncident(tx, incident, { now: context.now });
  await setReportDue(tx, context, { incidentId: incident.id });
}

/** The end of the day by which a manager says that a P1 gets no report, counted from the moment that it became one. */
async function dayOfDecision(tx: Transaction, context: Context): Promise<Date> {
  const settings = await readSettings(tx);
  return endOfWorkingDay(context.now, settings.report_decision_working_days, settings.time_zone);
}

/** Tells managers at once, and again before and at the end of the day of the decision. */
async function askForDecision(
  tx: Transaction,
  context: Context,
  reportId: string,
  decideBy: Date,
): Promise<void> {
  await tellOfReport(tx, context, { reportId, kind: 'decision_waiting' });
  await remindOfReport(tx, context, reportId, decideBy, 'decision_waiting');
}

/** Writes the report of an incident that has none yet, with the decision on it still open. Returns its id. */
export async function insertReport(tx: Transaction, context: Context, incidentId: string): Promise<string> {
  const id = newId();
  await tx.db.insert(tx.tables.reports).values({
    id,
    incidentId,
    state: null,
    isRequired: null,
    audience: 'public',
    classification: 'internal',
    isPreliminary: false,
    analysisSource: 'own',
    createdAt: context.now,
    updatedAt: context.now,
  });
  return id;
}

/** Sets when the report of an incident is due: counted from its resolution, not at all while it is open. */
export const setReportDue: Consequence<'endTold'> = async (tx, context, { incidentId }) => {
  const { reports, incidents } = tx.tables;
  const [row] = await tx.db
    .select({ report: reports, incident: incidents })
    .from(reports)
    .innerJoin(incidents, eq(reports.incidentId, incidents.id))
    .where(eq(incidents.id, incidentId));
  if (!row) return;
  const settings = await readSettings(tx);
  const { report, incident } = row;
  const resolvedAt = incident.resolvedAt && incident.resolvedAt <= context.now ? incident.resolvedAt : null;
  const dueAt = resolvedAt && endOfWorkingDay(resolvedAt, settings.report_working_days, settings.time_zone);
  if (dueAt?.getTime() === report.dueAt?.getTime()) return;
  await tx.db.update(reports).set({ dueAt }).where(eq(reports.id, report.id));
  if (dueAt) await remindOfReport(tx, context, report.id, dueAt);
  if (isPromised(incident.priority, report)) touchIncident(tx, incident, { now: context.now });
};
