import { and, eq } from 'drizzle-orm';
import { actOn } from '../../core/act.ts';
import { notFound } from '../../core/errors.ts';
import { ownUserId } from '../users/own-user-id.ts';

/** Signs one's own browser out from afar. Somebody else's session is not found. */
export const endOwnSession = actOn({
  permission: 'account.change-own',
  audits: ['session.ended'],
  async work({ tx, context, audit }, id): Promise<{ id: string }> {
    const userId = ownUserId(context);
    const { sessions } = tx.tables;
    const ended = await tx.db
      .delete(sessions)
      .where(and(eq(sessions.id, id), eq(sessions.userId, userId)))
      .returning({ id: sessions.id });
    if (ended.length === 0) throw notFound();
    await audit({ action: 'session.ended', subjectType: 'session', subjectId: id });
    return { id };
  },
});
