import { eq } from 'drizzle-orm';
import { newId } from '../../../../db/ids.ts';
import { actOn } from '../../core/act.ts';
import { notFound } from '../../core/errors.ts';
import { findReport, restrictedTo } from '../find-report.ts';
import { addCommentInput } from '../report-input.ts';

/** Writes a remark on a section, or on the whole report. Never public. */
export const addComment = actOn({
  permission: 'reports.read',
  input: addCommentInput,
  audits: ['report.commented'],
  async work({ tx, context, audit }, id, { section, text }): Promise<{ id: string }> {
    const found = await findReport(tx, context, id);
    const comment = {
      id: newId(),
      reportId: found.report.id,
      section: section ?? null,
      text: text.trim(),
      createdBy: context.actor.userId,
      createdAt: context.now,
    };
    await tx.db.insert(tx.tables.reportComments).values(comment);
    await audit({
      action: 'report.commented',
      subjectType: 'report',
      subjectId: found.report.id,
      after: { comment: comment.id, section, text: comment.text },
      restrictedTo: restrictedTo(found),
    });
    return { id: comment.id };
  },
});

/** Marks a remark as settled; it stays to be read. */
export const settleComment = actOn({
  permission: 'reports.write',
  audits: ['report.comment-settled'],
  async work({ tx, context, audit }, id): Promise<{ id: string; reportId: string }> {
    const { reportComments } = tx.tables;
    const [comment] = await tx.db.select().from(reportComments).where(eq(reportComments.id, id));
    if (!comment) throw notFound();
    const found = await findReport(tx, context, comment.reportId);
    if (comment.settledAt) return { id, reportId: found.report.id };
    await tx.db.update(reportComments).set({ settledAt: context.now }).where(eq(reportComments.id, id));
    await audit({
      action: 'report.comment-settled',
      subjectType: 'report',
      subjectId: found.report.id,
      after: { comment: id },
      restrictedTo: restrictedTo(found),
    });
    return { id, reportId: found.report.id };
  },
});
