/**
 * A password is changed because somebody else may know it, who may then have made or copied tokens as well. They go on working,
 * because programs depend on them, and are put before a person: each is kept or revoked. Derived from two instants, the change
 * and the last "keep". A token keeps none, and makes none while it waits.
 */
import { and, eq, isNull, lt, lte, or, type SQL } from 'drizzle-orm';
import type { Tables } from '../../../../db/schema.ts';
import type { Transaction } from '../../../../db/store.ts';

/** Whether nobody has said yet that this token stays after the last change of its user's password. Pure. */
export function isUndecided(
  token: { createdAt: Date; keptAt: Date | null },
  passwordChangedAt: Date | null,
): boolean {
  if (passwordChangedAt === null || token.createdAt > passwordChangedAt) return false;
  return token.keptAt === null || token.keptAt < passwordChangedAt;
}

/** The same as SQL, of tokens that are not revoked, joined with their user. */
export const areUndecided = ({ apiTokens, users }: Tables): SQL | undefined =>
  and(
    isNull(apiTokens.revokedAt),
    lte(apiTokens.createdAt, users.passwordChangedAt),
    or(isNull(apiTokens.keptAt), lt(apiTokens.keptAt, users.passwordChangedAt)),
  );

/** The ids of a user's tokens that outlive a change of the password, for its audit entry. */
export async function livingTokens(tx: Transaction, userId: string): Promise<string[]> {
  const { apiTokens } = tx.tables;
  const rows = await tx.db
    .select({ id: apiTokens.id })
    .from(apiTokens)
    .where(and(eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt)));
  return rows.map(({ id }) => id).sort();
}
