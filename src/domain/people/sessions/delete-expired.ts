import { lte, or } from 'drizzle-orm';
import type { Context } from '../../core/context.ts';
import { requireOperator } from '../users/require-operator.ts';
import { idleMs } from './limits.ts';

/** Removes sessions that no longer count. No audit entry: time ended them, nobody did. */
export async function deleteExpiredSessions(context: Context): Promise<{ deleted: number }> {
  requireOperator(context);
  const idleSince = new Date(context.now.getTime() - idleMs);
  return context.store.transaction(async (tx) => {
    const { sessions } = tx.tables;
    const deleted = await tx.db
      .delete(sessions)
      .where(or(lte(sessions.expiresAt, context.now), lte(sessions.lastSeenAt, idleSince)))
      .returning({ id: sessions.id });
    return { deleted: deleted.length };
  });
}
