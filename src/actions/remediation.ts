import { addItem } from '../domain/reports/remediation/add-item.ts';
import { changeItem } from '../domain/reports/remediation/change-item.ts';
import { moveItem } from '../domain/reports/remediation/move-item.ts';
import { noteEffectiveness } from '../domain/reports/remediation/note-effectiveness.ts';
import { settleItem } from '../domain/reports/remediation/settle-item.ts';
import { adminPaths } from '../paths.ts';
import { placeOf } from './done.ts';
import { formAction, type Submission } from './form-action.ts';
import { withUnticked } from './unticked.ts';

/** The plan of the problem that the form stands on, at the item. */
const planOf = (problem: unknown, item: string, done: 'added' | 'saved'): string =>
  `${adminPaths.problem(String(problem ?? ''))}?done=${done}&at=${item}#${placeOf(item)}`;

const add = formAction(async ({ context, input: { problem, ...input } }) => {
  const { id } = await addItem(context, String(problem ?? ''), withUnticked(input));
  return planOf(problem, id, 'added');
});

/** An act on one item, which goes back to its place in the plan. */
const onItem = (verb: (context: Submission['context'], id: string, input: unknown) => Promise<unknown>) =>
  formAction(async ({ context, input: { problem, item, ...input } }) => {
    await verb(context, String(item ?? ''), withUnticked(input));
    return planOf(problem, String(item ?? ''), 'saved');
  });

export const remediation = {
  add,
  change: onItem(changeItem),
  move: onItem(moveItem),
  settle: onItem(settleItem),
  note: onItem(noteEffectiveness),
};
