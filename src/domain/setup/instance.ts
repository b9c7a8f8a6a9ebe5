/** Which installation this is, and whether it was set up: asked here and nowhere else. */
import { eq } from 'drizzle-orm';
import { newId } from '../../../db/ids.ts';
import type { Tables } from '../../../db/schema.ts';
import type { Reader, Store } from '../../../db/store.ts';

/** Kept among the settings under keys that `changeSettings` does not know. The checks of both engines read it too. */
const idKey = 'instance_id';

interface From {
  tables: Tables;
  read: Pick<Reader, 'select'>;
}

/** Whether the first administrator was made; one who was disabled since counts. */
export async function isSetUp({ tables: { users }, read }: From): Promise<boolean> {
  const everybody = await read.select({ roles: users.roles }).from(users);
  return everybody.some(({ roles }) => roles.includes('admin'));
}

export async function readInstanceId({ tables: { settings }, read }: From): Promise<string | null> {
  const [row] = await read.select({ value: settings.value }).from(settings).where(eq(settings.key, idKey));
  return typeof row?.value === 'string' ? row.value : null;
}

/** The id of this installation; one without gets `wanted`, else a new one. */
export async function ensureInstanceId(store: Store, now: Date, wanted: string | null): Promise<string> {
  const known = await readInstanceId(store);
  if (known !== null) return known;
  return store.transaction(async ({ db, tables }) => {
    const value = wanted ?? newId();
    await db.insert(tables.settings).values({ key: idKey, value, updatedAt: now }).onConflictDoNothing();
    return (await readInstanceId({ tables, read: db })) ?? value;
  });
}
