/** Categories and components as the import finds and makes them. */

import { newId } from '../../../db/ids.ts';
import { inEachLanguage, type Localised } from '../../../db/localised.ts';
import { oneOf } from '../../../db/one-of.ts';
import { slices } from '../../../db/slices.ts';
import type { Transaction } from '../../../db/store.ts';
import { wordsIn } from '../../i18n/words.ts';
import { type ImportRun, wrote } from './import-run.ts';
import { isJsonObject, type JsonObject } from './lossless-json.ts';
import type { SourceItem } from './read-statuspage.ts';
import { componentKeys, remainder } from './source-fields.ts';
import { clean, cleanLine, type SourceComponent } from './statuspage-schema.ts';

export interface KnownCategory {
  id: string;
  slug: string;
  ticketLabel: string;
  name: Localised;
  position: number;
  isRestricted: boolean;
}

export interface KnownComponent {
  id: string;
  categoryId: string;
  source: Record<string, unknown> | null;
}

export interface Catalogue {
  categories: Map<string, KnownCategory>;
  components: Map<string, KnownComponent>;
}

/** All categories, and those components that are asked for. */
export async function loadCatalogue(tx: Transaction, componentIds: readonly string[]): Promise<Catalogue> {
  const { categories, components } = tx.tables;
  const { id, slug, ticketLabel, name, position, isRestricted } = categories;
  const rows = await tx.db.select({ id, slug, ticketLabel, name, position, isRestricted }).from(categories);
  const catalogue: Catalogue = {
    categories: new Map(rows.map((row) => [row.id, row])),
    components: new Map(),
  };
  for (const ids of slices(componentIds)) {
    const found = await tx.db
      .select({ id: components.id, categoryId: components.categoryId, source: components.source })
      .from(components)
      .where(oneOf(components.id, ids));
    for (const row of found) catalogue.components.set(row.id, row);
  }
  return catalogue;
}

/** True when an import of this very page made it: a page is known by its id, wherever it is read from. */
export const isOfPage = (
  { source }: { source: Record<string, unknown> | null },
  page: { id: string },
): boolean => isJsonObject(source?.page) && source.page.id === page.id;

/** Makes the category of a component group, with the group's id, or the one for what has no group. */
export async function addImportedCategory(
  tx: Transaction,
  run: ImportRun,
  catalogue: Catalogue,
  wanted: { id: string; name: Localised; description: string },
): Promise<KnownCategory> {
  const taken = new Set(
    [...catalogue.categories.values()].flatMap(({ slug, ticketLabel }) => [slug, ticketLabel]),
  );
  const slug = freeSlug(wanted.name.en, taken);
  const position =
    Math.max(0, ...[...catalogue.categories.values()].map((category) => category.position)) + 1;
  const row = {
    id: wanted.id,
    slug,
    ticketLabel: slug,
    name: wanted.name,
    short: wanted.name,
    subject: wanted.name,
    isPlural: inEachLanguage(() => false),
    description: inEachLanguage(() => wanted.description),
    position,
    isRestricted: false,
    closeTargets: {},
    createdAt: run.context.now,
  };
  await tx.db.insert(tx.tables.categories).values(row);
  wrote(tx, run);
  catalogue.categories.set(row.id, row);
  run.result.categories += 1;
  return row;
}

function freeSlug(name: string, taken: ReadonlySet<string>): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const base =
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 50)
      .replace(/-$/, '') || 'category';
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(slug)) return slug;
  }
}

export async function generalCategory(
  tx: Transaction,
  run: ImportRun,
  catalogue: Catalogue,
): Promise<KnownCategory> {
  const known = [...catalogue.categories.values()].find(({ slug }) => slug === 'general');
  return (
    known ??
    addImportedCategory(tx, run, catalogue, {
      id: newId(),
      name: inEachLanguage((language) => wordsIn[language].catalogue.general),
      description: '',
    })
  );
}

/** The columns of a component as its source describes it, in one language that stands for all. */
export const componentColumns = (component: SourceComponent) => ({
  name: inEachLanguage(() => cleanLine(component.name)),
  description: inEachLanguage(() => clean(component.description ?? '')),
  position: Number.isSafeInteger(component.position)
    ? Math.min(Math.max(Number(component.position), 1), 1_000_000)
    : 1,
});

/** Everything of a component but its id, which is the row's own. `isListed` is false while only incidents named it. */
export const componentSource = (item: SourceItem, isListed: boolean, original: JsonObject) => ({
  page: item.pageSource,
  isListed,
  ...remainder(componentKeys, { id: original.id ?? null }, original),
});

/** What every imported component starts with. */
export const componentDefaults = { type: 'website', tier: 2, isCritical: false, weight: 5 } as const;

export const foreign = (what: string, id: string, item: SourceItem): string =>
  `The ${what} ${id} is already used by data that does not come from the page ${item.page.id} (${item.page.url}).`;
