import { and, eq, gt, isNull, lte } from 'drizzle-orm';
import type { Tables } from '../../../../db/schema.ts';
import type { Reader, Transaction } from '../../../../db/store.ts';
import { rolesAllow } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import type { FieldRefusal } from '../../core/errors.ts';

/**
 * Whether the actor acts while somebody else is on call. False without a shift that covers now, and for the command
 * line, imports and the system, which nobody is.
 */
export async function isOffDuty(
  from: { tables: Tables; read: Pick<Reader, 'select'> },
  context: Pick<Context, 'actor' | 'now'>,
): Promise<boolean> {
  const { actor, now } = context;
  if (actor.userId === null) return false;
  const { rosterShifts, users } = from.tables;
  const shifts = await from.read
    .select({ userId: rosterShifts.userId, roles: users.roles })
    .from(rosterShifts)
    .innerJoin(users, eq(rosterShifts.userId, users.id))
    .where(
      and(
        eq(rosterShifts.duty, 'csup'),
        lte(rosterShifts.startsAt, now),
        gt(rosterShifts.endsAt, now),
        isNull(users.disabledAt),
      ),
    );
  // Who may not publish any more does not cover the time.
  const onCall = shifts.filter(({ roles }) => rolesAllow(roles, 'incidents.post-update'));
  return onCall.length > 0 && onCall.every(({ userId }) => userId !== actor.userId);
}

/** Null on duty. Off duty the reason that goes into the audit, or the refusal where there is none. */
export async function findOffDuty(
  tx: Transaction,
  context: Context,
  given: string | undefined,
): Promise<{ reason?: string; refusal?: FieldRefusal } | null> {
  if (!(await isOffDuty(tx, context))) return null;
  const reason = given?.trim() ?? '';
  return reason === '' ? { refusal: { path: 'offDutyReason', key: 'off_duty' } } : { reason };
}
