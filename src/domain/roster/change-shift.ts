import { eq } from 'drizzle-orm';
import type { Transaction } from '../../../db/store.ts';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { notFound } from '../core/errors.ts';
import { parse } from '../core/parse.ts';
import { checkShift, type ShiftFields } from './check-shift.ts';
import { changeShiftInput } from './roster-input.ts';

/** Changes who is on call in a shift, or when; what is not named stays. */
export async function changeShift(context: Context, id: string, input: unknown): Promise<{ id: string }> {
  authorize(context, 'roster.change');
  const wanted = parse(changeShiftInput, input);
  return context.store.transaction(async (tx) => {
    const before = await findShift(tx, id);
    const after: ShiftFields = {
      duty: before.duty,
      userId: wanted.userId ?? before.userId,
      startsAt: wanted.startsAt ? new Date(wanted.startsAt) : before.startsAt,
      endsAt: wanted.endsAt ? new Date(wanted.endsAt) : before.endsAt,
    };
    await checkShift(tx, after, id);
    await tx.db.update(tx.tables.rosterShifts).set(after).where(eq(tx.tables.rosterShifts.id, id));
    await appendAudit(tx, context, {
      action: 'shift.changed',
      subjectType: 'shift',
      subjectId: id,
      before,
      after,
    });
    return { id };
  });
}

/** Takes a shift out of the roster; the audit keeps it. */
export async function removeShift(context: Context, id: string): Promise<void> {
  authorize(context, 'roster.change');
  await context.store.transaction(async (tx) => {
    const before = await findShift(tx, id);
    await tx.db.delete(tx.tables.rosterShifts).where(eq(tx.tables.rosterShifts.id, id));
    await appendAudit(tx, context, {
      action: 'shift.removed',
      subjectType: 'shift',
      subjectId: id,
      before,
    });
  });
}

async function findShift(tx: Transaction, id: string): Promise<ShiftFields> {
  const { rosterShifts } = tx.tables;
  const [row] = await tx.db.select().from(rosterShifts).where(eq(rosterShifts.id, id));
  if (!row) throw notFound();
  const { duty, userId, startsAt, endsAt } = row;
  return { duty, userId, startsAt, endsAt };
}
