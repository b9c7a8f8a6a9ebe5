import { actOn } from '../../core/act.ts';
import { changedFields } from '../../core/changed-fields.ts';
import { invalid } from '../../core/errors.ts';
import { retyped, said } from '../../core/localised.ts';
import { refuseStale } from '../../core/lock.ts';
import { requireReader } from '../../incidents/restricted/require-reader.ts';
import { remindOfItem } from '../due/tell-of-item.ts';
import { requireGroup } from '../problems/change-problem.ts';
import { findItem, refuseClosed } from '../problems/find-problem.ts';
import { isPromised } from './is-promised.ts';
import { changed, update } from './item-change.ts';
import { changeItemInput } from './item-input.ts';

/** Changes an item's words, aim, owner or publicity; its deadline moves by `moveItem` alone. */
export const changeItem = actOn({
  permission: 'problems.change',
  input: changeItemInput,
  audits: ['remediation.changed'],
  async work(given, id, { version, ...wanted }): Promise<{ id: string }> {
    const { tx, context } = given;
    const found = await findItem(tx, context, id);
    const { item } = found;
    refuseClosed(found);
    refuseStale(version, item, item, wanted);
    if (wanted.owner && wanted.owner !== item.ownerId)
      await requireReader(tx, found.incidents, { id: wanted.owner, path: 'owner', now: context.now });
    if (wanted.group) await requireGroup(tx, wanted.group);
    const next = {
      action: retyped(wanted.action, item.action),
      aim: wanted.aim ?? item.aim,
      ownerId: wanted.owner ?? item.ownerId,
      ownerFunction: retyped(wanted.ownerFunction, item.ownerFunction),
      groupId: wanted.group === undefined ? item.groupId : wanted.group || null,
      isPublic: wanted.isPublic ?? item.isPublic,
    };
    if (!said(next.action)) throw invalid('action', 'required');
    if (next.isPublic && !said(next.ownerFunction)) throw invalid('ownerFunction', 'commitment_owner');
    // A promise that was read in public is kept, waived or moved, not hidden.
    if (item.isPublic && !next.isPublic && (await isPromised(tx, id)))
      throw invalid('isPublic', 'commitment_stays');
    const change = changedFields(item, { ...item, ...next });
    // Saving without a change voids no review.
    if (!change) return { id };
    await update(tx, id, change.after);
    if (next.ownerId !== item.ownerId) await remindOfItem(tx, context, item);
    await changed(given, found, { action: 'remediation.changed', id, ...change });
    return { id };
  },
});
