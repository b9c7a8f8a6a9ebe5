/** The calendar of a time zone: days as "2026-11-20", months as "2026-11", instants as Date (UTC). Pure. */
import { Temporal } from 'temporal-polyfill';

/** The calendar day in `zone` as "2026-11-20". */
export const dayOf = (instant: Date, zone: string): string => zoned(instant, zone).toPlainDate().toString();

/** The month in `zone` as "2026-11". */
export const monthOf = (instant: Date, zone: string): string => dayOf(instant, zone).slice(0, 7);

/** The instant at which `day` ("2026-11-20") begins in `zone`; right on days of 23 and 25 hours. */
export const startOfDay = (day: string, zone: string): Date =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds);

/** `day` moved by whole calendar days. */
export const addDays = (day: string, days: number): string =>
  Temporal.PlainDate.from(day).add({ days }).toString();

/** Monday is 1, Sunday is 7. */
export const weekdayOf = (day: string): number => Temporal.PlainDate.from(day).dayOfWeek;

/** "2026-11" moved by whole months. */
export const addMonths = (month: string, months: number): string =>
  Temporal.PlainYearMonth.from(month).add({ months }).toString();

/** A local "2026-11-24T02:00" in `zone` as an instant; a time that the clock change skips moves forward. Throws on nonsense. */
export const fromLocal = (local: string, zone: string): Date =>
  new Date(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds);

/** An instant as the local "2026-11-24T02:00" that date fields take. */
export const toLocal = (instant: Date, zone: string): string =>
  zoned(instant, zone).toPlainDateTime().toString({ smallestUnit: 'minute' });

/** An instant on the clock of a zone. */
export const zoned = (instant: Date, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
