import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { newId } from '../../../../db/ids.ts';
import { appendAudit, digestOf } from '../../core/audit/append.ts';
import type { Context } from '../../core/context.ts';
import { DomainError } from '../../core/errors.ts';
import { parse } from '../../core/parse.ts';
import { dummyHash, verifyPassword } from '../users/password.ts';
import { email, password } from '../users/user-input.ts';
import { absoluteMs } from './limits.ts';
import { hashSecret, newSecret } from './secret.ts';

export const signInInput = z
  .strictObject({ email: email(), password: password(), userAgent: z.string().default('') })
  .meta({ id: 'SignIn' });

export interface SignedIn {
  /** The only copy: the database keeps its digest. */
  token: string;
  userId: string;
  sessionId: string;
  expiresAt: Date;
}

/** Starts a session for who knows the password. An unknown, a disabled and a wrong one get the same answer in the same time. */
export async function signIn(context: Context, input: unknown): Promise<SignedIn> {
  const wanted = parse(signInInput, input);
  const address = wanted.email.toLowerCase();
  const { users } = context.store.tables;
  const [user] = await context.store.read
    .select({ id: users.id, passwordHash: users.passwordHash })
    .from(users)
    .where(and(eq(users.email, address), isNull(users.disabledAt)));
  const fits = await verifyPassword(wanted.password, user?.passwordHash ?? dummyHash());
  const signedIn = user && fits ? await startSession(context, user, wanted.userAgent) : null;
  if (signedIn) return signedIn;
  await context.store.transaction((tx) =>
    appendAudit(tx, context, {
      action: 'session.refused',
      subjectType: 'session',
      subjectId: digestOf('sign-in', address),
    }),
  );
  throw new DomainError('unauthenticated', 'sign_in_failed');
}

/** Null when the user was disabled or got another password while this one was checked. */
async function startSession(
  context: Context,
  checked: { id: string; passwordHash: string },
  userAgent: string,
): Promise<SignedIn | null> {
  const token = newSecret();
  const sessionId = newId();
  const expiresAt = new Date(context.now.getTime() + absoluteMs);
  return context.store.transaction(async (tx) => {
    const { users, sessions } = tx.tables;
    const unchanged = and(
      eq(users.id, checked.id),
      eq(users.passwordHash, checked.passwordHash),
      isNull(users.disabledAt),
    );
    const [user] = await tx.db.select().from(users).where(unchanged);
    if (!user) return null;
    await tx.db.insert(sessions).values({
      id: sessionId,
      userId: user.id,
      tokenHash: hashSecret(token),
      userAgent: printable(userAgent),
      createdAt: context.now,
      lastSeenAt: context.now,
      expiresAt,
    });
    const actor = {
      kind: 'user',
      userId: user.id,
      credentialId: sessionId,
      name: user.name,
      roles: new Set(user.roles),
    } as const;
    await appendAudit(
      tx,
      { ...context, actor },
      { action: 'session.started', subjectType: 'session', subjectId: sessionId },
    );
    return { token, userId: user.id, sessionId, expiresAt };
  });
}

/** A header that strangers write: shortened and without what a database or a screen cannot take. */
const printable = (userAgent: string): string => userAgent.slice(0, 255).replace(/[^\x20-\x7e]/g, '?');
