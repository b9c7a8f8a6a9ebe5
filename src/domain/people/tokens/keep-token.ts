import { eq } from 'drizzle-orm';
import { actOn } from '../../core/act.ts';
import { isAllowed } from '../../core/authorize.ts';
import { DomainError, notFound } from '../../core/errors.ts';
import { isUndecided } from './undecided.ts';

/**
 * Says that a token stays although its user's password was changed: one's own, or with `users.change` anybody's. A token
 * decides on none, or a stolen one would keep itself. Where nothing is to be decided, nothing changes.
 */
export const keepToken = actOn({
  permission: 'tokens.change-own',
  audits: ['token.kept'],
  async work({ tx, context, audit }, id): Promise<{ id: string }> {
    if (context.actor.kind === 'token') throw new DomainError('forbidden', 'token_decides');
    const { apiTokens, users } = tx.tables;
    const [row] = await tx.db
      .select({ token: apiTokens, passwordChangedAt: users.passwordChangedAt })
      .from(apiTokens)
      .innerJoin(users, eq(apiTokens.userId, users.id))
      .where(eq(apiTokens.id, id));
    const isReachable =
      row &&
      !row.token.revokedAt &&
      (row.token.userId === context.actor.userId || isAllowed(context.actor, 'users.change'));
    if (!isReachable) throw notFound();
    const { token, passwordChangedAt } = row;
    if (!isUndecided(token, passwordChangedAt)) return { id };
    await tx.db.update(apiTokens).set({ keptAt: context.now }).where(eq(apiTokens.id, id));
    await audit({
      action: 'token.kept',
      subjectType: 'token',
      subjectId: id,
      after: { user: token.userId, name: token.name, roles: token.roles, passwordChangedAt },
    });
    return { id };
  },
});
