import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Role } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { requireUser } from '../users/find-user.ts';
import { ownUserId } from '../users/own-user-id.ts';
import { isUndecided } from './undecided.ts';

export interface OwnToken {
  id: string;
  name: string;
  roles: Role[];
  createdAt: Date;
  lastUsedAt: Date | null;
  /** It is older than the password, and nobody has said yet that it stays. */
  isUndecided: boolean;
}

/** One's own tokens that are not revoked, the oldest first; never the tokens themselves. One query. */
export async function listOwnTokens(context: Context): Promise<OwnToken[]> {
  authorize(context, 'tokens.change-own');
  return tokensOf(context, ownUserId(context));
}

/** The tokens of somebody that are not revoked, the oldest first; never the tokens themselves. */
export async function listUserTokens(context: Context, userId: string): Promise<OwnToken[]> {
  authorize(context, 'users.change');
  await requireUser(context.store, userId);
  return tokensOf(context, userId);
}

async function tokensOf({ store }: Context, userId: string): Promise<OwnToken[]> {
  const { apiTokens, users } = store.tables;
  const rows = await store.read
    .select({
      id: apiTokens.id,
      name: apiTokens.name,
      roles: apiTokens.roles,
      createdAt: apiTokens.createdAt,
      lastUsedAt: apiTokens.lastUsedAt,
      keptAt: apiTokens.keptAt,
      passwordChangedAt: users.passwordChangedAt,
    })
    .from(apiTokens)
    .innerJoin(users, eq(apiTokens.userId, users.id))
    .where(and(eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt)))
    .orderBy(asc(apiTokens.createdAt), asc(apiTokens.id));
  return rows.map(({ keptAt, passwordChangedAt, ...token }) => ({
    ...token,
    isUndecided: isUndecided({ ...token, keptAt }, passwordChangedAt),
  }));
}
