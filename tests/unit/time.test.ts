import { describe, expect, test } from 'vitest';
import * as calendar from '../../src/domain/core/calendar.ts';
import * as time from '../../src/i18n/time.ts';

const at = (iso: string): Date => new Date(iso);
const berlin = 'Europe/Berlin';
const winter = at('2026-01-15T12:00:00.000Z');
const summer = at('2026-07-15T12:00:00.000Z');

describe('U-13, G-15: a time names its zone, with UTC beside it', () => {
  test.each([
    [
      'Europe/Berlin',
      '13:00 CET (12:00 UTC)',
      '14:00 CEST (12:00 UTC)',
      '13:00 MEZ (12:00 UTC)',
      '14:00 MESZ (12:00 UTC)',
    ],
    [
      'Europe/London',
      '12:00 GMT (12:00 UTC)',
      '13:00 BST (12:00 UTC)',
      '12:00 GMT (12:00 UTC)',
      '13:00 BST (12:00 UTC)',
    ],
    [
      'America/New_York',
      '07:00 EST (12:00 UTC)',
      '08:00 EDT (12:00 UTC)',
      '07:00 EST (12:00 UTC)',
      '08:00 EDT (12:00 UTC)',
    ],
    [
      'Asia/Kolkata',
      '17:30 IST (12:00 UTC)',
      '17:30 IST (12:00 UTC)',
      '17:30 IST (12:00 UTC)',
      '17:30 IST (12:00 UTC)',
    ],
    [
      'Asia/Tokyo',
      '21:00 UTC+9 (12:00 UTC)',
      '21:00 UTC+9 (12:00 UTC)',
      '21:00 UTC+9 (12:00 UTC)',
      '21:00 UTC+9 (12:00 UTC)',
    ],
    [
      'Asia/Kathmandu',
      '17:45 UTC+5:45 (12:00 UTC)',
      '17:45 UTC+5:45 (12:00 UTC)',
      '17:45 UTC+5:45 (12:00 UTC)',
      '17:45 UTC+5:45 (12:00 UTC)',
    ],
    [
      'America/Sao_Paulo',
      '09:00 UTC-3 (12:00 UTC)',
      '09:00 UTC-3 (12:00 UTC)',
      '09:00 UTC-3 (12:00 UTC)',
      '09:00 UTC-3 (12:00 UTC)',
    ],
  ])('%s', (zone, enWinter, enSummer, deWinter, deSummer) => {
    const found = (['en', 'de'] as const).flatMap((language) =>
      [winter, summer].map((instant) => time.timeBoth(instant, zone, language)),
    );
    expect(found).toEqual([enWinter, enSummer, deWinter, deSummer]);
  });

  test.each([
    'UTC',
    'Etc/UTC',
    'GMT',
    'Etc/GMT',
    'UCT',
    'Etc/UCT',
    'Zulu',
    'Universal',
    'Etc/Universal',
    'Greenwich',
    'GMT0',
    'utc',
  ])('a page in %s says it once', (zone) => {
    expect([
      time.timeBoth(summer, zone, 'en'),
      time.timeBoth(winter, zone, 'de'),
      time.timeInUtc(winter, zone),
    ]).toEqual(['12:00 UTC', '12:00 UTC', '']);
    expect(time.isoInZone(winter, zone)).toBe('2026-01-15T12:00:00.000Z');
  });

  test.each([
    // The last second of each time, and the first of the next.
    ['2026-03-29T00:59:59.999Z', '01:59 CET (00:59 UTC)'],
    ['2026-03-29T01:00:00.000Z', '03:00 CEST (01:00 UTC)'],
    ['2026-10-25T00:59:59.999Z', '02:59 CEST (00:59 UTC)'],
    ['2026-10-25T01:00:00.000Z', '02:00 CET (01:00 UTC)'],
    ['2026-12-31T22:59:59.999Z', '23:59 CET (22:59 UTC)'],
    ['2026-12-31T23:00:00.000Z', '00:00 CET (31 Dec 2026, 23:00 UTC)'],
  ])('at %s Berlin reads %s', (iso, text) => {
    expect(time.timeBoth(at(iso), berlin, 'en')).toBe(text);
  });
});

