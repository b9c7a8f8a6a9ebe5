import { addCategory } from '../domain/catalogue/categories/add-category.ts';
import { archiveCategory, restoreCategory } from '../domain/catalogue/categories/archive-category.ts';
import { changeCategory } from '../domain/catalogue/categories/change-category.ts';
import { orderCategories } from '../domain/catalogue/categories/order-categories.ts';
import { catalogueActions, orderAction } from './catalogue-actions.ts';

export const categories = {
  ...catalogueActions({
    one: 'category',
    add: addCategory,
    change: changeCategory,
    // All four empty means none, not "as before".
    shape: (input) => ({ closeTargets: {}, ...input }),
    archive: archiveCategory,
    restore: restoreCategory,
  }),
  order: orderAction(orderCategories),
};
