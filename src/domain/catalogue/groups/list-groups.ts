import { asc, eq } from 'drizzle-orm';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';

/** All groups by slug, archived ones too. `hasOwner` is false when the owner is missing or disabled. One query. */
export async function listGroups(context: Context) {
  authorize(context, 'categories.read');
  const { groups, users } = context.store.tables;
  const rows = await context.store.read
    .select({ group: groups, ownerName: users.name, ownerDisabledAt: users.disabledAt })
    .from(groups)
    .leftJoin(users, eq(groups.ownerId, users.id))
    .orderBy(asc(groups.slug), asc(groups.id));
  return rows.map(({ group, ownerName, ownerDisabledAt }) => ({
    ...group,
    ownerName,
    hasOwner: ownerName !== null && ownerDisabledAt === null,
  }));
}
