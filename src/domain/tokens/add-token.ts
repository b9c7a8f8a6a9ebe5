import { and, eq, isNull } from 'drizzle-orm';
import { newId } from '../../../db/ids.ts';
import { authorize } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import type { Context } from '../context.ts';
import { invalid } from '../errors.ts';
import { parse } from '../parse.ts';
import { hashSecret, newSecret } from '../sessions/secret.ts';
import { inOrder } from '../users/user-input.ts';
import { addTokenInput } from './token-input.ts';

/** Makes a key for the JSON API, for oneself or (with `users.change`) for another user. `token` is told only here. */
export async function addToken(context: Context, input: unknown): Promise<{ id: string; token: string }> {
  authorize(context, 'tokens.change-own');
  const wanted = parse(addTokenInput, input);
  const { actor } = context;
  const userId = wanted.userId ?? actor.userId;
  if (!userId) throw invalid('userId', 'required');
  if (userId !== actor.userId) authorize(context, 'users.change');
  return context.store.transaction(async (tx) => {
    const { users, apiTokens } = tx.tables;
    const [user] = await tx.db
      .select({ roles: users.roles })
      .from(users)
      .where(and(eq(users.id, userId), isNull(users.disabledAt)));
    if (!user) throw invalid('userId', 'unknown_user');
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
    await appendAudit(tx, context, {
      action: 'token.added',
      subjectType: 'token',
      subjectId: id,
      after: { user: userId, name: wanted.name, roles },
    });
    return { id, token };
  });
}
