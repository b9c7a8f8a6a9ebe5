import { and, eq, sql } from 'drizzle-orm';
import { newId } from '../../../../db/ids.ts';
import { type ReviewAspect, reportSections, reviewAspects } from '../../../../db/words.ts';
import { actOn } from '../../core/act.ts';
import { authorize } from '../../core/authorize.ts';
import { DomainError, type FieldRefusal } from '../../core/errors.ts';
import { isReason } from '../../core/reason.ts';
import { tellOfReport } from '../due/tell-of-report.ts';
import { findReport, requireState, restrictedTo } from '../find-report.ts';
import { authorsOf, contentOf, publishedWith, readRevisions, readWork } from '../read-work.ts';
import { reviewReportInput } from '../report-input.ts';
import { stateAfter } from '../report-way.ts';
import { refuseOutdated } from './refuse-outdated.ts';

/**
 * Management's look at the submitted state: ticks for content, commitments and presentation, then approval, or changes
 * requested with a comment. Approving raises the classification to what it is published with. Bound to the digest of exactly what was read; nobody approves what they wrote.
 */
export const reviewReport = actOn({
  permission: 'reports.approve',
  input: reviewReportInput,
  audits: ['report.classified', 'report.approved', 'report.changes-requested', 'report.ticked'],
  async work(
    { tx, context, audit },
    id,
    wanted,
  ): Promise<{ id: string; state: string; ticks: ReviewAspect[] }> {
    const work = await readWork(tx, await findReport(tx, context, id));
    const { report } = work;
    const state = requireState(work);
    const { all, submitted } = await readRevisions(tx, report.id);
    refuseOutdated(all, contentOf(work), wanted.digest);
    if (state !== 'in_review' || !submitted) throw new DomainError('conflict', 'report_state');
    const reviewerId = context.actor.userId;
    if (reviewerId === null || authorsOf(work).has(reviewerId) || submitted.submittedBy === reviewerId)
      throw new DomainError('forbidden', 'own_report');

    const { reviews, reports, reportRevisions } = tx.tables;
    const [known] = await tx.db
      .select()
      .from(reviews)
      .where(and(eq(reviews.revisionId, submitted.id), eq(reviews.reviewerId, reviewerId)));
    const raised = publishedWith(report);
    const ticks = { ...known?.ticks };
    for (const aspect of reviewAspects) {
      const given = wanted.ticks?.[aspect];
      if (given) ticks[aspect] ??= { at: context.now.toISOString(), comment: given.comment?.trim() ?? '' };
    }
    if (wanted.decision === 'approve') {
      const missing = reviewAspects.filter((aspect) => !ticks[aspect]);
      const refusals = missing.map(
        (aspect): FieldRefusal => ({ path: `ticks.${aspect}`, key: 'tick_missing' }),
      );
      // Whoever raises the classification says to what, so that nobody publishes more widely than meant.
      const isRaised = raised !== report.classification;
      if (wanted.classification ? wanted.classification !== raised : isRaised)
        refusals.push({ path: 'classification', key: 'classification_stated', params: { is: raised } });
      if (refusals.length > 0) throw new DomainError('invalid', 'input', { fields: refusals });
      if (isRaised) authorize(context, 'reports.decide');
    }
    const asks = wanted.decision === 'request_changes';
    if (asks && !isReason(wanted.comment ?? '')) {
      const key = wanted.comment?.trim() ? 'reason_thin' : 'reason_missing';
      throw new DomainError('invalid', 'input', { fields: [{ path: 'comment', key }] });
    }
    const row = {
      ticks,
      comment: wanted.comment?.trim() ?? known?.comment ?? '',
      changesRequestedAt: asks ? context.now : null,
    };
    if (known) await tx.db.update(reviews).set(row).where(eq(reviews.id, known.id));
    else
      await tx.db
        .insert(reviews)
        .values({ id: newId(), revisionId: submitted.id, reviewerId, createdAt: context.now, ...row });
    const remarks = reportSections.flatMap((section) => {
      const text = wanted.comments?.[section]?.trim();
      return text ? [{ section, text }] : [];
    });
    for (const remark of remarks)
      await tx.db.insert(tx.tables.reportComments).values({
        id: newId(),
        reportId: report.id,
        createdBy: reviewerId,
        createdAt: context.now,
        ...remark,
      });
    const next = wanted.decision ? (stateAfter(state, wanted.decision) ?? state) : state;
    if (wanted.decision === 'approve')
      await tx.db
        .update(reportRevisions)
        .set({ approvedBy: reviewerId, approvedAt: context.now })
        .where(eq(reportRevisions.id, submitted.id));
    if (next !== state)
      await tx.db
        .update(reports)
        .set({
          state: next,
          ...(wanted.decision === 'approve' ? { classification: raised } : {}),
          updatedAt: context.now,
          version: sql`${reports.version} + 1`,
        })
        .where(eq(reports.id, report.id));
    if (wanted.decision === 'approve' && raised !== report.classification)
      await audit({
        action: 'report.classified',
        subjectType: 'report',
        subjectId: report.id,
        before: { classification: report.classification },
        after: { classification: raised, digest: submitted.digest },
        reason: 'By approving what it is published with.',
        restrictedTo: restrictedTo(work),
      });
    await audit({
      action:
        wanted.decision === 'approve'
          ? 'report.approved'
          : asks
            ? 'report.changes-requested'
            : 'report.ticked',
      subjectType: 'report',
      subjectId: report.id,
      after: {
        digest: submitted.digest,
        ticks: Object.keys(ticks),
        comment: row.comment || undefined,
        remarks: remarks.length > 0 ? remarks : undefined,
      },
      restrictedTo: restrictedTo(work),
    });
    if (wanted.decision)
      await tellOfReport(tx, context, {
        reportId: report.id,
        kind: asks ? 'changes_requested' : 'report_approved',
      });
    return { id: report.id, state: next, ticks: reviewAspects.filter((aspect) => ticks[aspect]) };
  },
});
