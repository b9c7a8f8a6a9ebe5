/** Times as people read them: the page's zone first, UTC beside it, the zone always named (U-13). */
import type { Language } from '../../db/words.ts';
import { dayOf, zoned } from '../domain/core/calendar.ts';
import { wordsIn } from './words.ts';

/** The locale of Intl for dates and numbers. */
export const localeOf = (language: Language): string => wordsIn[language].time.locale;

const formats = new Map<string, Intl.DateTimeFormat>();
function format(language: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(language, { ...options, timeZone: zone });
  formats.set(key, made);
  return made;
}

/** "CET", "MEZ", "UTC", or "UTC+5:30" where there is no abbreviation, as valid at `instant`. */
export function zoneName(instant: Date, zone: string, language: Language): string {
  if (isUtc(zone)) return 'UTC';
  for (const candidate of wordsIn[language].time.zoneLocales) {
    const name = part(format(candidate, zone, { timeZoneName: 'short' }), instant, 'timeZoneName');
    if (!/^(GMT|UTC)/.test(name) || name === 'GMT') return name;
  }
  return part(format('en-US', zone, { timeZoneName: 'shortOffset' }), instant, 'timeZoneName').replace(
    'GMT',
    'UTC',
  );
}

/** By any of its names in the time zone database; Intl takes them in any case. */
const isUtc = (zone: string): boolean =>
  /^(Etc\/)?(UTC|UCT|Zulu|Universal|Greenwich|GMT([+-]?0)?)$/i.test(zone);

function part(formatter: Intl.DateTimeFormat, instant: Date, type: Intl.DateTimeFormatPartTypes): string {
  return formatter.formatToParts(instant).find((p) => p.type === type)?.value ?? '';
}

const clockOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** "14:30" */
export const clock = (instant: Date, zone: string): string =>
  format('en-GB', zone, clockOptions).format(instant);

/** "14:30 CET" */
export const timeInZone = (instant: Date, zone: string, language: Language): string =>
  `${clock(instant, zone)} ${zoneName(instant, zone, language)}`;

/** "14:30:05 CET", where seconds matter: the end of a hold. */
export const timeWithSeconds = (instant: Date, zone: string, language: Language): string =>
  `${format('en-GB', zone, { ...clockOptions, second: '2-digit' }).format(instant)} ${zoneName(instant, zone, language)}`;

/** "13:30 UTC", or nothing when the page's zone is UTC. */
export const timeInUtc = (instant: Date, zone: string): string =>
  isUtc(zone) ? '' : `${clock(instant, 'UTC')} UTC`;

/** "13:30 UTC" beside a time in the page's zone, with its date when the day differs there; nothing when that zone is UTC. */
export function utcBeside(instant: Date, zone: string, language: Language): string {
  const time = timeInUtc(instant, zone);
  return time === '' || dayOf(instant, 'UTC') === dayOf(instant, zone)
    ? time
    : `${date(instant, 'UTC', language)}, ${time}`;
}

/** What a clock time stands in: the instant of the page, entry or line; several where readers take more than one day for granted. */
type Standing = Date | readonly Date[];

/** Whether a clock time needs its day named: something that it stands in is of another day in `zone`. The one rule for this. */
export const needsDay = (instant: Date, standsIn: Standing, zone: string): boolean =>
  [standsIn].flat().some((around) => dayOf(around, zone) !== dayOf(instant, zone));

/** "14:30 CET (13:30 UTC)", with the date of UTC where that is another day; stands beside a date, else use `timeBothNear`. */
export function timeBoth(instant: Date, zone: string, language: Language): string {
  const utc = utcBeside(instant, zone, language);
  return utc ? `${timeInZone(instant, zone, language)} (${utc})` : timeInZone(instant, zone, language);
}

/** "29 Nov 2026, 03:30 CET (02:30 UTC)" */
export const dateTimeBoth = (instant: Date, zone: string, language: Language): string =>
  `${date(instant, zone, language)}, ${timeBoth(instant, zone, language)}`;

/** "29 Nov 2026, 03:30 CET" */
export const dateTime = (instant: Date, zone: string, language: Language): string =>
  `${date(instant, zone, language)}, ${timeInZone(instant, zone, language)}`;

