import { addComponent } from '../domain/components/add-component.ts';
import { archiveComponent, restoreComponent } from '../domain/components/archive-component.ts';
import { changeComponent } from '../domain/components/change-component.ts';
import { orderComponents } from '../domain/components/order-components.ts';
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
