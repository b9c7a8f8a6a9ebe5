import { eq } from 'drizzle-orm';
import { actOn } from '../../core/act.ts';
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
export const setPassword = actOn({
  permission: 'users.change',
  input: setPasswordInput,
  audits: ['user.password-set'],
  async prepare(context, id, { password }) {
    await refuseWeakPassword(context, password, await requireUser(context.store, id));
    return hashPassword(password);
  },
  async work({ tx, context, audit, ready: passwordHash }, id): Promise<{ id: string; undecided: number }> {
    const { users } = tx.tables;
    await tx.db.update(users).set({ passwordHash, passwordChangedAt: context.now }).where(eq(users.id, id));
    const tokens = await livingTokens(tx, id);
    await audit({
      action: 'user.password-set',
      subjectType: 'user',
      subjectId: id,
      after: { sessions: await endSessions(tx, id), undecidedTokens: tokens },
    });
    return { id, undecided: tokens.length };
  },
});
