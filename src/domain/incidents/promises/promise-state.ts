export interface PromiseTimes {
  madeAt: Date;
  dueAt: Date;
  answeredAt: Date | null;
  withdrawnAt: Date | null;
}

export const promiseStates = ['open', 'due_soon', 'overdue', 'kept', 'missed', 'withdrawn'] as const;
export type PromiseState = (typeof promiseStates)[number];

/** From this share of its time on the desk warns of a promise. */
const warningShare = 0.8;

/**
 * How a promise stands at `now`. What comes at the promised instant itself is kept; what has not come then is overdue,
 * as the public page says from that instant on.
 */
export function promiseState(promise: PromiseTimes, now: Date): PromiseState {
  if (promise.withdrawnAt) return 'withdrawn';
  if (promise.answeredAt) return promise.answeredAt <= promise.dueAt ? 'kept' : 'missed';
  return dueState(promise, now);
}

/** How urgent a promise is that nobody has answered yet. */
export function dueState(
  { madeAt, dueAt }: Pick<PromiseTimes, 'madeAt' | 'dueAt'>,
  now: Date,
): 'open' | 'due_soon' | 'overdue' {
  if (dueAt <= now) return 'overdue';
  const passed = now.getTime() - madeAt.getTime();
  return passed >= warningShare * (dueAt.getTime() - madeAt.getTime()) ? 'due_soon' : 'open';
}

/** Milliseconds by which it came, or so far stays, behind; 0 where it is not late. */
export function lateBy({ dueAt, answeredAt, withdrawnAt }: PromiseTimes, now: Date): number {
  if (withdrawnAt) return 0;
  return Math.max(0, (answeredAt ?? now).getTime() - dueAt.getTime());
}

/** It came late, or its time is over and it has not come. */
export const isMissed = (promise: PromiseTimes, now: Date): boolean =>
  ['missed', 'overdue'].includes(promiseState(promise, now));
