import { addCategory } from '../domain/categories/add-category.ts';
import { archiveCategory, restoreCategory } from '../domain/categories/archive-category.ts';
import { changeCategory } from '../domain/categories/change-category.ts';
import { orderCategories } from '../domain/categories/order-categories.ts';
import { adminPaths } from '../paths.ts';
import { placeOf, withDone } from './done.ts';
import { formAction } from './form-action.ts';
import { newOrder } from './new-order.ts';
import { withUnticked } from './unticked.ts';

const add = formAction(async ({ context, input }) => {
  const { id } = await addCategory(context, withUnticked(input));
  return withDone(adminPaths.catalogue, 'added', id);
});

const change = formAction(async ({ context, input: { category, ...input } }) => {
  // All four empty means none, not "as before".
  const { id } = await changeCategory(context, String(category ?? ''), {
    closeTargets: {},
    ...withUnticked(input),
  });
  return withDone(adminPaths.catalogue, 'saved', id);
});

const archive = formAction(async ({ context, input: { category, ...input } }) => {
  await archiveCategory(context, String(category ?? ''), input);
  return withDone(adminPaths.catalogue, 'archived');
});

const restore = formAction(async ({ context, input: { category, ...input } }) => {
  const { id } = await restoreCategory(context, String(category ?? ''), input);
  return withDone(adminPaths.catalogue, 'restored', id);
});

const order = formAction(async ({ context, input }) => {
  await orderCategories(context, { ids: newOrder(input) });
  return `${adminPaths.catalogue}#${placeOf(String(input.up ?? input.down ?? ''))}`;
});

export const categories = { add, change, archive, restore, order };
