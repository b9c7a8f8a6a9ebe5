import { newId } from '../../../db/ids.ts';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { parse } from '../core/parse.ts';
import { checkShift } from './check-shift.ts';
import { addShiftInput } from './roster-input.ts';

/** Puts somebody on call from one instant to another. Two people may share a time. Returns the shift's id. */
export async function addShift(context: Context, input: unknown): Promise<{ id: string }> {
  authorize(context, 'roster.change');
  const { duty = 'csup', userId, startsAt, endsAt } = parse(addShiftInput, input);
  return context.store.transaction(async (tx) => {
    const shift = { duty, userId, startsAt: new Date(startsAt), endsAt: new Date(endsAt) };
    await checkShift(tx, shift);
    const id = newId();
    const row = { id, ...shift, createdBy: context.actor.userId, createdAt: context.now };
    await tx.db.insert(tx.tables.rosterShifts).values(row);
    await appendAudit(tx, context, {
      action: 'shift.added',
      subjectType: 'shift',
      subjectId: id,
      after: shift,
    });
    return { id };
  });
}
