import { and, eq } from 'drizzle-orm';
import { idPattern } from '../../../db/ids.ts';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { notFound } from '../core/errors.ts';
import { ownUserId } from '../users/own-user-id.ts';

/** Signs one's own browser out from afar. Somebody else's session is not found. */
export async function endOwnSession(context: Context, id: string): Promise<{ id: string }> {
  authorize(context, 'account.change-own');
  const userId = ownUserId(context);
  if (!idPattern.test(id)) throw notFound();
  return context.store.transaction(async (tx) => {
    const { sessions } = tx.tables;
    const ended = await tx.db
      .delete(sessions)
      .where(and(eq(sessions.id, id), eq(sessions.userId, userId)))
      .returning({ id: sessions.id });
    if (ended.length === 0) throw notFound();
    await appendAudit(tx, context, { action: 'session.ended', subjectType: 'session', subjectId: id });
    return { id };
  });
}
