import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { DomainError } from '../core/errors.ts';
import { refuseStale } from '../core/lock.ts';
import { parse } from '../core/parse.ts';
import { findItem, restrictedTo } from '../problems/find-problem.ts';
import { update } from './item-change.ts';
import { noteEffectivenessInput } from './item-input.ts';

/** Whether a done item helped, noted later. */
export async function noteEffectiveness(
  context: Context,
  id: string,
  input: unknown,
): Promise<{ id: string }> {
  authorize(context, 'problems.change');
  const { version, text } = parse(noteEffectivenessInput, input);
  return context.store.transaction(async (tx) => {
    const found = await findItem(tx, context, id);
    refuseStale(version, found.item, found.item, { text });
    if (found.item.state !== 'done') throw new DomainError('conflict', 'item_not_done');
    await update(tx, id, { effectiveness: text.trim(), effectivenessAt: context.now });
    await appendAudit(tx, context, {
      action: 'remediation.effectiveness-noted',
      subjectType: 'remediation',
      subjectId: id,
      after: { effectiveness: text.trim() },
      restrictedTo: restrictedTo(found),
    });
    return { id };
  });
}
