import { eq } from 'drizzle-orm';
import type { Transaction } from '../../../../db/store.ts';
import { invalid, notFound } from '../../core/errors.ts';

/** The group that a verb works on. */
export async function findGroup(tx: Transaction, id: string) {
  const [group] = await tx.db.select().from(tx.tables.groups).where(eq(tx.tables.groups.id, id));
  if (!group) throw notFound();
  return group;
}

/** Refuses an area owner who does not exist. */
export async function refuseUnknownOwner(tx: Transaction, ownerId: string | null | undefined): Promise<void> {
  if (!ownerId) return;
  const { users } = tx.tables;
  if ((await tx.db.$count(users, eq(users.id, ownerId))) === 0) throw invalid('ownerId', 'unknown_user');
}
