import type { Context } from '../domain/core/context.ts';
import { adminPaths } from '../paths.ts';
import { placeOf, withDone } from './done.ts';
import { act, actOn, formAction, type Submission } from './form-action.ts';
import { newOrder } from './new-order.ts';

type Input = Submission['input'];
type Change = (context: Context, id: string, input: Input) => Promise<{ id: string }>;

/** The verbs behind the forms of a noun of the catalogue; the same as in `http/api/catalogue-operations.ts`. */
interface CatalogueForms {
  /** The field that names the entry. */
  one: 'category' | 'component' | 'group';
  add: (context: Context, input: Input) => Promise<{ id: string }>;
  change: Change;
  archive: Change;
  restore: Change;
}

/** The forms that every noun of the catalogue has. */
export function catalogueActions({ one, add, change, archive, restore }: CatalogueForms) {
  const done =
    (what: Parameters<typeof withDone>[1], isHere = true) =>
    ({ id }: { id: string }) =>
      withDone(adminPaths.catalogue, what, isHere ? id : undefined);
  return {
    add: act(add, done('added')),
    change: actOn(one, change, done('saved')),
    // What is archived has no place on the page any more.
    archive: actOn(one, archive, done('archived', false)),
    restore: actOn(one, restore, done('restored')),
  };
}

/** The form that moves an entry one place up or down. */
export const orderAction = (order: (context: Context, input: { ids: string[] }) => Promise<unknown>) =>
  formAction(async ({ context, input }) => {
    await order(context, { ids: newOrder(input) });
    return `${adminPaths.catalogue}#${placeOf(String(input.up ?? input.down ?? ''))}`;
  });
