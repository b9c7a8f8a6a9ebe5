import { asc, desc, eq } from 'drizzle-orm';
import type { Tables } from '../../../../db/schema.ts';
import type { Reader } from '../../../../db/store.ts';
import { type Language, languages, type Occasion, type TemplateOrigin } from '../../../../db/words.ts';
import { type Category, canSee, readCategories } from '../../catalogue/categories/read-categories.ts';
import type { Actor } from '../../core/authorize.ts';
import { isBehind } from './behind.ts';
import { type TemplateState, templateState, type VersionFacts } from './template-state.ts';

export interface TemplateVersion extends VersionFacts {
  title: string;
  body: string;
  workaround: string;
  origin: TemplateOrigin;
  createdBy: string | null;
  createdAt: Date;
  approvedBy: string | null;
}

/** All that was ever written for a cell in one language. */
export interface CellText {
  /** The template's id. */
  id: string;
  category: Category | null;
  occasion: Occasion;
  language: Language;
  state: TemplateState;
  /** Newest first; at least one. */
  versions: [TemplateVersion, ...TemplateVersion[]];
}

export interface AllTemplates {
  /** Those the actor may see, in order, archived ones too. */
  categories: Category[];
  texts: CellText[];
  /** The text of a cell of its own in one language, without looking at the base. */
  find: (categoryId: string | null, occasion: Occasion, language: Language) => CellText | undefined;
  /** The state of any cell, also of one that nobody wrote. */
  stateOf: (categoryId: string | null, occasion: Occasion, language: Language) => TemplateState;
  /** Whether the newest text of a cell is behind that of another one of these languages. */
  isBehind: (
    categoryId: string | null,
    occasion: Occasion,
    language: Language,
    others: readonly Language[],
  ) => boolean;
}

/** Every version of every template that the actor may see. Four queries. */
export async function readVersions(
  from: { tables: Tables; read: Pick<Reader, 'select'> },
  question: { actor: Actor; now: Date; offered: readonly Language[] },
): Promise<AllTemplates> {
  const { updateTemplates: cell, updateTemplateVersions: wording } = from.tables;
  const categories = (await readCategories(from)).filter((category) => canSee(question.actor, category));
  const rows = await from.read
    .select({ cell, wording })
    .from(wording)
    .innerJoin(cell, eq(wording.templateId, cell.id))
    .orderBy(asc(cell.createdAt), asc(cell.id), desc(wording.version));

  const places = new Map<string, { cell: (typeof rows)[number]['cell']; versions: TemplateVersion[] }>();
  const placeOf = (categoryId: string | null, occasion: string, language: string): string =>
    `${categoryId} ${occasion} ${language}`;
  for (const row of rows) {
    const key = placeOf(row.cell.categoryId, row.cell.occasion, row.cell.language);
    const place = places.get(key) ?? { cell: row.cell, versions: [] };
    const { templateId: _id, ...version } = row.wording;
    place.versions.push(version);
    places.set(key, place);
  }
  const versionsOf = (categoryId: string | null, occasion: Occasion, language: Language) =>
    places.get(placeOf(categoryId, occasion, language))?.versions ?? [];
  const isBehindOne: AllTemplates['isBehind'] = (categoryId, occasion, language, others) => {
    const inOne = (one: Language) => ({ language: one, newest: versionsOf(categoryId, occasion, one)[0] });
    return others.some((other) => other !== language && isBehind(inOne(language), inOne(other), languages));
  };
  const stateOf: AllTemplates['stateOf'] = (categoryId, occasion, language) =>
    templateState(
      versionsOf(categoryId, occasion, language),
      // A language that the page does not offer leaves nobody behind.
      isBehindOne(categoryId, occasion, language, question.offered),
      categoryId === null ? [] : versionsOf(null, occasion, language),
      question.now,
    );

  const texts = new Map<string, CellText>();
  for (const [key, { cell: place, versions }] of places) {
    const { id, categoryId, occasion, language } = place;
    const category = categories.find((one) => one.id === categoryId) ?? null;
    const [newest, ...older] = versions;
    if (!newest || (categoryId !== null && category === null)) continue;
    const state = stateOf(categoryId, occasion, language);
    texts.set(key, { id, category, occasion, language, state, versions: [newest, ...older] });
  }
  return {
    categories,
    texts: [...texts.values()],
    find: (categoryId, occasion, language) => texts.get(placeOf(categoryId, occasion, language)),
    stateOf,
    isBehind: isBehindOne,
  };
}
