import { eq } from 'drizzle-orm';
import type { Transaction } from '../../../db/store.ts';
import type { Language, Role } from '../../../db/words.ts';
import { appendAudit, digestOf } from '../audit/append.ts';
import { authorize, rolesAllow } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { DomainError } from '../core/errors.ts';
import { refuseStale } from '../core/lock.ts';
import { parse } from '../core/parse.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { revokeTokens } from '../tokens/revoke-tokens.ts';
import { requireUser } from './find-user.ts';
import { hasEnabledAdmin } from './has-enabled-admin.ts';
import { changeUserInput, inOrder } from './user-input.ts';

interface Profile {
  name: string;
  roles: Role[];
  language: Language;
  disabled: boolean;
}

/** Changes name, roles or language of a user, disables or enables one. Unchanged values leave no trace. */
export async function changeUser(
  context: Context,
  id: string,
  input: unknown,
): Promise<{ id: string; version: number }> {
  authorize(context, 'users.change');
  const { version, ...yours } = parse(changeUserInput, input);
  return context.store.transaction(async (tx) => {
    const user = await requireUser(tx, id);
    const before: Profile = {
      name: user.name,
      roles: inOrder(user.roles),
      language: user.language,
      disabled: user.disabledAt !== null,
    };
    refuseStale(version, user, before, yours);
    const after: Profile = {
      name: yours.name ?? before.name,
      roles: inOrder(yours.roles ?? before.roles),
      language: yours.language ?? before.language,
      disabled: yours.disabled ?? before.disabled,
    };
    if (isAdmin(before) && !isAdmin(after) && !(await hasEnabledAdmin(tx, id))) {
      throw new DomainError('conflict', 'last_admin');
    }
    const isSealed = await sealChanges(tx, context, id, { before, after });
    if (!isSealed) return { id, version: user.version };
    await tx.db
      .update(tx.tables.users)
      .set({
        name: after.name,
        roles: after.roles,
        language: after.language,
        disabledAt: after.disabled ? (user.disabledAt ?? context.now) : null,
        version: user.version + 1,
      })
      .where(eq(tx.tables.users.id, id));
    return { id, version: user.version + 1 };
  });
}

const isAdmin = (user: Profile): boolean => !user.disabled && rolesAllow(user.roles, 'users.change');

/** Audits what differs, and ends all access of who is disabled; false when nothing differs. */
async function sealChanges(
  tx: Transaction,
  context: Context,
  id: string,
  { before, after }: { before: Profile; after: Profile },
): Promise<boolean> {
  const subject = { subjectType: 'user', subjectId: id } as const;
  const keys = (['name', 'roles', 'language'] as const).filter((key) => `${before[key]}` !== `${after[key]}`);
  const pick = (from: Profile) =>
    Object.fromEntries(keys.map((key) => [key, key === 'name' ? digestOf(id, from.name) : from[key]]));
  if (keys.length > 0) {
    await appendAudit(tx, context, {
      action: 'user.changed',
      ...subject,
      before: pick(before),
      after: pick(after),
    });
  }
  if (after.disabled && !before.disabled) {
    const ended = { sessions: await endSessions(tx, id), tokens: await revokeTokens(tx, id, context.now) };
    await appendAudit(tx, context, { action: 'user.disabled', ...subject, after: ended });
  }
  if (!after.disabled && before.disabled)
    await appendAudit(tx, context, { action: 'user.enabled', ...subject });
  return keys.length > 0 || after.disabled !== before.disabled;
}
