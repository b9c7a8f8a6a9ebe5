import { and, eq, gt } from 'drizzle-orm';
import type { Tables } from '../../../../db/schema.ts';
import type { Reader } from '../../../../db/store.ts';
import { appendAudit } from '../../core/audit/append.ts';
import type { Context } from '../../core/context.ts';
import { hashSecret, newSecret } from '../../people/sessions/secret.ts';
import { hasEnabledAdmin } from '../../people/users/has-enabled-admin.ts';
import { requireOperator } from '../../people/users/require-operator.ts';

const validMs = 24 * 3_600_000;

/** The token of a one-time link for the first administrator, valid for 24 hours; null when there is one. Earlier links end. */
export async function createSetupLink(context: Context): Promise<string | null> {
  requireOperator(context);
  return context.store.transaction(async (tx) => {
    const { oneTimeLinks } = tx.tables;
    await tx.db.delete(oneTimeLinks).where(eq(oneTimeLinks.purpose, 'setup'));
    if (await hasEnabledAdmin(tx)) return null;
    const token = newSecret();
    await tx.db.insert(oneTimeLinks).values({
      tokenHash: hashSecret(token),
      purpose: 'setup',
      createdAt: context.now,
      expiresAt: new Date(context.now.getTime() + validMs),
    });
    await appendAudit(tx, context, { action: 'setup.link-made', subjectType: 'setup', subjectId: 'setup' });
    return token;
  });
}

/** Whether the link still leads to the set-up. Anybody may ask: the token is the permission. */
export async function isSetupLinkValid(context: Context, token: string): Promise<boolean> {
  return (await isLinkOpen(context.store, token, context.now)) && !(await hasEnabledAdmin(context.store));
}

/** Whether the link is neither used nor expired. */
export async function isLinkOpen(
  from: { tables: Tables; read: Pick<Reader, 'select'> },
  token: string,
  now: Date,
): Promise<boolean> {
  const { oneTimeLinks } = from.tables;
  const open = await from.read
    .select({ purpose: oneTimeLinks.purpose })
    .from(oneTimeLinks)
    .where(
      and(
        eq(oneTimeLinks.tokenHash, hashSecret(token)),
        eq(oneTimeLinks.purpose, 'setup'),
        gt(oneTimeLinks.expiresAt, now),
      ),
    );
  return open.length > 0;
}
