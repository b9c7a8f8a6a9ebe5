import { remediationStates } from '../../../../db/words.ts';
import { actOn } from '../../core/act.ts';
import { invalid } from '../../core/errors.ts';
import { refuseStale } from '../../core/lock.ts';
import { remindOfEffectiveness } from '../due/tell-of-item.ts';
import { findItem, refuseClosed, restrictedTo } from '../problems/find-problem.ts';
import { voidReview } from '../reviews/void-review.ts';
import { isPromised } from './is-promised.ts';
import { update } from './item-change.ts';
import { settleItemInput } from './item-input.ts';

/** Starts, finishes, waives (with a reason) or takes up an item again. What changes for readers of a commitment shows at once. */
export const settleItem = actOn({
  permission: 'problems.change',
  input: settleItemInput,
  audits: remediationStates.map((state) => `remediation.${state}` as const),
  async work({ tx, context, audit }, id, { version, state, reason }): Promise<{ id: string }> {
    const found = await findItem(tx, context, id);
    const { item } = found;
    refuseClosed(found);
    refuseStale(version, item, item, { state, reason });
    if (state === 'waived' && !reason?.trim()) throw invalid('reason', 'reason_missing');
    if (state === item.state) return { id };
    const next = {
      state,
      settledAt: state === 'done' || state === 'waived' ? context.now : null,
      waivedReason: state === 'waived' ? (reason?.trim() ?? '') : '',
      // Done anew, it is judged anew; the audit keeps the first note.
      ...(state === 'done' ? { effectiveness: '', effectivenessAt: null } : {}),
    };
    await update(tx, id, next);
    if (state === 'done') await remindOfEffectiveness(tx, context, id);
    // A waived promise leaves what is approved, one taken up again comes back into it.
    if (item.isPublic && (state === 'waived') !== (item.state === 'waived'))
      await voidReview(tx, context, found.incidents);
    await audit({
      action: `remediation.${state}`,
      subjectType: 'remediation',
      subjectId: id,
      before: { state: item.state },
      after: { state },
      reason: reason?.trim() || undefined,
      restrictedTo: restrictedTo(found),
    });
    if (await isPromised(tx, id)) tx.touch('reports');
    return { id };
  },
});
