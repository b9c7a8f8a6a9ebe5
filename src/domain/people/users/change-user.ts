import { eq } from 'drizzle-orm';
import type { Language, Role } from '../../../../db/words.ts';
import { actOn, type Given } from '../../core/act.ts';
import { digestOf } from '../../core/audit/append.ts';
import { rolesAllow } from '../../core/authorize.ts';
import { DomainError } from '../../core/errors.ts';
import { refuseStale } from '../../core/lock.ts';
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
export const changeUser = actOn({
  permission: 'users.change',
  input: changeUserInput,
  audits: ['user.changed', 'user.disabled', 'user.enabled'],
  async work(given, id, { version, ...yours }): Promise<{ id: string; version: number }> {
    const { tx, context } = given;
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
    const isSealed = await sealChanges(given, id, { before, after });
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
  },
});

const isAdmin = (user: Profile): boolean => !user.disabled && rolesAllow(user.roles, 'users.change');

/** Audits what differs, and ends all access of who is disabled; false when nothing differs. */
async function sealChanges(
  { tx, context, audit }: Given<'user.changed' | 'user.disabled' | 'user.enabled'>,
  id: string,
  { before, after }: { before: Profile; after: Profile },
): Promise<boolean> {
  const subject = { subjectType: 'user', subjectId: id } as const;
  const keys = (['name', 'roles', 'language'] as const).filter((key) => `${before[key]}` !== `${after[key]}`);
  const pick = (from: Profile) =>
    Object.fromEntries(keys.map((key) => [key, key === 'name' ? digestOf(id, from.name) : from[key]]));
  if (keys.length > 0) {
    await audit({
      action: 'user.changed',
      ...subject,
      before: pick(before),
      after: pick(after),
    });
  }
  if (after.disabled && !before.disabled) {
    const ended = { sessions: await endSessions(tx, id), tokens: await revokeTokens(tx, id, context.now) };
    await audit({ action: 'user.disabled', ...subject, after: ended });
  }
  if (!after.disabled && before.disabled) await audit({ action: 'user.enabled', ...subject });
  return keys.length > 0 || after.disabled !== before.disabled;
}
