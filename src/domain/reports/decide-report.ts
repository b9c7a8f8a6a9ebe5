import { eq, sql } from 'drizzle-orm';
import { authorize } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import type { Context } from '../context.ts';
import { DomainError } from '../errors.ts';
import { parse } from '../parse.ts';
import { findReport, restrictedTo } from './find-report.ts';
import { setReportDue } from './owe-report.ts';
import { decideReportInput } from './report-input.ts';

/** Whether a P1 gets a report: a manager decides with a reason, the default is yes (R-077). A P0's is never waived (R-076). */
export async function decideReport(context: Context, id: string, input: unknown): Promise<{ id: string }> {
  authorize(context, 'reports.decide');
  const { isRequired, reason } = parse(decideReportInput, input);
  return context.store.transaction(async (tx) => {
    const found = await findReport({ tables: tx.tables, read: tx.db }, context, id);
    const { report, incident } = found;
    if (incident.priority === 'P0' && !isRequired) throw new DomainError('conflict', 'report_never_waived');
    if (report.publishedAt && !isRequired) throw new DomainError('conflict', 'report_published');
    const { reports } = tx.tables;
    await tx.db
      .update(reports)
      .set({
        isRequired,
        state: isRequired ? (report.state ?? 'owed') : null,
        decidedBy: context.actor.userId,
        decidedAt: context.now,
        decisionReason: reason.trim(),
        updatedAt: context.now,
        version: sql`${reports.version} + 1`,
      })
      .where(eq(reports.id, report.id));
    await appendAudit(tx, context, {
      action: 'report.decided',
      subjectType: 'report',
      subjectId: report.id,
      before: { isRequired: report.isRequired },
      after: { isRequired },
      reason: reason.trim(),
      restrictedTo: restrictedTo(found),
    });
    await setReportDue(tx, context, incident.id);
    tx.touch(`incident:${incident.id}`, 'incidents');
    return { id: report.id };
  });
}
