import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { type User, userColumns } from './find-user.ts';

const byName = new Intl.Collator('en');

/** Everybody, also the disabled, by name, then id. Sorted here, because the engines' collations differ. */
export async function listUsers(context: Context): Promise<User[]> {
  authorize(context, 'users.read');
  const { tables, read } = context.store;
  const found = await read.select(userColumns(tables)).from(tables.users);
  return found.sort((a, b) => byName.compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
}
