import { asc, eq } from 'drizzle-orm';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { ownUserId } from '../users/own-user-id.ts';
import { isExpired } from './limits.ts';

export interface OwnSession {
  id: string;
  userAgent: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  isCurrent: boolean;
}

/** One's own live sessions, the oldest first. */
export async function listOwnSessions(context: Context): Promise<OwnSession[]> {
  authorize(context, 'account.change-own');
  const { sessions } = context.store.tables;
  const found = await context.store.read
    .select({
      id: sessions.id,
      userAgent: sessions.userAgent,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      expiresAt: sessions.expiresAt,
    })
    .from(sessions)
    .where(eq(sessions.userId, ownUserId(context)))
    .orderBy(asc(sessions.createdAt), asc(sessions.id));
  return found
    .filter((session) => !isExpired(session, context.now))
    .map((session) => ({ ...session, isCurrent: session.id === context.actor.credentialId }));
}
