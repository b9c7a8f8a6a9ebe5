import { and, asc, isNull } from 'drizzle-orm';
import type { NamedCategory } from '../catalogue/categories/named-category.ts';
import type { Context } from '../core/context.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import type { Settings } from '../core/settings/settings.ts';
import { publicCategories } from '../core/visibility.ts';
import { nextChange } from './next-change.ts';

/** The public categories by name, in order, with the settings; for pages that show no state. */
export async function readCategoryNames(
  context: Context,
): Promise<{ settings: Settings; categories: NamedCategory[]; validUntil: Date }> {
  const { categories } = context.store.tables;
  const settings = await readSettings(context.store);
  const rows = await context.store.read
    .select({ id: categories.id, slug: categories.slug, name: categories.name })
    .from(categories)
    .where(and(isNull(categories.archivedAt), publicCategories(context)))
    .orderBy(asc(categories.position), asc(categories.id));
  return {
    settings,
    categories: rows,
    validUntil: await nextChange(context, settings.time_zone),
  };
}
