import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/store.ts';
import {
  addImportedCategory,
  type Catalogue,
  componentColumns,
  componentDefaults,
  componentSource,
  foreign,
  generalCategory,
  isOfPage,
  type KnownComponent,
  loadCatalogue,
} from './catalogue.ts';
import { type ImportRun, isOlder, refuse, wrote } from './import-run.ts';
import { groupsOfPage, readGroups, writeGroups } from './imported-groups.ts';
import { isJsonObject, isSameJson, type JsonObject, writeJson } from './lossless-json.ts';
import type { SourceItem } from './read-statuspage.ts';
import { componentSchema, type SourceComponent, sentence } from './statuspage-schema.ts';

interface Listed {
  item: SourceItem;
  component: SourceComponent;
  original: JsonObject;
}

/** Takes the component lists of all sources: groups become categories, leaves components. */
export async function writeComponents(
  tx: Transaction,
  run: ImportRun,
  items: readonly SourceItem[],
): Promise<void> {
  const listed = items.flatMap((item) => readComponent(run, item));
  const catalogue = await loadCatalogue(
    tx,
    listed.map(({ component }) => component.id),
  );
  const groups = await readGroups(tx);
  const byPosition = (a: Listed, b: Listed) =>
    componentColumns(a.component).position - componentColumns(b.component).position;
  for (const entry of listed.filter(({ component }) => component.group).sort(byPosition)) {
    const { item, component, original } = entry;
    const ofPage = groupsOfPage(groups, item.page);
    if (!ofPage.has(component.id) && catalogue.categories.has(component.id)) {
      refuse(run, item, foreign('id', component.id, item));
      continue;
    }
    if (!catalogue.categories.has(component.id)) {
      const { name, description } = componentColumns(component);
      await addImportedCategory(tx, run, catalogue, { id: component.id, name, description: description.en });
    }
    ofPage.set(component.id, original);
  }
  await writeGroups(tx, run, groups);
  for (const entry of listed.filter(({ component }) => !component.group)) {
    const known = catalogue.components.get(entry.component.id);
    if (!known) await addComponent(tx, run, catalogue, entry);
    else if (isOfPage(known, entry.item.page)) await changeComponent(tx, run, catalogue, entry, known);
    else refuse(run, entry.item, foreign('id', entry.component.id, entry.item));
  }
}

function readComponent(run: ImportRun, item: SourceItem): Listed[] {
  const parsed = componentSchema.safeParse(item.value);
  if (!parsed.success || !isJsonObject(item.value)) {
    refuse(run, item, parsed.error ? sentence(parsed.error) : 'This is not an object.');
    return [];
  }
  try {
    writeJson(item.value);
  } catch {
    refuse(run, item, 'It is nested too deeply.');
    return [];
  }
  return [{ item, component: parsed.data, original: item.value }];
}

async function addComponent(
  tx: Transaction,
  run: ImportRun,
  catalogue: Catalogue,
  { item, component, original }: Listed,
) {
  const category =
    catalogue.categories.get(component.group_id ?? '') ?? (await generalCategory(tx, run, catalogue));
  const source = componentSource(item, true, original);
  await tx.db.insert(tx.tables.components).values({
    id: component.id,
    categoryId: category.id,
    ...componentColumns(component),
    ...componentDefaults,
    createdAt: component.created_at ? new Date(component.created_at) : run.context.now,
    source,
  });
  wrote(tx, run);
  catalogue.components.set(component.id, { id: component.id, categoryId: category.id, source });
  run.result.components += 1;
}

/** What the desk changed stays, unless the source changed the same field. A component that an incident alone had named comes to life. */
async function changeComponent(
  tx: Transaction,
  run: ImportRun,
  catalogue: Catalogue,
  { item, component, original }: Listed,
  known: KnownComponent,
): Promise<void> {
  const source = componentSource(item, true, original);
  const before = isJsonObject(known.source?.fields) ? known.source.fields : {};
  const wasListed = known.source?.isListed === true;
  if (wasListed && (isSameJson(before, source.fields) || isOlder(component, before))) return;
  const { components } = tx.tables;
  const moved = (field: string) => !wasListed || !isSameJson(before[field], source.fields[field]);
  const columns = componentColumns(component);
  const category =
    catalogue.categories.get(component.group_id ?? '') ?? (await generalCategory(tx, run, catalogue));
  const categoryId = moved('group_id') ? category.id : known.categoryId;
  await tx.db
    .update(components)
    .set({
      ...(moved('name') ? { name: columns.name } : {}),
      ...(moved('description') ? { description: columns.description } : {}),
      ...(moved('position') ? { position: columns.position } : {}),
      ...(wasListed ? {} : { archivedAt: null }),
      categoryId,
      source,
      version: sql`${components.version} + 1`,
    })
    .where(eq(components.id, component.id));
  wrote(tx, run);
  catalogue.components.set(component.id, { id: component.id, categoryId, source });
  run.result.components += 1;
}
