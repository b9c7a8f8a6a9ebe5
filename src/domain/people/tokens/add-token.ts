import { and, eq, isNull } from 'drizzle-orm';
import { newId } from '../../../../db/ids.ts';
import type { Transaction } from '../../../../db/store.ts';
import type { Role } from '../../../../db/words.ts';
import { act } from '../../core/act.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { DomainError, invalid } from '../../core/errors.ts';
import { hashSecret, newSecret } from '../sessions/secret.ts';
import { inOrder } from '../users/user-input.ts';
import { addTokenInput } from './token-input.ts';
import { isUndecided } from './undecided.ts';

/**
 * Makes a key for the JSON API, for oneself or (with `users.change`) for another user. `token` is told only here. A token
 * on which nobody has decided since the password was changed makes none: a stolen one would outlive the decision.
 */
export const addToken = act({
  permission: 'tokens.change-own',
  input: addTokenInput,
  audits: ['token.added'],
  async work(
    { tx, context, audit },
    wanted,
  ): Promise<{ id: string; name: string; roles: Role[]; token: string }> {
    const { actor } = context;
    const userId = wanted.userId ?? actor.userId;
    if (!userId) throw invalid('userId', 'required');
    if (userId !== actor.userId) authorize(context, 'users.change');
    const { users, apiTokens } = tx.tables;
    const [user] = await tx.db
      .select({ roles: users.roles })
      .from(users)
      .where(and(eq(users.id, userId), isNull(users.disabledAt)));
    if (!user) throw invalid('userId', 'unknown_user');
    await refuseUndecided(tx, actor);
    // A token of few roles must not make itself one of more.
    const isGrantable = (role: (typeof wanted.roles)[number]) =>
      user.roles.includes(role) && (userId !== actor.userId || actor.roles.has(role));
    if (!wanted.roles.every(isGrantable)) throw invalid('roles', 'roles_not_own');
    const id = newId();
    const token = newSecret('klx_');
    const roles = inOrder(wanted.roles);
    await tx.db.insert(apiTokens).values({
      id,
      userId,
      name: wanted.name,
      tokenHash: hashSecret(token),
      roles,
      createdAt: context.now,
    });
    await audit({
      action: 'token.added',
      subjectType: 'token',
      subjectId: id,
      after: { user: userId, name: wanted.name, roles },
    });
    return { id, name: wanted.name, roles, token };
  },
});

async function refuseUndecided(tx: Transaction, actor: Context['actor']): Promise<void> {
  if (actor.kind !== 'token' || !actor.credentialId) return;
  const { apiTokens, users } = tx.tables;
  const [own] = await tx.db
    .select({
      createdAt: apiTokens.createdAt,
      keptAt: apiTokens.keptAt,
      passwordChangedAt: users.passwordChangedAt,
    })
    .from(apiTokens)
    .innerJoin(users, eq(apiTokens.userId, users.id))
    .where(eq(apiTokens.id, actor.credentialId));
  if (own && isUndecided(own, own.passwordChangedAt)) throw new DomainError('forbidden', 'token_undecided');
}
