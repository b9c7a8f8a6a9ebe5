import type { Act, ActOn } from '../domain/core/act.ts';
import { adminPaths } from '../paths.ts';
import { placeOf, withDone } from './done.ts';
import { formAction, formOf, formOn, type Input } from './form-action.ts';
import { newOrder } from './new-order.ts';

/** The acts behind the forms of a noun of the catalogue; the same as in `http/api/catalogue-operations.ts`. */
interface CatalogueForms {
  /** The field that names the entry. */
  one: 'category' | 'component' | 'group';
  add: Act<{ id: string }>;
  change: ActOn<{ id: string }>;
  /** As `formOn` has it, of a change. */
  shape?: (input: Input) => Input;
  archive: ActOn<{ id: string }>;
  restore: ActOn<{ id: string }>;
}

/** The forms that every noun of the catalogue has. */
export function catalogueActions({ one, add, change, shape, archive, restore }: CatalogueForms) {
  const done =
    (what: Parameters<typeof withDone>[1], isHere = true) =>
    ({ id }: { id: string }) =>
      withDone(adminPaths.catalogue, what, isHere ? id : undefined);
  return {
    add: formOf(add, done('added')),
    change: formOn(one, change, done('saved'), shape),
    // What is archived has no place on the page any more.
    archive: formOn(one, archive, done('archived', false)),
    restore: formOn(one, restore, done('restored')),
  };
}

/** The form that moves an entry one place up or down. */
export const orderAction = (order: Act<unknown>) =>
  formAction(async ({ context, input }) => {
    await order(context, { ids: newOrder(input) });
    return `${adminPaths.catalogue}#${placeOf(String(input.up ?? input.down ?? ''))}`;
  });
