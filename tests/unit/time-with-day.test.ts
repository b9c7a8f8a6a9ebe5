import { describe, expect, test } from 'vitest';
import { needsDay, timeBoth, timeBothNear, timeNear, utcBeside } from '../../src/i18n/time.ts';

const at = (iso: string): Date => new Date(iso);
const berlin = 'Europe/Berlin';

/** Wherever a clock time stands alone and its day is not that of what it stands in, the day is named. */
describe('a clock time names its day where that is another one', () => {
  const table: [instant: string, standsIn: string | string[], zone: string, needs: boolean][] = [
    // The same evening; to the last millisecond before midnight; from midnight on.
    ['2026-11-20T20:00:00.000Z', '2026-11-20T06:00:00.000Z', berlin, false],
    ['2026-11-20T22:59:59.999Z', '2026-11-20T06:00:00.000Z', berlin, false],
    ['2026-11-20T23:00:00.000Z', '2026-11-20T06:00:00.000Z', berlin, true],
    // "Next update by 01:23" for the day after tomorrow.
    ['2026-11-22T00:23:00.000Z', '2026-11-20T06:00:00.000Z', berlin, true],
    // The same hour of the day before, and of another year.
    ['2026-11-19T06:00:00.000Z', '2026-11-20T06:00:00.000Z', berlin, true],
    ['2025-11-20T06:00:00.000Z', '2026-11-20T06:00:00.000Z', berlin, true],
    // One day in UTC, two in Berlin; two in UTC, one in Berlin.
    ['2026-11-20T23:30:00.000Z', '2026-11-20T22:30:00.000Z', berlin, true],
    ['2026-11-20T23:30:00.000Z', '2026-11-20T22:30:00.000Z', 'UTC', false],
    ['2026-11-21T00:30:00.000Z', '2026-11-20T23:30:00.000Z', berlin, false],
    ['2026-11-21T00:30:00.000Z', '2026-11-20T23:30:00.000Z', 'UTC', true],
    ['2026-11-20T12:30:00.000Z', '2026-11-20T11:30:00.000Z', 'Asia/Kolkata', false],
    ['2026-11-20T18:30:00.000Z', '2026-11-20T18:29:59.999Z', 'Asia/Kolkata', true],
    // The day of 25 hours and that of 23 hours.
    ['2026-10-25T22:59:00.000Z', '2026-10-24T22:00:00.000Z', berlin, false],
    ['2026-10-25T23:00:00.000Z', '2026-10-24T22:00:00.000Z', berlin, true],
    ['2026-03-29T21:59:00.000Z', '2026-03-28T23:00:00.000Z', berlin, false],
    ['2026-03-29T22:00:00.000Z', '2026-03-28T23:00:00.000Z', berlin, true],
    // Dated yesterday, told today: neither day may be taken for granted.
    ['2026-11-19T14:00:00.000Z', ['2026-11-19T14:00:00.000Z', '2026-11-20T06:00:00.000Z'], berlin, true],
    ['2026-11-20T07:00:00.000Z', ['2026-11-20T05:00:00.000Z', '2026-11-20T06:00:00.000Z'], berlin, false],
  ];
  test.each(table)('%s in what is of %s, in %s: %s', (instant, standsIn, zone, needs) => {
    const around = [standsIn].flat().map(at);
    expect(needsDay(at(instant), around, zone)).toBe(needs);
    for (const language of ['en', 'de'] as const)
      for (const said of [timeNear, timeBothNear])
        expect(/\d{4}/.test(said(at(instant), around, zone, language).split('(')[0] ?? '')).toBe(needs);
  });

  test('in both zones and both languages', () => {
    const due = at('2026-11-22T00:23:00.000Z');
    const now = at('2026-11-20T06:00:00.000Z');
    expect(timeBothNear(due, now, berlin, 'en')).toBe('22 Nov 2026, 01:23 CET (00:23 UTC)');
    expect(timeBothNear(due, now, berlin, 'de')).toBe('22. Nov. 2026, 01:23 MEZ (00:23 UTC)');
    expect(timeNear(due, now, berlin, 'de')).toBe('22. Nov. 2026, 01:23 MEZ');
  });

  test('UTC beside it names its own day where it is another one', () => {
    const night = at('2026-11-20T23:30:00.000Z');
    expect(utcBeside(night, berlin, 'en')).toBe('20 Nov 2026, 23:30 UTC');
    expect(timeBoth(night, berlin, 'en')).toBe('00:30 CET (20 Nov 2026, 23:30 UTC)');
    expect(timeBothNear(night, night, berlin, 'de')).toBe('00:30 MEZ (20. Nov. 2026, 23:30 UTC)');
    expect(timeBoth(night, 'UTC', 'en')).toBe('23:30 UTC');
  });
});
