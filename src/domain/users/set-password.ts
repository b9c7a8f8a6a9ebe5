import { eq } from 'drizzle-orm';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { parse } from '../core/parse.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { livingTokens } from '../tokens/undecided.ts';
import { requireUser } from './find-user.ts';
import { hashPassword } from './password.ts';
import { refuseWeakPassword } from './refuse-weak-password.ts';
import { setPasswordInput } from './user-input.ts';

/**
 * Gives a user another password and ends all of that user's sessions. `undecided` counts the tokens that are to be kept or
 * revoked now.
 */
export async function setPassword(
  context: Context,
  id: string,
  input: unknown,
): Promise<{ id: string; undecided: number }> {
  authorize(context, 'users.change');
  const { password } = parse(setPasswordInput, input);
  await refuseWeakPassword(context, password, await requireUser(context.store, id));
  const passwordHash = await hashPassword(password);
  return context.store.transaction(async (tx) => {
    const { users } = tx.tables;
    await tx.db.update(users).set({ passwordHash, passwordChangedAt: context.now }).where(eq(users.id, id));
    const tokens = await livingTokens(tx, id);
    await appendAudit(tx, context, {
      action: 'user.password-set',
      subjectType: 'user',
      subjectId: id,
      after: { sessions: await endSessions(tx, id), undecidedTokens: tokens },
    });
    return { id, undecided: tokens.length };
  });
}
