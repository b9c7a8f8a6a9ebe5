import { addComponent } from '../domain/components/add-component.ts';
import { archiveComponent, restoreComponent } from '../domain/components/archive-component.ts';
import { changeComponent } from '../domain/components/change-component.ts';
import { orderComponents } from '../domain/components/order-components.ts';
import { adminPaths } from '../paths.ts';
import { placeOf, withDone } from './done.ts';
import { formAction } from './form-action.ts';
import { newOrder } from './new-order.ts';
import { withUnticked } from './unticked.ts';

const add = formAction(async ({ context, input }) => {
  const { id } = await addComponent(context, withUnticked(input));
  return withDone(adminPaths.catalogue, 'added', id);
});

const change = formAction(async ({ context, input: { component, ...input } }) => {
  const { id } = await changeComponent(context, String(component ?? ''), withUnticked(input));
  return withDone(adminPaths.catalogue, 'saved', id);
});

const archive = formAction(async ({ context, input: { component, ...input } }) => {
  await archiveComponent(context, String(component ?? ''), input);
  return withDone(adminPaths.catalogue, 'archived');
});

const restore = formAction(async ({ context, input: { component, ...input } }) => {
  const { id } = await restoreComponent(context, String(component ?? ''), input);
  return withDone(adminPaths.catalogue, 'restored', id);
});

const order = formAction(async ({ context, input }) => {
  await orderComponents(context, { ids: newOrder(input) });
  return `${adminPaths.catalogue}#${placeOf(String(input.up ?? input.down ?? ''))}`;
});

export const components = { add, change, archive, restore, order };
