import { eq, sql } from 'drizzle-orm';
import { actOn } from '../core/act.ts';
import { refuseStale } from '../core/lock.ts';
import { findReport, requireState, restrictedTo } from './find-report.ts';
import { publishedWith } from './read-work.ts';
import { classifyReportInput } from './report-input.ts';
import { stateAfter } from './report-way.ts';

/**
 * Sets for whom a report may be at most; raising it is a manager's logged act. Voids a review like any change,
 * unless it only says before what approving would have written.
 */
export const classifyReport = actOn({
  permission: 'reports.decide',
  input: classifyReportInput,
  audits: ['report.classified'],
  async work({ tx, context, audit }, id, { classification, reason, version }): Promise<{ id: string }> {
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
    await audit({
      action: 'report.classified',
      subjectType: 'report',
      subjectId: report.id,
      before: { classification: report.classification },
      after: { classification },
      reason: reason.trim(),
      restrictedTo: restrictedTo(found),
    });
    return { id: report.id };
  },
});
