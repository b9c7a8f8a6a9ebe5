import { eq, sql } from 'drizzle-orm';
import { newId } from '../../../db/ids.ts';
import type { Transaction } from '../../../db/store.ts';
import type { Audience, Priority } from '../../../db/words.ts';
import { appendAudit } from '../audit/append.ts';
import type { Context } from '../context.ts';
import { remindOfReport, tellOfReport } from '../due/tell-of-report.ts';
import { touchIncident } from '../incidents/touch-incident.ts';
import { openProblemOf } from '../problems/open-problem-of.ts';
import { readSettings } from '../settings/read-settings.ts';
import { endOfWorkingDay } from './due-day.ts';

interface Owing {
  id: string;
  categoryId: string;
  isRestricted: boolean;
  releasedAt: Date | null;
  publishedAt: Date | null;
  resolvedAt: Date | null;
}

/**
 * What a priority obliges to, in the transaction that sets it: a P0 owes a report, a P1 asks for a decision on one, and
 * both open a problem. An obligation once made is never taken back here.
 */
export async function oweReport(
  tx: Transaction,
  context: Context,
  incident: Owing,
  priority: Priority,
): Promise<void> {
  if (priority !== 'P0' && priority !== 'P1') return;
  await openProblemOf(tx, context, incident);
  const { reports } = tx.tables;
  const [known] = await tx.db.select().from(reports).where(eq(reports.incidentId, incident.id));
  const isOwed = priority === 'P0';
  if (known) {
    // What went to customers or the team alone does not meet the duty of a P0; its next version does.
    const isShort = known.state === 'published' && known.publishedFor !== 'public';
    if (!isOwed || (known.isRequired === true && known.closedAt === null && !isShort)) return;
    const state = isShort ? 'draft' : (known.state ?? 'owed');
    const owed = { isRequired: true, closedAt: null, state, version: sql`${reports.version} + 1` } as const;
    await tx.db.update(reports).set(owed).where(eq(reports.id, known.id));
  } else {
    const id = await insertReport(tx, context, incident.id, isOwed);
    if (!isOwed) await tellOfReport(tx, context, { reportId: id, kind: 'decision_waiting' });
  }
  await appendAudit(tx, context, {
    action: isOwed ? 'report.owed' : 'report.decision-asked',
    subjectType: 'incident',
    subjectId: incident.id,
    after: { priority },
    restrictedTo: incident.isRestricted ? incident.id : null,
  });
  // The page of the incident says at once that a report follows.
  if (isOwed) touchIncident(tx, incident, { now: context.now });
  await setReportDue(tx, context, incident.id);
}

/** Writes the report of an incident that has none yet: owed, or with the decision on it still open. Returns its id. */
export async function insertReport(
  tx: Transaction,
  context: Context,
  incidentId: string,
  isOwed: boolean,
): Promise<string> {
  const id = newId();
  await tx.db.insert(tx.tables.reports).values({
    id,
    incidentId,
    state: isOwed ? 'owed' : null,
    isRequired: isOwed ? true : null,
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
export async function setReportDue(tx: Transaction, context: Context, incidentId: string): Promise<void> {
  const { reports, incidents } = tx.tables;
  const [row] = await tx.db
    .select({ report: reports, incident: incidents })
    .from(reports)
    .innerJoin(incidents, eq(reports.incidentId, incidents.id))
    .where(eq(incidents.id, incidentId));
  if (!row) return;
  const settings = await readSettings({ tables: tx.tables, read: tx.db });
  const { report, incident } = row;
  const resolvedAt = incident.resolvedAt && incident.resolvedAt <= context.now ? incident.resolvedAt : null;
  const dueAt = resolvedAt && endOfWorkingDay(resolvedAt, settings.report_working_days, settings.time_zone);
  if (dueAt?.getTime() === report.dueAt?.getTime()) return;
  await tx.db.update(reports).set({ dueAt }).where(eq(reports.id, report.id));
  if (dueAt) await remindOfReport(tx, context, report.id, dueAt);
  // Of a report that is only to be decided the world knows nothing.
  if (isPromised(report)) touchIncident(tx, incident, { now: context.now });
}

/** Whether the page of the incident says that a report will follow, or did: what is for fewer readers is no promise. */
export const isPromised = (report: {
  isRequired: boolean | null;
  audience: Audience;
  closedAt: Date | null;
}): boolean => report.isRequired === true && report.audience === 'public' && report.closedAt === null;
