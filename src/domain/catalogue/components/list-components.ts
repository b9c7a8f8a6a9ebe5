import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { type Component, readComponents } from './read-components.ts';

/** All components for the team, category by category in order, archived ones too; only of categories that the actor may see. */
export async function listComponents(context: Context): Promise<Component[]> {
  authorize(context, 'categories.read');
  const { categories, components } = await readComponents(context.store, context.actor);
  return categories.flatMap((category) =>
    components.filter((component) => component.categoryId === category.id),
  );
}
