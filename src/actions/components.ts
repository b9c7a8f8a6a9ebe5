import { addComponent } from '../domain/catalogue/components/add-component.ts';
import { archiveComponent, restoreComponent } from '../domain/catalogue/components/archive-component.ts';
import { changeComponent } from '../domain/catalogue/components/change-component.ts';
import { orderComponents } from '../domain/catalogue/components/order-components.ts';
import { catalogueActions, orderAction } from './catalogue-actions.ts';

export const components = {
  ...catalogueActions({
    one: 'component',
    add: addComponent,
    change: changeComponent,
    archive: archiveComponent,
    restore: restoreComponent,
  }),
  order: orderAction(orderComponents),
};
