import { eq } from 'drizzle-orm';
import { idPattern, newId } from '../../../db/ids.ts';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { notFound } from '../core/errors.ts';
import { parse } from '../core/parse.ts';
import { findReport, restrictedTo } from '../reports/find-report.ts';
import { addCommentInput } from '../reports/report-input.ts';

/** Writes a remark on a section, or on the whole report. Never public. */
export async function addComment(context: Context, id: string, input: unknown): Promise<{ id: string }> {
  authorize(context, 'reports.read');
  const { section, text } = parse(addCommentInput, input);
  return context.store.transaction(async (tx) => {
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
    await appendAudit(tx, context, {
      action: 'report.commented',
      subjectType: 'report',
      subjectId: found.report.id,
      after: { comment: comment.id, section, text: comment.text },
      restrictedTo: restrictedTo(found),
    });
    return { id: comment.id };
  });
}

/** Marks a remark as settled; it stays to be read. */
export async function settleComment(context: Context, id: string): Promise<{ id: string; reportId: string }> {
  authorize(context, 'reports.write');
  if (!idPattern.test(id)) throw notFound();
  return context.store.transaction(async (tx) => {
    const { reportComments } = tx.tables;
    const [comment] = await tx.db.select().from(reportComments).where(eq(reportComments.id, id));
    if (!comment) throw notFound();
    const found = await findReport(tx, context, comment.reportId);
    if (comment.settledAt) return { id, reportId: found.report.id };
    await tx.db.update(reportComments).set({ settledAt: context.now }).where(eq(reportComments.id, id));
    await appendAudit(tx, context, {
      action: 'report.comment-settled',
      subjectType: 'report',
      subjectId: found.report.id,
      after: { comment: id },
      restrictedTo: restrictedTo(found),
    });
    return { id, reportId: found.report.id };
  });
}
