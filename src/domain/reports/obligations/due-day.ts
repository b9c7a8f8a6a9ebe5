import { addDays, dayOf, startOfDay, weekdayOf } from '../../core/calendar.ts';

const isWorkingDay = (day: string): boolean => weekdayOf(day) <= 5;

/**
 * When a report is due: the end of the n-th working day (Monday to Friday in the page's zone) after the day of `from`,
 * that is the midnight that ends it. Whatever the clock does in between, it is a midnight of the zone.
 */
export function endOfWorkingDay(from: Date, workingDays: number, zone: string): Date {
  let day = dayOf(from, zone);
  for (let left = workingDays; left > 0; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day)) left -= 1;
  }
  return startOfDay(addDays(day, 1), zone);
}

/** The calendar day that a due instant ends, as the public page names it: "due by 24 Nov". */
export const dueDay = (dueAt: Date, zone: string): string => dayOf(new Date(dueAt.getTime() - 1), zone);

/** Whole days until the due day; 0 on it, negative after it. */
export function daysLeft(dueAt: Date, now: Date, zone: string): number {
  const [today, due] = [dayOf(now, zone), dueDay(dueAt, zone)];
  const days = (Date.parse(`${due}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000;
  return Math.round(days);
}
