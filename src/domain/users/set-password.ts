import { eq } from 'drizzle-orm';
import { authorize } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import type { Context } from '../context.ts';
import { parse } from '../parse.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { requireUser } from './find-user.ts';
import { hashPassword } from './password.ts';
import { refuseWeakPassword } from './refuse-weak-password.ts';
import { setPasswordInput } from './user-input.ts';

/** Gives a user another password and ends all of that user's sessions. */
export async function setPassword(context: Context, id: string, input: unknown): Promise<{ id: string }> {
  authorize(context, 'users.change');
  const { password } = parse(setPasswordInput, input);
  await refuseWeakPassword(context, password, await requireUser(context.store, id));
  const passwordHash = await hashPassword(password);
  return context.store.transaction(async (tx) => {
    const { users } = tx.tables;
    await tx.db.update(users).set({ passwordHash }).where(eq(users.id, id));
    await appendAudit(tx, context, {
      action: 'user.password-set',
      subjectType: 'user',
      subjectId: id,
      after: { sessions: await endSessions(tx, id) },
    });
    return { id };
  });
}
