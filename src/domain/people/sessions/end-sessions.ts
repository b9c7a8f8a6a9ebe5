import { and, eq, ne } from 'drizzle-orm';
import type { Transaction } from '../../../../db/store.ts';

/** Ends a user's sessions, all or all but one; returns how many. The caller audits it. */
export async function endSessions(
  tx: Transaction,
  userId: string,
  exceptId: string | null = null,
): Promise<number> {
  const { sessions } = tx.tables;
  const others = exceptId === null ? undefined : ne(sessions.id, exceptId);
  const ended = await tx.db
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), others))
    .returning({ id: sessions.id });
  return ended.length;
}
