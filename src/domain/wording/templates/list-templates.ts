import type { Language, Occasion } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { type NewestTemplate, readNewestTemplates } from './read-newest-templates.ts';

/** One cell of the template matrix: a category, or the base, and an occasion. */
interface TemplateCell {
  category: { id: string; slug: string; name: Record<Language, string> } | null;
  occasion: Occasion;
  /** The newest version per language; one that is missing was never written. */
  texts: Partial<Record<Language, Omit<NewestTemplate, 'category' | 'occasion' | 'language'>>>;
}

/** Every cell with the newest version per language: the base first, then category by category, each by occasion. Four queries. */
export async function listTemplates(context: Context): Promise<TemplateCell[]> {
  authorize(context, 'templates.read');
  const cells = new Map<string, TemplateCell>();
  for (const { category, occasion, language, ...text } of await readNewestTemplates(context.store, context)) {
    const key = `${category?.id} ${occasion}`;
    const shown = category && { id: category.id, slug: category.slug, name: category.name };
    const cell = cells.get(key) ?? { category: shown, occasion, texts: {} };
    cell.texts[language] = text;
    cells.set(key, cell);
  }
  return [...cells.values()];
}
