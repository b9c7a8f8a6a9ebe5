import { and, eq, isNotNull, or, sql } from 'drizzle-orm';
import { idPattern } from '../../../../db/ids.ts';
import type { Transaction } from '../../../../db/store.ts';
import { actOn } from '../../core/act.ts';
import type { Context } from '../../core/context.ts';
import { DomainError, notFound } from '../../core/errors.ts';
import { isPublished, isUnreleased } from '../../core/visibility.ts';
import { findIncident } from '../../incidents/find-incident.ts';
import { touchIncident } from '../../incidents/touch-incident.ts';
import { type FoundReport, findReport, restrictedTo } from '../find-report.ts';
import { decideReportInput } from '../report-input.ts';
import { obligationOf } from './obligation.ts';
import { insertReport, setReportDue } from './owe-report.ts';

/**
 * Whether there is a report: of a P1 a manager decides with a reason, the default is yes; a P2 or P3 may have one (R-077).
 * A P0's is never waived (R-076), and what two people did not release is not asked for by one (R-126).
 */
export const decideReport = actOn({
  permission: 'reports.decide',
  input: decideReportInput,
  audits: ['report.decided'],
  async work({ tx, context, audit }, id, { isRequired, reason }): Promise<{ id: string }> {
    await makeOptional(tx, context, id);
    const found = await findReport(tx, context, id);
    const { report, incident } = found;
    if (incident.priority === 'P0' && !isRequired) throw new DomainError('conflict', 'report_never_waived');
    if (isPublished(report) && !isRequired) throw new DomainError('conflict', 'report_published');
    const { why, decision } = obligationOf(incident.priority, report);
    if (why === 'ended' && (await isNotReleased(tx, context, incident)))
      throw new DomainError('conflict', 'report_not_owed');
    const { reports } = tx.tables;
    await tx.db
      .update(reports)
      .set({
        isRequired,
        state: isRequired ? (report.state ?? 'owed') : null,
        // Closed as a P0 set in error, it is asked for again.
        closedAt: isRequired ? null : report.closedAt,
        decidedBy: context.actor.userId,
        decidedAt: context.now,
        decisionReason: reason.trim(),
        updatedAt: context.now,
        version: sql`${reports.version} + 1`,
      })
      .where(eq(reports.id, report.id));
    await audit({
      action: 'report.decided',
      subjectType: 'report',
      subjectId: report.id,
      before: { isRequired: report.isRequired },
      after: { isRequired },
      reason: reason.trim(),
      restrictedTo: restrictedTo(found),
    });
    await setReportDue(tx, context, { incidentId: incident.id });
    // The page says at once that it follows for certain, or that none is needed.
    if (report.audience === 'public' && decision !== (isRequired ? 'yes' : 'no'))
      touchIncident(tx, incident, { now: context.now });
    return { id: report.id };
  },
});

/** The report of a P2 or P3 that nobody asked for before. Its incident is found as its reports are. */
async function makeOptional(tx: Transaction, context: Context, id: string): Promise<void> {
  const { reports } = tx.tables;
  if (!idPattern.test(id)) throw notFound();
  const [known] = await tx.db
    .select({ id: reports.id })
    .from(reports)
    .where(or(eq(reports.id, id), eq(reports.incidentId, id)));
  if (known) return;
  const incident = await findIncident(tx, context, id);
  if (incident.kind !== 'incident') throw notFound();
  await insertReport(tx, context, incident.id);
}

async function isNotReleased(
  tx: Transaction,
  context: Context,
  incident: FoundReport['incident'],
): Promise<boolean> {
  if (!isUnreleased(incident, context.now)) return false;
  const { jointDecisions } = tx.tables;
  const [agreed] = await tx.db
    .select({ id: jointDecisions.id })
    .from(jointDecisions)
    .where(
      and(
        eq(jointDecisions.incidentId, incident.id),
        eq(jointDecisions.kind, 'not_release'),
        isNotNull(jointDecisions.agreedAt),
      ),
    );
  return agreed !== undefined;
}
