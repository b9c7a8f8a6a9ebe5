import { eq } from 'drizzle-orm';
import { actOn } from '../../core/act.ts';
import { isAllowed } from '../../core/authorize.ts';
import { notFound } from '../../core/errors.ts';

/** Revokes one's own token, or with `users.change` anybody's. Revoking twice changes nothing. */
export const revokeToken = actOn({
  permission: 'tokens.change-own',
  audits: ['token.revoked'],
  async work({ tx, context, audit }, id): Promise<{ id: string }> {
    const { apiTokens } = tx.tables;
    const [token] = await tx.db.select().from(apiTokens).where(eq(apiTokens.id, id));
    const isReachable =
      token && (token.userId === context.actor.userId || isAllowed(context.actor, 'users.change'));
    if (!isReachable) throw notFound();
    if (token.revokedAt) return { id };
    await tx.db.update(apiTokens).set({ revokedAt: context.now }).where(eq(apiTokens.id, id));
    await audit({
      action: 'token.revoked',
      subjectType: 'token',
      subjectId: id,
      before: { user: token.userId, name: token.name, roles: token.roles },
    });
    return { id };
  },
});
