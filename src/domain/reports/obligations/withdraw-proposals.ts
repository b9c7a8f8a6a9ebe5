import { and, eq, isNull } from 'drizzle-orm';
import type { Transaction } from '../../../../db/store.ts';
import type { JointDecisionKind } from '../../../../db/words.ts';
import type { Context } from '../../core/context.ts';

/** Ends the open proposals of a kind: what they were about has changed, or a new one takes their place. */
export async function withdrawProposals(
  tx: Transaction,
  context: Context,
  incidentId: string,
  kind: JointDecisionKind,
): Promise<void> {
  const { jointDecisions } = tx.tables;
  await tx.db
    .update(jointDecisions)
    .set({ refusedAt: context.now })
    .where(
      and(
        eq(jointDecisions.incidentId, incidentId),
        eq(jointDecisions.kind, kind),
        isNull(jointDecisions.agreedAt),
        isNull(jointDecisions.refusedAt),
      ),
    );
}
