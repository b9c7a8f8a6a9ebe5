import { eq } from 'drizzle-orm';
import type { Transaction } from '../../../db/store.ts';
import { type ImportRun, wrote } from './import-run.ts';
import { isJsonObject, isSameJson, type JsonObject } from './lossless-json.ts';

/** Component groups as their source wrote them, by the ids of page and group: a category has no room for that. */
export type ImportedGroups = Map<string, Map<string, JsonObject>>;

const key = 'imported_groups';

export async function readGroups(tx: Transaction): Promise<ImportedGroups> {
  return new Map(Object.entries(await readStored(tx)).map(([page, groups]) => [page, groupsIn(groups)]));
}

/** The groups of a page, kept under its id from here on; earlier they were kept under its address, which may change. */
export function groupsOfPage(
  groups: ImportedGroups,
  page: { id: string; url: string },
): Map<string, JsonObject> {
  const own = groups.get(page.id);
  if (own) return own;
  const known = [...groups].find(
    ([key, ofPage]) => key === page.url || [...ofPage.values()].some((group) => group.page_id === page.id),
  );
  if (known) groups.delete(known[0]);
  const ofPage = known?.[1] ?? new Map<string, JsonObject>();
  groups.set(page.id, ofPage);
  return ofPage;
}

const groupsIn = (stored: unknown): Map<string, JsonObject> =>
  new Map(
    isJsonObject(stored)
      ? Object.entries(stored).filter((entry): entry is [string, JsonObject] => isJsonObject(entry[1]))
      : [],
  );

export async function writeGroups(tx: Transaction, run: ImportRun, groups: ImportedGroups): Promise<void> {
  const value: JsonObject = Object.fromEntries(
    [...groups]
      .filter(([, ofPage]) => ofPage.size > 0)
      .map(([page, ofPage]) => [page, Object.fromEntries(ofPage)]),
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
