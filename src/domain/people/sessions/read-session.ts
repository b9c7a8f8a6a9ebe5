import { and, eq, isNull } from 'drizzle-orm';
import type { Store } from '../../../../db/store.ts';
import type { Language } from '../../../../db/words.ts';
import type { Actor } from '../../core/authorize.ts';
import { isExpired } from './limits.ts';
import { noteUse } from './note-use.ts';
import { hashSecret } from './secret.ts';

export interface SessionActor extends Actor {
  language: Language;
  email: string;
  userName: string;
}

/** Who holds this cookie, with the roles of this moment; null when it is unknown, ended or expired, or its user disabled. */
export async function readSession(
  from: { store: Store; now: Date },
  token: string,
): Promise<SessionActor | null> {
  const { sessions, users } = from.store.tables;
  const [found] = await from.store.read
    .select({
      id: sessions.id,
      lastSeenAt: sessions.lastSeenAt,
      expiresAt: sessions.expiresAt,
      userId: users.id,
      email: users.email,
      name: users.name,
      roles: users.roles,
      language: users.language,
    })
    .from(sessions)
    .innerJoin(users, eq(sessions.userId, users.id))
    .where(and(eq(sessions.tokenHash, hashSecret(token)), isNull(users.disabledAt)));
  if (!found || isExpired(found, from.now)) return null;
  await noteUse(from, found.lastSeenAt, ({ db }) =>
    db.update(sessions).set({ lastSeenAt: from.now }).where(eq(sessions.id, found.id)),
  );
  const { id, userId, name, email, language } = found;
  return {
    kind: 'user',
    userId,
    credentialId: id,
    name,
    roles: new Set(found.roles),
    language,
    email,
    userName: name,
  };
}