describe('dates', () => {
  const instant = at('2026-11-20T02:12:00.000Z');
  test('are written as each language does', () => {
    expect([time.date(instant, berlin, 'en'), time.date(instant, berlin, 'de')]).toEqual([
      '20 Nov 2026',
      '20. Nov. 2026',
    ]);
    // Versions of ICU differ in the comma.
    expect(time.longDate(instant, berlin, 'en')).toMatch(/^Friday,? 20 November 2026$/);
    expect(time.longDate(instant, berlin, 'de')).toBe('Freitag, 20. November 2026');
    expect([time.shortDay(instant, berlin, 'en'), time.shortDay(instant, berlin, 'de')]).toEqual([
      'Fri 20 Nov',
      'Fr. 20. Nov.',
    ]);
    expect([time.monthName('2026-03', 'en'), time.monthName('2026-03', 'de')]).toEqual([
      'March 2026',
      'März 2026',
    ]);
    expect([time.monthName('2026-12', 'en'), time.monthName('2027-01', 'de')]).toEqual([
      'December 2026',
      'Januar 2027',
    ]);
  });

  test('and days and months are those of the zone', () => {
    const newYear = at('2026-12-31T23:30:00.000Z');
    const days = [berlin, 'UTC', 'America/New_York', 'Asia/Tokyo'].map((zone) => [
      calendar.dayOf(newYear, zone),
      calendar.monthOf(newYear, zone),
    ]);
    expect(days).toEqual([
      ['2027-01-01', '2027-01'],
      ['2026-12-31', '2026-12'],
      ['2026-12-31', '2026-12'],
      ['2027-01-01', '2027-01'],
    ]);
    expect(time.date(newYear, berlin, 'en')).toBe('1 Jan 2027');
  });

  test('near a time of the same day are left out', () => {
    const reference = at('2026-11-20T02:12:00.000Z');
    expect(time.timeNear(at('2026-11-20T22:59:00.000Z'), reference, berlin, 'en')).toBe('23:59 CET');
    expect(time.timeNear(at('2026-11-20T23:00:00.000Z'), reference, berlin, 'en')).toBe(
      '21 Nov 2026, 00:00 CET',
    );
    expect(time.timeNear(at('2026-11-19T22:59:00.000Z'), reference, berlin, 'de')).toBe(
      '19. Nov. 2026, 23:59 MEZ',
    );
  });
});

describe('windows of time', () => {
  test.each([
    [
      'on one day',
      '2026-11-24T01:00Z',
      '2026-11-24T03:00Z',
      berlin,
      'en',
      '24 Nov 2026, 02:00–04:00 CET (01:00–03:00 UTC)',
    ],
    [
      'over midnight in both',
      '2026-11-24T22:00Z',
      '2026-11-25T01:00Z',
      berlin,
      'en',
      '24 Nov 2026, 23:00 – 25 Nov 2026, 02:00 CET (22:00 – 25 Nov 2026, 01:00 UTC)',
    ],
    [
      'over midnight in the zone alone',
      '2026-11-24T22:30Z',
      '2026-11-24T23:30Z',
      berlin,
      'de',
      '24. Nov. 2026, 23:30 – 25. Nov. 2026, 00:30 MEZ (22:30–23:30 UTC)',
    ],
    [
      'over midnight in UTC alone',
      '2026-11-24T23:30Z',
      '2026-11-25T01:30Z',
      berlin,
      'en',
      '25 Nov 2026, 00:30–02:30 CET (24 Nov 2026, 23:30 – 25 Nov 2026, 01:30 UTC)',
    ],
    [
      'wholly on another day in UTC',
      '2026-11-25T03:00Z',
      '2026-11-25T04:00Z',
      'America/New_York',
      'en',
      '24 Nov 2026, 22:00–23:00 EST (25 Nov 2026, 03:00–04:00 UTC)',
    ],
    [
      'over the year',
      '2026-12-31T22:30Z',
      '2027-01-01T01:30Z',
      berlin,
      'en',
      '31 Dec 2026, 23:30 – 1 Jan 2027, 02:30 CET (22:30 – 1 Jan 2027, 01:30 UTC)',
    ],
    [
      'over the clock change in autumn',
      '2026-10-25T00:30Z',
      '2026-10-25T01:30Z',
      berlin,
      'de',
      '25. Okt. 2026, 02:30–02:30 MESZ/MEZ (00:30–01:30 UTC)',
    ],
    [
      'over the clock change in spring',
      '2026-03-29T00:30Z',
      '2026-03-29T01:30Z',
      berlin,
      'en',
      '29 Mar 2026, 01:30–03:30 CET/CEST (00:30–01:30 UTC)',
    ],
    [
      'in UTC',
      '2026-11-24T23:30Z',
      '2026-11-25T01:30Z',
      'UTC',
      'de',
      '24. Nov. 2026, 23:30 – 25. Nov. 2026, 01:30 UTC',
    ],
  ] as const)('%s', (_what, from, until, zone, language, text) => {
    expect(time.timeWindow(at(from), at(until), zone, language)).toBe(text);
  });
});

