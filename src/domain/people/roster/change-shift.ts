import { eq } from 'drizzle-orm';
import type { Transaction } from '../../../../db/store.ts';
import { actOn } from '../../core/act.ts';
import { notFound } from '../../core/errors.ts';
import { checkShift, type ShiftFields } from './check-shift.ts';
import { changeShiftInput } from './roster-input.ts';

/** Changes who is on call in a shift, or when; what is not named stays. */
export const changeShift = actOn({
  permission: 'roster.change',
  input: changeShiftInput,
  audits: ['shift.changed'],
  async work({ tx, audit }, id, wanted): Promise<{ id: string }> {
    const before = await findShift(tx, id);
    const after: ShiftFields = {
      duty: before.duty,
      userId: wanted.userId ?? before.userId,
      startsAt: wanted.startsAt ? new Date(wanted.startsAt) : before.startsAt,
      endsAt: wanted.endsAt ? new Date(wanted.endsAt) : before.endsAt,
    };
    await checkShift(tx, after, id);
    await tx.db.update(tx.tables.rosterShifts).set(after).where(eq(tx.tables.rosterShifts.id, id));
    await audit({
      action: 'shift.changed',
      subjectType: 'shift',
      subjectId: id,
      before,
      after,
    });
    return { id };
  },
});

/** Takes a shift out of the roster; the audit keeps it. */
export const removeShift = actOn({
  permission: 'roster.change',
  audits: ['shift.removed'],
  async work({ tx, audit }, id): Promise<void> {
    const before = await findShift(tx, id);
    await tx.db.delete(tx.tables.rosterShifts).where(eq(tx.tables.rosterShifts.id, id));
    await audit({
      action: 'shift.removed',
      subjectType: 'shift',
      subjectId: id,
      before,
    });
  },
});

async function findShift(tx: Transaction, id: string): Promise<ShiftFields> {
  const { rosterShifts } = tx.tables;
  const [row] = await tx.db.select().from(rosterShifts).where(eq(rosterShifts.id, id));
  if (!row) throw notFound();
  const { duty, userId, startsAt, endsAt } = row;
  return { duty, userId, startsAt, endsAt };
}
