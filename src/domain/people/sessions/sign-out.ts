import { and, eq } from 'drizzle-orm';
import { appendAudit } from '../../core/audit/append.ts';
import type { Context } from '../../core/context.ts';

/** Ends the session of this request. Nothing happens where there is none, so that signing out always works. */
export async function signOut(context: Context): Promise<void> {
  const { kind, userId, credentialId } = context.actor;
  if (kind !== 'user' || !userId || !credentialId) return;
  await context.store.transaction(async (tx) => {
    const { sessions } = tx.tables;
    const ended = await tx.db
      .delete(sessions)
      .where(and(eq(sessions.id, credentialId), eq(sessions.userId, userId)))
      .returning({ id: sessions.id });
    if (ended.length === 0) return;
    await appendAudit(tx, context, {
      action: 'session.ended',
      subjectType: 'session',
      subjectId: credentialId,
    });
  });
}
