import { eq, sql } from 'drizzle-orm';
import { newId } from '../../../../db/ids.ts';
import { actOn } from '../../core/act.ts';
import { dayOf } from '../../core/calendar.ts';
import { DomainError, type FieldRefusal } from '../../core/errors.ts';
import { refuseStale } from '../../core/lock.ts';
import { rendererVersion } from '../../core/renderer-version.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { requireUser } from '../../people/users/find-user.ts';
import { contentBytes, digestOfContent } from '../digest.ts';
import { tellOfReport } from '../due/tell-of-report.ts';
import { findReport, requireState, restrictedTo } from '../find-report.ts';
import { blockedSections, lintOfReport } from '../lint-report.ts';
import { contentOf, htmlOf, readRevisions, readWork } from '../read-work.ts';
import { submitReportInput } from '../report-input.ts';
import { stateAfter } from '../report-way.ts';
import { isVerificationMissing, missingFrom } from './completeness.ts';

/**
 * Submits a complete report for review: freezes its content under a digest. Refuses with every field that is missing
 * (R-058, R-078, R-094 … ). Returns the digest that the review is bound to.
 */
export const submitReport = actOn({
  permission: 'reports.write',
  input: submitReportInput,
  audits: ['report.submitted'],
  async work(
    { tx, context, audit },
    id,
    { lintReason, unverifiedReason, version },
  ): Promise<{ id: string; digest: string }> {
    const work = await readWork(tx, await findReport(tx, context, id));
    const { report } = work;
    const next = stateAfter(requireState(work), 'submit');
    if (!next) throw new DomainError('conflict', 'report_state');
    refuseStale(version, report);
    const settings = await readSettings(tx);
    const { published, submitted } = await readRevisions(tx, report.id);
    const content = contentOf(work);
    const findings = lintOfReport(content, settings);
    const refusals: FieldRefusal[] = [
      ...missingFrom(work, content, {
        offered: context.offered,
        isNextVersion: published !== null,
        authorRoles: report.authorId === null ? [] : (await requireUser(tx, report.authorId)).roles,
        today: dayOf(context.now, settings.time_zone),
      }),
      ...(lintReason?.trim() ? [] : blockedSections(findings)),
    ];
    const isUnverified = isVerificationMissing(content);
    const whyUnverified = isUnverified ? (unverifiedReason?.trim() ?? '') : '';
    if (isUnverified && !whyUnverified) refusals.push({ path: 'unverifiedReason', key: 'unverified_reason' });
    if (refusals.length > 0) throw new DomainError('invalid', 'input', { fields: refusals });
    const bytes = contentBytes(content);
    const digest = digestOfContent(bytes);
    const { reports, reportRevisions } = tx.tables;
    await tx.db.insert(reportRevisions).values({
      id: newId(),
      reportId: report.id,
      sequence: (submitted?.sequence ?? 0) + 1,
      digest,
      content: bytes,
      priority: content.priority,
      html: htmlOf(work),
      htmlVersion: Math.min(...work.texts.map(({ htmlVersion }) => htmlVersion), rendererVersion),
      change: report.change,
      unverifiedReason: whyUnverified,
      submittedBy: context.actor.userId,
      submittedAt: context.now,
    });
    await tx.db
      .update(reports)
      .set({ state: next, updatedAt: context.now, version: sql`${reports.version} + 1` })
      .where(eq(reports.id, report.id));
    await audit({
      action: 'report.submitted',
      subjectType: 'report',
      subjectId: report.id,
      before: { state: report.state },
      after: { state: next, digest, unverifiedReason: whyUnverified || undefined },
      reason: lintReason?.trim() || undefined,
      restrictedTo: restrictedTo(work),
    });
    await tellOfReport(tx, context, { reportId: report.id, kind: 'review_waiting' });
    return { id: report.id, digest };
  },
});
