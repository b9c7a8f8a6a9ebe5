import type { Context } from '../domain/core/context.ts';
import { adminPaths } from '../paths.ts';
import { placeOf, withDone } from './done.ts';
import { formAction, type Submission } from './form-action.ts';
import { newOrder } from './new-order.ts';
import { withUnticked } from './unticked.ts';

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
  const act = (verb: Change, done: Parameters<typeof withDone>[1], isHere = true) =>
    formAction(async ({ context, input: { [one]: named, ...input } }) => {
      const { id } = await verb(context, String(named ?? ''), withUnticked(input));
      return withDone(adminPaths.catalogue, done, isHere ? id : undefined);
    });
  return {
    add: formAction(async ({ context, input }) => {
      const { id } = await add(context, withUnticked(input));
      return withDone(adminPaths.catalogue, 'added', id);
    }),
    change: act(change, 'saved'),
    // What is archived has no place on the page any more.
    archive: act(archive, 'archived', false),
    restore: act(restore, 'restored'),
  };
}

/** The form that moves an entry one place up or down. */
export const orderAction = (order: (context: Context, input: { ids: string[] }) => Promise<unknown>) =>
  formAction(async ({ context, input }) => {
    await order(context, { ids: newOrder(input) });
    return `${adminPaths.catalogue}#${placeOf(String(input.up ?? input.down ?? ''))}`;
  });
