import { newId } from '../../../../db/ids.ts';
import { act } from '../../core/act.ts';
import { checkShift } from './check-shift.ts';
import { addShiftInput } from './roster-input.ts';

/** Puts somebody on call from one instant to another. Two people may share a time. Returns the shift's id. */
export const addShift = act({
  permission: 'roster.change',
  input: addShiftInput,
  audits: ['shift.added'],
  async work({ tx, context, audit }, { duty = 'csup', userId, startsAt, endsAt }): Promise<{ id: string }> {
    const shift = { duty, userId, startsAt: new Date(startsAt), endsAt: new Date(endsAt) };
    await checkShift(tx, shift);
    const id = newId();
    const row = { id, ...shift, createdBy: context.actor.userId, createdAt: context.now };
    await tx.db.insert(tx.tables.rosterShifts).values(row);
    await audit({
      action: 'shift.added',
      subjectType: 'shift',
      subjectId: id,
      after: shift,
    });
    return { id };
  },
});
