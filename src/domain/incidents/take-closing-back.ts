import { eq } from 'drizzle-orm';
import type { Transaction } from '../../../db/store.ts';
import { appendAudit } from '../core/audit/append.ts';
import type { Context } from '../core/context.ts';

/**
 * Takes a closing back, because the incident was reopened, has another priority now, or is released after all. What was said
 * stays in the audit. Closed means inside: the public page stays, and only "reopened" goes on.
 */
export async function takeClosingBack(
  tx: Transaction,
  context: Context,
  incident: { id: string; isRestricted: boolean; closedAt: Date | null; outcome: string | null },
): Promise<void> {
  if (!incident.closedAt) return;
  const { incidents } = tx.tables;
  await tx.db
    .update(incidents)
    .set({ closedAt: null, closedBy: null, outcome: null, outcomeReason: '', explanation: '' })
    .where(eq(incidents.id, incident.id));
  await appendAudit(tx, context, {
    action: 'incident.closing-taken-back',
    subjectType: 'incident',
    subjectId: incident.id,
    before: { outcome: incident.outcome, closedAt: incident.closedAt },
    restrictedTo: incident.isRestricted ? incident.id : null,
  });
}
