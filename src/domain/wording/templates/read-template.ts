import { inEachLanguage } from '../../../../db/localised.ts';
import { oneOf } from '../../../../db/one-of.ts';
import { type Language, languages, type Occasion } from '../../../../db/words.ts';
import { type Category, findVisible } from '../../catalogue/categories/read-categories.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { type CellText, readVersions, type TemplateVersion } from './read-versions.ts';
import { type WordingField, wordingFields } from './template-refusals.ts';
import { inForce, type TemplateState } from './template-state.ts';
import { type DiffPiece, wordDiff } from './word-diff.ts';

/** The folder and address of the base; a category that is called so is named by its id. */
export const baseScope = 'base';
export const scopeOf = (category: Pick<Category, 'id' | 'slug'> | null): string =>
  category === null ? baseScope : category.slug === baseScope ? category.id : category.slug;

export interface ReadVersion extends TemplateVersion {
  /** Null for texts that came with the product, and for the command line. */
  createdByName: string | null;
  approvedByName: string | null;
  /** What customer support publishes now. */
  isInForce: boolean;
  /** The version that `changes` start from: the one in force for a newer one, else the one before. */
  comparedWith: number | null;
  changes: Record<WordingField, DiffPiece[]> | null;
}

export interface ReadTemplate {
  category: Category | null;
  occasion: Occasion;
  texts: Record<
    Language,
    {
      /** Null as long as nobody wrote one. */
      id: string | null;
      state: TemplateState;
      /** Another language of the page has moved on, whatever the state. */
      isStale: boolean;
      versions: ReadVersion[];
      /** What is used instead where the cell has no text of its own. */
      base: TemplateVersion | null;
    }
  >;
}

/**
 * One cell in every language with all its versions, newest first. `scope` is "base" or a category's slug or id. Not found for
 * who may not see the category. Five queries.
 */
export async function readTemplate(
  context: Context,
  question: { scope: string; occasion: Occasion },
): Promise<ReadTemplate> {
  authorize(context, 'templates.read');
  const { occasion, scope } = question;
  const all = await readVersions(context.store, context);
  const category = scope === baseScope ? null : findVisible(context.actor, all.categories, scope);
  if (category === undefined) throw notFound();
  const texts = languages.map((language) => all.find(category?.id ?? null, occasion, language));
  const names = await readNames(context, texts);
  const read = (language: Language): ReadTemplate['texts'][Language] => {
    const own = all.find(category?.id ?? null, occasion, language);
    const base = category === null ? undefined : all.find(null, occasion, language);
    return {
      id: own?.id ?? null,
      state: all.stateOf(category?.id ?? null, occasion, language),
      isStale: all.isBehind(category?.id ?? null, occasion, language, context.offered),
      versions: own ? withChanges(own.versions, names, context.now) : [],
      base: base ? (inForce(base.versions, context.now) ?? base.versions[0]) : null,
    };
  };
  return { category, occasion, texts: inEachLanguage(read) };
}

/** The cell that a template belongs to, by the template's id. */
export async function readTemplateById(context: Context, id: string): Promise<ReadTemplate> {
  authorize(context, 'templates.read');
  const { texts } = await readVersions(context.store, context);
  const found = texts.find((text) => text.id === id);
  if (!found) throw notFound();
  return readTemplate(context, { scope: found.category?.id ?? baseScope, occasion: found.occasion });
}

async function readNames(
  { store }: Context,
  texts: readonly (CellText | undefined)[],
): Promise<ReadonlyMap<string, string>> {
  const { users } = store.tables;
  const ids = texts.flatMap((text) => text?.versions ?? []).flatMap((one) => [one.createdBy, one.approvedBy]);
  const known = ids.filter((id) => id !== null);
  const rows = await store.read
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(oneOf(users.id, [...new Set(known)]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function withChanges(
  versions: readonly TemplateVersion[],
  names: ReadonlyMap<string, string>,
  now: Date,
): ReadVersion[] {
  const present = inForce(versions, now);
  return versions.map((version, at) => {
    const isNewer = present !== undefined && version.version > present.version;
    const compared = isNewer ? present : versions[at + 1];
    return {
      ...version,
      createdByName: names.get(version.createdBy ?? '') ?? null,
      approvedByName: names.get(version.approvedBy ?? '') ?? null,
      isInForce: version === present,
      comparedWith: compared?.version ?? null,
      changes: compared ? changesOf(compared, version) : null,
    };
  });
}

const changesOf = (before: TemplateVersion, after: TemplateVersion): Record<WordingField, DiffPiece[]> => {
  const [title = [], body = [], workaround = []] = wordingFields.map((field) =>
    wordDiff(before[field], after[field]),
  );
  return { title, body, workaround };
};
