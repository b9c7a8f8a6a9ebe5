import { and, eq } from 'drizzle-orm';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { invalid } from '../core/errors.ts';
import { parse } from '../core/parse.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { livingTokens } from '../tokens/undecided.ts';
import { requireUser } from './find-user.ts';
import { ownUserId } from './own-user-id.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { refuseWeakPassword } from './refuse-weak-password.ts';
import { changeOwnPasswordInput } from './user-input.ts';

/**
 * Changes one's own password, knowing the present one; ends the other sessions. `undecided` counts the tokens that are to
 * be kept or revoked now.
 */
export async function changeOwnPassword(
  context: Context,
  input: unknown,
): Promise<{ id: string; undecided: number }> {
  authorize(context, 'account.change-own');
  const id = ownUserId(context);
  const { current, password } = parse(changeOwnPasswordInput, input);
  const user = await requireUser(context.store, id);
  if (!(await verifyPassword(current, user.passwordHash))) throw invalid('current', 'password_wrong');
  await refuseWeakPassword(context, password, user);
  const passwordHash = await hashPassword(password);
  return context.store.transaction(async (tx) => {
    const { users } = tx.tables;
    // Somebody may have set another password while these were hashed; theirs ended this session, and stays.
    const changed = await tx.db
      .update(users)
      .set({ passwordHash, passwordChangedAt: context.now })
      .where(and(eq(users.id, id), eq(users.passwordHash, user.passwordHash)))
      .returning({ id: users.id });
    if (changed.length === 0) throw invalid('current', 'password_wrong');
    const tokens = await livingTokens(tx, id);
    await appendAudit(tx, context, {
      action: 'user.password-changed',
      subjectType: 'user',
      subjectId: id,
      after: { sessions: await endSessions(tx, id, context.actor.credentialId), undecidedTokens: tokens },
    });
    return { id, undecided: tokens.length };
  });
}
