import { ordering } from '../acts.ts';
import { type Category, canSee, readCategories } from './read-categories.ts';

/** Puts the active categories of one level into the order named. */
export const orderCategories = ordering({
  noun: 'category',
  categoryOf: (row: Category) => row,
  list: async (tx, { actor }) => (await readCategories(tx)).filter((category) => canSee(actor, category)),
  levelOf: ({ parentId }) => parentId,
  unknown: 'unknown_category',
});
