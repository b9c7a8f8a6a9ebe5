import { isNull } from 'drizzle-orm';
import type { Role } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';

export interface PersonName {
  id: string;
  name: string;
  roles: Role[];
}

// Sorted here, because the engines' collations differ.
const names = new Intl.Collator('en');

/** By name, then id. */
export const byName = (a: { id: string; name: string }, b: { id: string; name: string }): number =>
  names.compare(a.name, b.name) || (a.id < b.id ? -1 : 1);

/** Everybody who may sign in, by name, then id: whom to call, to name or to hand over to. No address, no more than that. */
export async function listPeople(context: Context): Promise<PersonName[]> {
  authorize(context, 'roster.read');
  const { users } = context.store.tables;
  const found = await context.store.read
    .select({ id: users.id, name: users.name, roles: users.roles })
    .from(users)
    .where(isNull(users.disabledAt));
  return found.sort(byName);
}
