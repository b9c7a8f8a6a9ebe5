import { asc, eq, isNull } from 'drizzle-orm';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import type { OwnToken } from './list-tokens.ts';
import { isUndecided } from './undecided.ts';

export interface AnyToken extends OwnToken {
  userId: string;
  email: string;
}

/** Everybody's tokens that are not revoked, the oldest first; never the tokens themselves. One query. */
export async function listAllTokens(context: Context): Promise<AnyToken[]> {
  authorize(context, 'users.change');
  const { apiTokens, users } = context.store.tables;
  const rows = await context.store.read
    .select({
      id: apiTokens.id,
      name: apiTokens.name,
      roles: apiTokens.roles,
      createdAt: apiTokens.createdAt,
      lastUsedAt: apiTokens.lastUsedAt,
      keptAt: apiTokens.keptAt,
      passwordChangedAt: users.passwordChangedAt,
      userId: users.id,
      email: users.email,
    })
    .from(apiTokens)
    .innerJoin(users, eq(apiTokens.userId, users.id))
    .where(isNull(apiTokens.revokedAt))
    .orderBy(asc(apiTokens.createdAt), asc(apiTokens.id));
  return rows.map(({ keptAt, passwordChangedAt, ...token }) => ({
    ...token,
    isUndecided: isUndecided({ ...token, keptAt }, passwordChangedAt),
  }));
}
