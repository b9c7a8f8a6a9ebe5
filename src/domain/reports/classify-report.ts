import { eq, sql } from 'drizzle-orm';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { refuseStale } from '../core/lock.ts';
import { parse } from '../core/parse.ts';
import { findReport, requireState, restrictedTo } from './find-report.ts';
import { publishedWith } from './read-work.ts';
import { classifyReportInput } from './report-input.ts';
import { stateAfter } from './report-way.ts';

/**
 * Sets for whom a report may be at most; raising it is a manager's logged act. Voids a review like any change,
 * unless it only says before what approving would have written.
 */
export async function classifyReport(context: Context, id: string, input: unknown): Promise<{ id: string }> {
  authorize(context, 'reports.decide');
  const { classification, reason, version } = parse(classifyReportInput, input);
  return context.store.transaction(async (tx) => {
    const found = await findReport(tx, context, id);
    const { report } = found;
    const state = requireState(found);
    refuseStale(version, report);
    if (classification === report.classification) return { id: report.id };
    const { reports } = tx.tables;
    const isAhead = publishedWith(report) === classification && (state === 'draft' || state === 'in_review');
    await tx.db
      .update(reports)
      .set({
        classification,
        // What nobody has begun to write stays owed.
        state: state === 'owed' || isAhead ? state : (stateAfter(state, 'edit') ?? state),
        updatedAt: context.now,
        version: sql`${reports.version} + 1`,
      })
      .where(eq(reports.id, report.id));
    await appendAudit(tx, context, {
      action: 'report.classified',
      subjectType: 'report',
      subjectId: report.id,
      before: { classification: report.classification },
      after: { classification },
      reason: reason.trim(),
      restrictedTo: restrictedTo(found),
    });
    return { id: report.id };
  });
}
