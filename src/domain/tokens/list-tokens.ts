import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Role } from '../../../db/words.ts';
import { authorize } from '../access/authorize.ts';
import type { Context } from '../context.ts';
import { ownUserId } from '../users/own-user-id.ts';

export interface OwnToken {
  id: string;
  name: string;
  roles: Role[];
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** One's own tokens that are not revoked, the oldest first; never the tokens themselves. */
export async function listOwnTokens(context: Context): Promise<OwnToken[]> {
  authorize(context, 'tokens.change-own');
  const { apiTokens } = context.store.tables;
  return context.store.read
    .select({
      id: apiTokens.id,
      name: apiTokens.name,
      roles: apiTokens.roles,
      createdAt: apiTokens.createdAt,
      lastUsedAt: apiTokens.lastUsedAt,
    })
    .from(apiTokens)
    .where(and(eq(apiTokens.userId, ownUserId(context)), isNull(apiTokens.revokedAt)))
    .orderBy(asc(apiTokens.createdAt), asc(apiTokens.id));
}
