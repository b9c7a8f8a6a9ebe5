import { eq } from 'drizzle-orm';
import { idPattern } from '../../../db/ids.ts';
import { appendAudit } from '../audit/append.ts';
import { authorize, isAllowed } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { notFound } from '../core/errors.ts';

/** Revokes one's own token, or with `users.change` anybody's. Revoking twice changes nothing. */
export async function revokeToken(context: Context, id: string): Promise<{ id: string }> {
  authorize(context, 'tokens.change-own');
  if (!idPattern.test(id)) throw notFound();
  return context.store.transaction(async (tx) => {
    const { apiTokens } = tx.tables;
    const [token] = await tx.db.select().from(apiTokens).where(eq(apiTokens.id, id));
    const isReachable =
      token && (token.userId === context.actor.userId || isAllowed(context.actor, 'users.change'));
    if (!isReachable) throw notFound();
    if (token.revokedAt) return { id };
    await tx.db.update(apiTokens).set({ revokedAt: context.now }).where(eq(apiTokens.id, id));
    await appendAudit(tx, context, {
      action: 'token.revoked',
      subjectType: 'token',
      subjectId: id,
      before: { user: token.userId, name: token.name, roles: token.roles },
    });
    return { id };
  });
}
