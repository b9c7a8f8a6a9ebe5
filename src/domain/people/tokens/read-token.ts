import { and, eq, isNull } from 'drizzle-orm';
import type { Store } from '../../../../db/store.ts';
import type { Actor } from '../../core/authorize.ts';
import { noteUse } from '../sessions/note-use.ts';
import { hashSecret } from '../sessions/secret.ts';

/** Who holds this token, with those of its roles that its user still has; null when it is unknown or revoked, or its user disabled. */
export async function readToken(from: { store: Store; now: Date }, token: string): Promise<Actor | null> {
  const { apiTokens, users } = from.store.tables;
  const [found] = await from.store.read
    .select({
      id: apiTokens.id,
      roles: apiTokens.roles,
      lastUsedAt: apiTokens.lastUsedAt,
      userId: users.id,
      userName: users.name,
      userRoles: users.roles,
    })
    .from(apiTokens)
    .innerJoin(users, eq(apiTokens.userId, users.id))
    .where(
      and(eq(apiTokens.tokenHash, hashSecret(token)), isNull(apiTokens.revokedAt), isNull(users.disabledAt)),
    );
  if (!found) return null;
  await noteUse(from, found.lastUsedAt, ({ db }) =>
    db.update(apiTokens).set({ lastUsedAt: from.now }).where(eq(apiTokens.id, found.id)),
  );
  return {
    kind: 'token',
    userId: found.userId,
    credentialId: found.id,
    name: found.userName,
    roles: new Set(found.roles.filter((role) => found.userRoles.includes(role))),
  };
}
