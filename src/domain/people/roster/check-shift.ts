import { and, eq, gt, lt, ne } from 'drizzle-orm';
import type { Transaction } from '../../../../db/store.ts';
import type { Duty } from '../../../../db/words.ts';
import { DomainError, type FieldRefusal } from '../../core/errors.ts';

export interface ShiftFields {
  duty: Duty;
  userId: string;
  startsAt: Date;
  endsAt: Date;
}

const longestShiftMs = 14 * 24 * 60 * 60_000;

/** Refuses a shift of somebody who cannot be on call, one that ends before it starts, and a second one of the same person in the same time. */
export async function checkShift(tx: Transaction, shift: ShiftFields, ownId = ''): Promise<void> {
  const fields: FieldRefusal[] = [];
  const { users, rosterShifts } = tx.tables;
  const [user] = await tx.db.select().from(users).where(eq(users.id, shift.userId));
  if (!user) fields.push({ path: 'userId', key: 'unknown_user' });
  else if (user.disabledAt || !user.roles.includes(shift.duty))
    fields.push({ path: 'userId', key: 'cannot_be_on_call' });
  const length = shift.endsAt.getTime() - shift.startsAt.getTime();
  if (length <= 0) fields.push({ path: 'endsAt', key: 'end_before_start' });
  else if (length > longestShiftMs) fields.push({ path: 'endsAt', key: 'shift_too_long' });
  else {
    const [other] = await tx.db
      .select({ id: rosterShifts.id })
      .from(rosterShifts)
      .where(
        and(
          eq(rosterShifts.duty, shift.duty),
          eq(rosterShifts.userId, shift.userId),
          lt(rosterShifts.startsAt, shift.endsAt),
          gt(rosterShifts.endsAt, shift.startsAt),
          ne(rosterShifts.id, ownId),
        ),
      )
      .limit(1);
    if (other) fields.push({ path: 'startsAt', key: 'shift_overlaps' });
  }
  if (fields.length > 0) throw new DomainError('invalid', 'input', { fields });
}
