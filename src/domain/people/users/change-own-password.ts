import { and, eq } from 'drizzle-orm';
import { act } from '../../core/act.ts';
import { invalid } from '../../core/errors.ts';
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
export const changeOwnPassword = act({
  permission: 'account.change-own',
  input: changeOwnPasswordInput,
  audits: ['user.password-changed'],
  async prepare(context, { current, password }) {
    const user = await requireUser(context.store, ownUserId(context));
    if (!(await verifyPassword(current, user.passwordHash))) throw invalid('current', 'password_wrong');
    await refuseWeakPassword(context, password, user);
    return { id: user.id, known: user.passwordHash, passwordHash: await hashPassword(password) };
  },
  async work({
    tx,
    context,
    audit,
    ready: { id, known, passwordHash },
  }): Promise<{ id: string; undecided: number }> {
    const { users } = tx.tables;
    // Somebody may have set another password while these were hashed; theirs ended this session, and stays.
    const changed = await tx.db
      .update(users)
      .set({ passwordHash, passwordChangedAt: context.now })
      .where(and(eq(users.id, id), eq(users.passwordHash, known)))
      .returning({ id: users.id });
    if (changed.length === 0) throw invalid('current', 'password_wrong');
    const tokens = await livingTokens(tx, id);
    await audit({
      action: 'user.password-changed',
      subjectType: 'user',
      subjectId: id,
      after: { sessions: await endSessions(tx, id, context.actor.credentialId), undecidedTokens: tokens },
    });
    return { id, undecided: tokens.length };
  },
});
