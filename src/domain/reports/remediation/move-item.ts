import { newId } from '../../../../db/ids.ts';
import { actOn } from '../../core/act.ts';
import { dayOf } from '../../core/calendar.ts';
import { DomainError, invalid } from '../../core/errors.ts';
import { retyped, said } from '../../core/localised.ts';
import { refuseStale } from '../../core/lock.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { remindOfItem } from '../due/tell-of-item.ts';
import { findItem, refuseClosed } from '../problems/find-problem.ts';
import { changed, refuseWrongDay, update } from './item-change.ts';
import { moveItemInput } from './item-input.ts';

/** Moves the deadline of an item with a reason; the first one stays to be seen. */
export const moveItem = actOn({
  permission: 'problems.change',
  input: moveItemInput,
  audits: ['remediation.moved'],
  async work(given, id, { version, dueOn, reason }): Promise<{ id: string }> {
    const { tx, context } = given;
    const found = await findItem(tx, context, id);
    const { item } = found;
    refuseClosed(found);
    refuseStale(version, item, item, { dueOn, reason });
    refuseSettled(item);
    if (!said(reason)) throw invalid('reason', 'reason_missing');
    if (dueOn === item.dueOn) throw invalid('dueOn', 'same_day');
    const { time_zone: zone } = await readSettings(tx);
    refuseWrongDay(dueOn, dayOf(context.now, zone));
    await update(tx, id, { dueOn });
    await remindOfItem(tx, context, { id, dueOn });
    const move = {
      fromOn: item.dueOn,
      toOn: dueOn,
      reason: retyped(reason),
    };
    await tx.db
      .insert(tx.tables.remediationMoves)
      .values({ id: newId(), itemId: id, ...move, movedBy: context.actor.userId, movedAt: context.now });
    await changed(given, found, {
      action: 'remediation.moved',
      id,
      before: { dueOn: item.dueOn },
      after: move,
    });
    return { id };
  },
});

function refuseSettled(item: { state: string }): void {
  if (item.state === 'done' || item.state === 'waived') throw new DomainError('conflict', 'item_settled');
}
