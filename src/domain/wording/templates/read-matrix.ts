import { inEachLanguage } from '../../../../db/localised.ts';
import { type Language, type Occasion, occasions } from '../../../../db/words.ts';
import type { Category } from '../../catalogue/categories/read-categories.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { isWaiting } from './approve-templates.ts';
import { type NewestTemplate, newestOf } from './read-newest-templates.ts';
import { scopeOf } from './read-template.ts';
import { readVersions } from './read-versions.ts';
import { inForce, type TemplateState } from './template-state.ts';

export interface MatrixRow {
  /** "base", or the category's slug: the address. */
  scope: string;
  category: Category | null;
  cells: { occasion: Occasion; states: Record<Language, TemplateState> }[];
}

export interface TemplateMatrix {
  /** The base first, then the active categories that the actor may see, in order. */
  rows: MatrixRow[];
  /** Cells of categories for which customer support has approved text in each language of the page, of their own or from the base. */
  coverage: { covered: number; total: number };
  /** Newest versions that wait for approval, in the languages of the page. */
  waiting: NewestTemplate[];
}

/** The state of every cell in both languages, on one page. Four queries. */
export async function readMatrix(context: Context): Promise<TemplateMatrix> {
  authorize(context, 'templates.read');
  const all = await readVersions(context.store, context);
  const active = all.categories.filter((category) => category.archivedAt === null);
  const rowOf = (category: Category | null): MatrixRow => ({
    scope: scopeOf(category),
    category,
    cells: occasions.map((occasion) => {
      const state = (language: Language) => all.stateOf(category?.id ?? null, occasion, language);
      return { occasion, states: inEachLanguage(state) };
    }),
  });
  const isCovered = (category: Category, occasion: Occasion): boolean =>
    context.offered.every((language) => {
      const text = all.find(category.id, occasion, language) ?? all.find(null, occasion, language);
      return text !== undefined && inForce(text.versions, context.now) !== undefined;
    });
  const covered = active.flatMap((category) =>
    occasions.filter((occasion) => isCovered(category, occasion)),
  ).length;
  return {
    rows: [null, ...active].map(rowOf),
    coverage: { covered, total: active.length * occasions.length },
    waiting: newestOf(all).filter((text) => isWaiting(text) && context.offered.includes(text.language)),
  };
}
