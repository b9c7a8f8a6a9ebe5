import { eq } from 'drizzle-orm';
import { addCategory } from '../src/domain/catalogue/categories/add-category.ts';
import type { Context } from '../src/domain/core/context.ts';
import { loadPhrases } from '../src/domain/wording/templates/load-phrases.ts';
import { loadShippedTemplates } from '../src/domain/wording/templates/load-shipped.ts';
import { readShippedContent } from './shipped-content.ts';
import type { Transaction } from './store.ts';
import { languages } from './words.ts';

export { readShippedContent } from './shipped-content.ts';

/**
 * Fills an empty database with the shipped categories, phrases and templates. One that has categories belongs to its organisation:
 * it only gets the templates that are missing, and phrases of causes if they shared a slot with reasons so far. Says how many of each were added.
 */
export async function seed(
  context: Context,
  root: string,
): Promise<{ categories: number; phrases: number; templates: number }> {
  const content = readShippedContent(root);
  return context.store.transaction(async (tx) => {
    await keepLanguages(tx, context.now);
    const isEmpty = (await tx.db.$count(tx.tables.categories)) === 0;
    const categories = isEmpty ? content.categories : [];
    for (const category of categories) await addCategory(context, category);
    const wanted = isEmpty
      ? content.phrases
      : (await lacksCauses(tx))
        ? content.phrases.filter(({ slot }) => slot === 'cause')
        : [];
    const phrases = await loadPhrases(context, wanted);
    const templates = await loadShippedTemplates(context, content.templates);
    return { categories: categories.length, phrases: phrases.added, templates: templates.added };
  });
}

/** What the page offers is written down: a later language of the product is offered when somebody says so, not by an upgrade. */
async function keepLanguages({ db, tables: { settings } }: Transaction, now: Date): Promise<void> {
  const row = { key: 'languages', value: [...languages], updatedAt: now };
  await db.insert(settings).values(row).onConflictDoNothing();
}

/** Causes had no slot of their own at first; they were offered as reasons. */
async function lacksCauses({ db, tables: { phrases } }: Transaction): Promise<boolean> {
  const count = (slot: 'cause' | 'reason') => db.$count(phrases, eq(phrases.slot, slot));
  return (await count('reason')) > 0 && (await count('cause')) === 0;
}