/** Both zones, with the date where the day is not that of what it stands in: "29 Nov 2026, 03:30 CET (02:30 UTC)". */
export const timeBothNear = (instant: Date, standsIn: Standing, zone: string, language: Language): string =>
  (needsDay(instant, standsIn, zone) ? dateTimeBoth : timeBoth)(instant, zone, language);

/** "20 Nov 2026" / "20. Nov. 2026" */
export const date = (instant: Date, zone: string, language: Language): string =>
  format(localeOf(language), zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(instant);

/** "Friday 20 November 2026" / "Freitag, 20. November 2026" */
export const longDate = (instant: Date, zone: string, language: Language): string =>
  format(localeOf(language), zone, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(instant);

/** "Fri 20 Nov" / "Fr., 20. Nov." */
export const shortDay = (instant: Date, zone: string, language: Language): string =>
  format(localeOf(language), zone, { weekday: 'short', day: 'numeric', month: 'short' })
    .format(instant)
    .replace(',', '');

/** "12 November" / "12. November" */
export const dayAndMonth = (instant: Date, zone: string, language: Language): string =>
  format(localeOf(language), zone, { day: 'numeric', month: 'long' }).format(instant);

/** "November 2026" */
export const monthName = (month: string, language: Language): string =>
  format(localeOf(language), 'UTC', { month: 'long', year: 'numeric' }).format(
    new Date(`${month}-15T00:00:00Z`),
  );

/** The page's zone alone, with the date where the day is not that of what it stands in. */
export const timeNear = (instant: Date, standsIn: Standing, zone: string, language: Language): string =>
  (needsDay(instant, standsIn, zone) ? dateTime : timeInZone)(instant, zone, language);

/** "24 Nov 2026, 02:00–04:00 CET" and "01:00–03:00 UTC", with the second date where the window crosses midnight; without the second where the page's zone is UTC. */
export function windowParts(from: Date, until: Date, zone: string, language: Language): [string, string] {
  const inZone = (z: string): string => {
    const end =
      dayOf(from, z) === dayOf(until, z)
        ? clock(until, z)
        : ` ${date(until, z, language)}, ${clock(until, z)}`;
    return `${clock(from, z)}–${end}`.replace('– ', ' – ');
  };
  // In UTC the window may begin on another day; then that day is named too.
  const utcDay = dayOf(from, 'UTC') === dayOf(from, zone) ? '' : `${date(from, 'UTC', language)}, `;
  const startName = zoneName(from, zone, language);
  const endName = zoneName(until, zone, language);
  const names = startName === endName ? startName : `${startName}/${endName}`;
  return [
    `${date(from, zone, language)}, ${inZone(zone)} ${names}`,
    isUtc(zone) ? '' : `${utcDay}${inZone('UTC')} UTC`,
  ];
}

/** "24 Nov 2026, 02:00–04:00 CET (01:00–03:00 UTC)" */
export function timeWindow(from: Date, until: Date, zone: string, language: Language): string {
  const [inZone, utc] = windowParts(from, until, zone, language);
  return utc ? `${inZone} (${utc})` : inZone;
}

/** Whole minutes as "41 min", "1 h 12 min" / "1 Std. 12 Min.", "2 d 3 h" / "2 Tage 3 Std."; below a minute "under 1 min". */
export function duration(milliseconds: number, language: Language): string {
  const minutes = Math.floor(Math.max(0, milliseconds) / 60_000);
  const { day: d, hour: h, minute: min, underAMinute } = wordsIn[language].time;
  if (minutes < 1) return underAMinute;
  const days = Math.floor(minutes / 1_440);
  const hours = Math.floor((minutes % 1_440) / 60);
  const rest = minutes % 60;
  if (days > 0) return hours > 0 ? `${days} ${d} ${hours} ${h}` : `${days} ${d}`;
  if (hours > 0) return rest > 0 ? `${hours} ${h} ${rest} ${min}` : `${hours} ${h}`;
  return `${rest} ${min}`;
}

/** "2026-11-20T13:44Z", for scripts. */
export const minuteOf = (instant: Date): string => instant.toISOString().replace(/:\d\d\.\d+/, '');

/** ISO 8601 with milliseconds and the offset valid then, as Statuspage writes it: "…T08:30:00.000Z", "…-08:00". */
export function isoInZone(instant: Date, zone: string): string {
  if (isUtc(zone)) return instant.toISOString();
  return zoned(instant, zone).toString({ timeZoneName: 'never', fractionalSecondDigits: 3 });
}
