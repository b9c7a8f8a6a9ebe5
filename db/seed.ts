import { addCategory } from '../src/domain/categories/add-category.ts';
import type { Context } from '../src/domain/context.ts';
import { loadPhrases } from '../src/domain/templates/load-phrases.ts';
import { loadShippedTemplates } from '../src/domain/templates/load-shipped.ts';
import { readShippedContent } from './shipped-content.ts';

export { readShippedContent } from './shipped-content.ts';

/**
 * Fills an empty database with the shipped categories, phrases and templates. One that has categories belongs to its organisation:
 * it only gets the templates that are missing. Says how many of each were added.
 */
export async function seed(
  context: Context,
  root: string,
): Promise<{ categories: number; phrases: number; templates: number }> {
  const content = readShippedContent(root);
  return context.store.transaction(async (tx) => {
    const isEmpty = (await tx.db.$count(tx.tables.categories)) === 0;
    const categories = isEmpty ? content.categories : [];
    for (const category of categories) await addCategory(context, category);
    const phrases = isEmpty ? await loadPhrases(context, content.phrases) : { added: 0 };
    const templates = await loadShippedTemplates(context, content.templates);
    return { categories: categories.length, phrases: phrases.added, templates: templates.added };
  });
}
