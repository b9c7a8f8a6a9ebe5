import { asc, eq } from 'drizzle-orm';
import type { Localised } from '../../../../db/localised.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { visibleCategories } from '../../core/visibility.ts';

/** A category with its components, archived ones too. */
export interface Place {
  id: string;
  name: Localised;
  components: { id: string; name: Localised; archivedAt: Date | null }[];
}

/** What is called how on the page: the categories that the actor may see and what is in them, in order. One query. */
export async function listPlaces(context: Context): Promise<Place[]> {
  authorize(context, 'categories.read');
  const { categories, components } = context.store.tables;
  const rows = await context.store.read
    .select({
      category: { id: categories.id, name: categories.name },
      component: { id: components.id, name: components.name, archivedAt: components.archivedAt },
    })
    .from(categories)
    .leftJoin(components, eq(components.categoryId, categories.id))
    .where(visibleCategories(context))
    .orderBy(asc(categories.position), asc(categories.id), asc(components.position), asc(components.id));
  const places = new Map<string, Place>();
  for (const { category, component } of rows) {
    const place = places.get(category.id) ?? { ...category, components: [] };
    places.set(category.id, place);
    if (component) place.components.push(component);
  }
  return [...places.values()];
}
