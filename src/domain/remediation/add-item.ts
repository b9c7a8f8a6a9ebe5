import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { parse } from '../core/parse.ts';
import { findProblem, refuseClosed } from '../problems/find-problem.ts';
import { insertItem } from './insert-item.ts';
import { addItemInput } from './item-input.ts';

/** Adds an owned action with a deadline to a problem's plan. A public one names its owner's function. */
export async function addItem(context: Context, problemId: string, input: unknown): Promise<{ id: string }> {
  authorize(context, 'problems.change');
  const wanted = parse(addItemInput, input);
  return context.store.transaction(async (tx) => {
    const found = await findProblem(tx, context, problemId);
    refuseClosed(found);
    return { id: await insertItem(tx, context, found, wanted) };
  });
}
