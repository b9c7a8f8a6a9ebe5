import { and, sql } from 'drizzle-orm';
import { oneOf } from '../../../../db/one-of.ts';
import type { Transaction } from '../../../../db/store.ts';
import { appendAudit } from '../../core/audit/append.ts';
import type { Context } from '../../core/context.ts';

/** Any change of what is reviewed or approved takes the report back to draft: of its milestones and its plan as well. */
export async function voidReview(
  tx: Transaction,
  context: Context,
  incidents: readonly { id: string; isRestricted: boolean }[],
): Promise<void> {
  const { reports } = tx.tables;
  if (incidents.length === 0) return;
  const ids = incidents.map(({ id }) => id);
  const voided = await tx.db
    .update(reports)
    .set({ state: 'draft', updatedAt: context.now, version: sql`${reports.version} + 1` })
    .where(and(oneOf(reports.incidentId, ids), oneOf(reports.state, ['in_review', 'approved'])))
    .returning({ id: reports.id, incidentId: reports.incidentId });
  for (const { id, incidentId } of voided) {
    await appendAudit(tx, context, {
      action: 'report.review-voided',
      subjectType: 'report',
      subjectId: id,
      restrictedTo: incidents.some((one) => one.id === incidentId && one.isRestricted) ? incidentId : null,
    });
  }
}
