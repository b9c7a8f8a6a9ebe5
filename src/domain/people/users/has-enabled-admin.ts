import { isNull } from 'drizzle-orm';
import type { Tables } from '../../../../db/schema.ts';
import type { Reader } from '../../../../db/store.ts';
import { rolesAllow } from '../../core/authorize.ts';

/** Whether somebody (other than `exceptId`) can still administrate. */
export async function hasEnabledAdmin(
  from: { tables: Tables; read: Pick<Reader, 'select'> },
  exceptId?: string,
): Promise<boolean> {
  const { users } = from.tables;
  const enabled = await from.read
    .select({ id: users.id, roles: users.roles })
    .from(users)
    .where(isNull(users.disabledAt));
  return enabled.some((user) => user.id !== exceptId && rolesAllow(user.roles, 'users.change'));
}
