import { and, eq } from 'drizzle-orm';
import { actOn } from '../../core/act.ts';
import { DomainError, notFound } from '../../core/errors.ts';
import { ownUserId } from '../../people/users/own-user-id.ts';

/** Takes over what was offered to the actor; to anybody else it does not exist. */
export const acceptHandOver = actOn({
  permission: 'roster.hand-over',
  audits: ['hand-over.accepted'],
  async work({ tx, context, audit }, id): Promise<{ id: string }> {
    const userId = ownUserId(context);
    const { handOvers } = tx.tables;
    const mine = and(eq(handOvers.id, id), eq(handOvers.toId, userId));
    const [row] = await tx.db.select().from(handOvers).where(mine);
    if (!row) throw notFound();
    if (row.acceptedAt) throw new DomainError('conflict', 'already_accepted');
    await tx.db.update(handOvers).set({ acceptedAt: context.now }).where(mine);
    await audit({
      action: 'hand-over.accepted',
      subjectType: 'hand-over',
      subjectId: id,
      after: { fromId: row.fromId, toId: row.toId },
    });
    return { id };
  },
});
