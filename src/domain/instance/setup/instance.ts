/** Which installation this is, and whether it was set up: asked here and nowhere else. */
import { eq } from 'drizzle-orm';
import { newId } from '../../../../db/ids.ts';
import type { Tables } from '../../../../db/schema.ts';
import type { Reader, Store } from '../../../../db/store.ts';
import { rolesAllow } from '../../core/authorize.ts';

/** Kept among the settings under keys that `changeSettings` does not know. The checks of both engines read it too. */
const idKey = 'instance_id';

interface From {
  tables: Tables;
  read: Pick<Reader, 'select'>;
}

const setUp = new WeakSet<From['read']>();

/**
 * Whether the first administrator was made; one who was disabled since counts. Until then the page knows nothing and says
 * nothing of services. Asked of the database until it is so, then never again: accounts are disabled, not deleted.
 */
export async function isSetUp({ tables: { users }, read }: From): Promise<boolean> {
  if (setUp.has(read)) return true;
  const everybody = await read.select({ roles: users.roles }).from(users);
  const isIt = everybody.some(({ roles }) => rolesAllow(roles, 'users.change'));
  if (isIt) setUp.add(read);
  return isIt;
}

export async function readInstanceId({ tables: { settings }, read }: From): Promise<string | null> {
  const [row] = await read.select({ value: settings.value }).from(settings).where(eq(settings.key, idKey));
  return typeof row?.value === 'string' ? row.value : null;
}

/** The id of this installation; one without gets `wanted`, else a new one. */
export async function ensureInstanceId(store: Store, now: Date, wanted: string | null): Promise<string> {
  const known = await readInstanceId(store);
  if (known !== null) return known;
  return store.transaction(async (tx) => {
    const value = wanted ?? newId();
    await tx.db
      .insert(tx.tables.settings)
      .values({ key: idKey, value, updatedAt: now })
      .onConflictDoNothing();
    return (await readInstanceId(tx)) ?? value;
  });
}
