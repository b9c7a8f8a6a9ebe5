import { actOn } from '../../core/act.ts';
import { invalid } from '../../core/errors.ts';
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
      actionEn: wanted.action?.en?.trim() ?? item.actionEn,
      actionDe: wanted.action?.de?.trim() ?? item.actionDe,
      aim: wanted.aim ?? item.aim,
      ownerId: wanted.owner ?? item.ownerId,
      ownerFunctionEn: wanted.ownerFunction?.en?.trim() ?? item.ownerFunctionEn,
      ownerFunctionDe: wanted.ownerFunction?.de?.trim() ?? item.ownerFunctionDe,
      groupId: wanted.group === undefined ? item.groupId : wanted.group || null,
      isPublic: wanted.isPublic ?? item.isPublic,
    };
    if (!next.actionEn && !next.actionDe) throw invalid('action', 'required');
    if (next.isPublic && !next.ownerFunctionEn && !next.ownerFunctionDe)
      throw invalid('ownerFunction', 'commitment_owner');
    // A promise that was read in public is kept, waived or moved, not hidden.
    if (item.isPublic && !next.isPublic && (await isPromised(tx, id)))
      throw invalid('isPublic', 'commitment_stays');
    const changes = Object.fromEntries(
      Object.entries(next).filter(([key, value]) => value !== item[key as keyof typeof item]),
    );
    // Saving without a change voids no review.
    if (Object.keys(changes).length === 0) return { id };
    const before = Object.fromEntries(
      Object.keys(changes).map((key) => [key, item[key as keyof typeof item]]),
    );
    await update(tx, id, changes);
    if (next.ownerId !== item.ownerId) await remindOfItem(tx, context, item);
    await changed(given, found, { action: 'remediation.changed', id, before, after: changes });
    return { id };
  },
});
