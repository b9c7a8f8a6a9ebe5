import { and, asc, eq, gt } from 'drizzle-orm';
import type { Duty } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { leftOut } from '../../core/left-out.ts';
import { type Gap, rosterGaps } from './roster-gaps.ts';

export interface Shift {
  id: string;
  duty: Duty;
  userId: string;
  userName: string;
  startsAt: Date;
  endsAt: Date;
  /** The account is disabled: nobody is on call by it. */
  isDisabled: boolean;
}

export interface Roster {
  /** Who is on call now; several people may share a time. */
  now: Shift[];
  /** Who comes next, from the same instant. */
  next: Shift[];
  /** Those that end after now, in order. */
  shifts: Shift[];
  /** How many later ones are left out. */
  more: number;
  /** Times of the next 7 days that nobody covers; none where nobody plans a roster, nor before its first shift. */
  gaps: Gap[];
}

const dayMs = 24 * 60 * 60_000;
/** More than a year of them. */
const shiftLimit = 1_000;
/** A roster that ran out is still one for so long, and warns. */
const memoryMs = 7 * dayMs;

/** Who is on call now and next, and who is missing in the next 7 days. One query, two when there are too many shifts. */
export async function readRoster(context: Context): Promise<Roster> {
  authorize(context, 'roster.read');
  const { tables, read } = context.store;
  const { rosterShifts, users } = tables;
  const now = context.now.getTime();
  const where = and(eq(rosterShifts.duty, 'csup'), gt(rosterShifts.endsAt, new Date(now - memoryMs)));
  const rows = await read
    .select({ shift: rosterShifts, userName: users.name, disabledAt: users.disabledAt })
    .from(rosterShifts)
    .innerJoin(users, eq(rosterShifts.userId, users.id))
    .where(where)
    .orderBy(asc(rosterShifts.startsAt), asc(rosterShifts.endsAt), asc(rosterShifts.id))
    .limit(shiftLimit);
  const all = rows.map(({ shift, userName, disabledAt }): Shift => {
    const { id, duty, userId, startsAt, endsAt } = shift;
    return { id, duty, userId, userName, startsAt, endsAt, isDisabled: disabledAt !== null };
  });
  const shifts = all.filter(({ endsAt }) => endsAt > context.now);
  const covering = shifts.filter(({ isDisabled }) => !isDisabled);
  const first = covering.find(({ startsAt }) => startsAt > context.now)?.startsAt.getTime();
  const begin = new Date(Math.max(now, all[0]?.startsAt.getTime() ?? now));
  return {
    now: covering.filter(({ startsAt }) => startsAt <= context.now),
    next: covering.filter(({ startsAt }) => startsAt.getTime() === first),
    shifts,
    more: await leftOut(rows, shiftLimit, () => read.$count(rosterShifts, where)),
    gaps: all.length === 0 ? [] : rosterGaps(covering, begin, new Date(now + 7 * dayMs)),
  };
}
