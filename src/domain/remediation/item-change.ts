import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/store.ts';
import { appendAudit } from '../audit/append.ts';
import type { Context } from '../context.ts';
import { type FoundProblem, restrictedTo } from '../problems/find-problem.ts';
import { voidReview } from '../reports/void-review.ts';

/** Whether a text says something in at least one language. */
export const said = (text: { en?: string; de?: string } | undefined): boolean =>
  Boolean(text?.en?.trim() || text?.de?.trim());

/** Writes values of an item as its next version. */
export const update = (
  tx: Transaction,
  id: string,
  values: Partial<Transaction['tables']['remediationItems']['$inferInsert']>,
) => {
  const { remediationItems } = tx.tables;
  return tx.db
    .update(remediationItems)
    .set({ ...values, version: sql`${remediationItems.version} + 1` })
    .where(eq(remediationItems.id, id));
};

/** Audits a change of the plan, and takes reports under review back to draft: the plan is part of what is approved. */
export async function changed(
  tx: Transaction,
  context: Context,
  found: FoundProblem,
  entry: { action: string; id: string; before?: unknown; after: unknown },
): Promise<void> {
  await appendAudit(tx, context, {
    action: entry.action,
    subjectType: 'remediation',
    subjectId: entry.id,
    before: entry.before,
    after: entry.after,
    restrictedTo: restrictedTo(found),
  });
  await voidReview(tx, context, found.incidents);
  tx.touch('reports', ...found.incidents.map((incident) => `incident:${incident.id}`));
}
