import { actOn } from '../../core/act.ts';
import { DomainError } from '../../core/errors.ts';
import { refuseStale } from '../../core/lock.ts';
import { findItem, restrictedTo } from '../problems/find-problem.ts';
import { update } from './item-change.ts';
import { noteEffectivenessInput } from './item-input.ts';

/** Whether a done item helped, noted later. */
export const noteEffectiveness = actOn({
  permission: 'problems.change',
  input: noteEffectivenessInput,
  audits: ['remediation.effectiveness-noted'],
  async work({ tx, context, audit }, id, { version, text }): Promise<{ id: string }> {
    const found = await findItem(tx, context, id);
    refuseStale(version, found.item, found.item, { text });
    if (found.item.state !== 'done') throw new DomainError('conflict', 'item_not_done');
    await update(tx, id, { effectiveness: text.trim(), effectivenessAt: context.now });
    await audit({
      action: 'remediation.effectiveness-noted',
      subjectType: 'remediation',
      subjectId: id,
      after: { effectiveness: text.trim() },
      restrictedTo: restrictedTo(found),
    });
    return { id };
  },
});
