/**
 * Times that people type are precise to the minute, stored ones to the millisecond. Whoever compares the two asks here: a
 * typed one means any moment of its minute, so what happened in the same minute contradicts nothing. All UTC.
 */
const minuteMs = 60_000;

/** Whether both are the same to the minute, as readers see them. */
export const isSameMinute = (a: Date, b: Date): boolean =>
  Math.floor(a.getTime() / minuteMs) === Math.floor(b.getTime() / minuteMs);

const isTypedToMinute = (at: Date): boolean => at.getTime() % minuteMs === 0;

/** Whether `at` lies surely before `other`; typed to the minute of `other` it may lie behind it. */
export const isBefore = (at: Date, other: Date): boolean =>
  at < other && !(isTypedToMinute(at) && isSameMinute(at, other));

/** Milliseconds from one to the other; in the same minute never less than none. */
export const elapsed = (from: Date, to: Date): number =>
  isSameMinute(from, to) ? Math.max(0, to.getTime() - from.getTime()) : to.getTime() - from.getTime();

/** A time typed to the minute of `bound`, which has seconds, as the first instant behind it; any other as it is. */
export const pulledAfter = (at: Date, bound: Date): Date =>
  at < bound && isTypedToMinute(at) && isSameMinute(at, bound) ? new Date(bound.getTime() + 1) : at;
