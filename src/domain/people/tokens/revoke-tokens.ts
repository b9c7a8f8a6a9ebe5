import { and, eq, isNull } from 'drizzle-orm';
import type { Transaction } from '../../../../db/store.ts';

/** Revokes all tokens of a user; returns their ids. The caller audits it. */
export async function revokeTokens(tx: Transaction, userId: string, now: Date): Promise<string[]> {
  const { apiTokens } = tx.tables;
  const revoked = await tx.db
    .update(apiTokens)
    .set({ revokedAt: now })
    .where(and(eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt)))
    .returning({ id: apiTokens.id });
  return revoked.map(({ id }) => id).sort();
}
