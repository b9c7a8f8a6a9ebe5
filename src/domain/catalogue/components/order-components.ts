import { ordering } from '../acts.ts';
import { categoryOf, readComponents } from './read-components.ts';

/** Puts the active components of one category into the order named. */
export const orderComponents = ordering({
  noun: 'component',
  categoryOf,
  list: async (tx, { actor }) => (await readComponents(tx, actor)).components,
  levelOf: ({ categoryId }) => categoryId,
  unknown: 'unknown_component',
});
