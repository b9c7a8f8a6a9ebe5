import { and, eq } from 'drizzle-orm';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { DomainError, notFound } from '../core/errors.ts';
import { ownUserId } from '../users/own-user-id.ts';

/** Takes over what was offered to the actor; to anybody else it does not exist. */
export async function acceptHandOver(context: Context, id: string): Promise<{ id: string }> {
  authorize(context, 'roster.hand-over');
  const userId = ownUserId(context);
  return context.store.transaction(async (tx) => {
    const { handOvers } = tx.tables;
    const mine = and(eq(handOvers.id, id), eq(handOvers.toId, userId));
    const [row] = await tx.db.select().from(handOvers).where(mine);
    if (!row) throw notFound();
    if (row.acceptedAt) throw new DomainError('conflict', 'already_accepted');
    await tx.db.update(handOvers).set({ acceptedAt: context.now }).where(mine);
    await appendAudit(tx, context, {
      action: 'hand-over.accepted',
      subjectType: 'hand-over',
      subjectId: id,
      after: { fromId: row.fromId, toId: row.toId },
    });
    return { id };
  });
}
