import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { type Category, canSee, readCategories } from './read-categories.ts';

/** All categories for the team, in order, archived ones too; restricted ones only for who may see them. Three queries. */
export async function listCategories(context: Context): Promise<Category[]> {
  authorize(context, 'categories.read');
  const all = await readCategories(context.store);
  return all.filter((category) => canSee(context.actor, category));
}