describe('durations', () => {
  test.each([
    [-5_000, 'under 1 min', 'weniger als 1 Min.'],
    [0, 'under 1 min', 'weniger als 1 Min.'],
    [59_999, 'under 1 min', 'weniger als 1 Min.'],
    [60_000, '1 min', '1 Min.'],
    [41 * 60_000 + 59_000, '41 min', '41 Min.'],
    [3_600_000, '1 h', '1 Std.'],
    [72 * 60_000, '1 h 12 min', '1 Std. 12 Min.'],
    [86_399_999, '23 h 59 min', '23 Std. 59 Min.'],
    [86_400_000, '1 d', '1 Tg.'],
    [51 * 3_600_000, '2 d 3 h', '2 Tg. 3 Std.'],
  ])('%d ms are %s, %s', (milliseconds, en, de) => {
    expect([time.duration(milliseconds, 'en'), time.duration(milliseconds, 'de')]).toEqual([en, de]);
  });
});

describe('calendar days', () => {
  test.each([
    ['2026-11-20', berlin, '2026-11-19T23:00:00.000Z'],
    ['2026-03-29', berlin, '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', berlin, '2026-03-29T22:00:00.000Z'],
    ['2026-10-26', berlin, '2026-10-25T23:00:00.000Z'],
    // The clock skips midnight: the day begins at one.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    ['2026-01-01', 'UTC', '2026-01-01T00:00:00.000Z'],
  ])('%s begins in %s at %s', (day, zone, iso) => {
    expect(calendar.startOfDay(day, zone).toISOString()).toBe(iso);
    expect(calendar.dayOf(calendar.startOfDay(day, zone), zone)).toBe(day);
  });

  test('and months are counted over the year and leap days', () => {
    expect([
      calendar.addDays('2026-12-31', 1),
      calendar.addDays('2028-02-28', 1),
      calendar.addDays('2026-03-01', -1),
    ]).toEqual(['2027-01-01', '2028-02-29', '2026-02-28']);
    expect([
      calendar.addMonths('2026-12', 1),
      calendar.addMonths('2026-01', -1),
      calendar.addMonths('2026-11', -13),
    ]).toEqual(['2027-01', '2025-12', '2025-10']);
  });
});

describe('local times of date fields', () => {
  test.each([
    ['2026-11-24T02:00', '2026-11-24T01:00:00.000Z'],
    ['2026-07-24T02:00', '2026-07-24T00:00:00.000Z'],
    // In the gap of spring the clock shows no 02:30: it moves forward.
    ['2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T01:59', '2026-03-29T00:59:00.000Z'],
    ['2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    // 02:30 comes twice in autumn: the first one counts.
    ['2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
  ])('%s in Berlin is %s', (local, iso) => {
    expect(calendar.fromLocal(local, berlin).toISOString()).toBe(iso);
  });

  test.each(['', 'x', '2026-13-01T00:00', '2026-02-30T00:00', '24:00', '2026-11-24T02:00Z'])(
    '%j is none',
    (nonsense) => {
      expect(() => calendar.fromLocal(nonsense, berlin)).toThrow(RangeError);
    },
  );

  test('come back as they were typed', () => {
    for (const local of ['2026-11-24T02:00', '2026-07-01T23:59', '2026-12-31T00:00']) {
      expect(calendar.toLocal(calendar.fromLocal(local, berlin), berlin)).toBe(local);
    }
  });
});

test.each([
  ['2021-12-27T15:26:27.063Z', 'America/Los_Angeles', '2021-12-27T07:26:27.063-08:00'],
  ['2026-07-01T00:00:00.000Z', 'America/Los_Angeles', '2026-06-30T17:00:00.000-07:00'],
  ['2026-07-01T00:00:00.000Z', 'Asia/Kolkata', '2026-07-01T05:30:00.000+05:30'],
  ['2026-10-25T01:00:00.000Z', berlin, '2026-10-25T02:00:00.000+01:00'],
])('%s in %s is written %s, as Statuspage does', (iso, zone, text) => {
  expect(time.isoInZone(at(iso), zone)).toBe(text);
});
