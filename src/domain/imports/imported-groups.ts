import { eq } from 'drizzle-orm';
import type { Transaction } from '../../../db/store.ts';
import { type ImportRun, wrote } from './import-run.ts';
import { isJsonObject, isSameJson, type JsonObject } from './lossless-json.ts';

/** Component groups as their source wrote them, by page and id: a category has no room for that. */
export type ImportedGroups = Map<string, Map<string, JsonObject>>;

const key = 'imported_groups';

export async function readGroups(tx: Transaction): Promise<ImportedGroups> {
  return new Map(Object.entries(await readStored(tx)).map(([page, groups]) => [page, groupsIn(groups)]));
}

const groupsIn = (stored: unknown): Map<string, JsonObject> =>
  new Map(
    isJsonObject(stored)
      ? Object.entries(stored).filter((entry): entry is [string, JsonObject] => isJsonObject(entry[1]))
      : [],
  );

export async function writeGroups(tx: Transaction, run: ImportRun, groups: ImportedGroups): Promise<void> {
  const value: JsonObject = Object.fromEntries(
    [...groups].map(([page, ofPage]) => [page, Object.fromEntries(ofPage)]),
  );
  if (isSameJson(value, await readStored(tx))) return;
  const row = { key, value, updatedAt: run.context.now };
  const { settings } = tx.tables;
  await tx.db.insert(settings).values(row).onConflictDoUpdate({ target: settings.key, set: row });
  wrote(tx, run);
}

async function readStored(tx: Transaction): Promise<JsonObject> {
  const { settings } = tx.tables;
  const [row] = await tx.db.select({ value: settings.value }).from(settings).where(eq(settings.key, key));
  return isJsonObject(row?.value) ? row.value : {};
}
