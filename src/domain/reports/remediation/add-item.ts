import { actOn } from '../../core/act.ts';
import { findProblem, refuseClosed } from '../problems/find-problem.ts';
import { insertItem } from './insert-item.ts';
import { addItemInput } from './item-input.ts';

/** Adds an owned action with a deadline to a problem's plan. A public one names its owner's function. */
export const addItem = actOn({
  permission: 'problems.change',
  input: addItemInput,
  audits: ['remediation.added'],
  async work(given, problemId, wanted): Promise<{ id: string }> {
    const { tx, context } = given;
    const found = await findProblem(tx, context, problemId);
    refuseClosed(found);
    return { id: await insertItem(given, found, wanted) };
  },
});
