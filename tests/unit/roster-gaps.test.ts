import { describe, expect, test } from 'vitest';
import { fromLocal } from '../../src/domain/core/calendar.ts';
import { rosterGaps } from '../../src/domain/people/roster/roster-gaps.ts';

const berlin = (local: string): Date => fromLocal(local, 'Europe/Berlin');
const shift = (from: string, until: string) => ({ startsAt: berlin(from), endsAt: berlin(until) });
const day = (from: string, until: string): string => `${from}/${until}`;

/** From 00:00 to 24:00 of 20 November, Berlin time. */
const [from, until] = [berlin('2026-11-20T00:00'), berlin('2026-11-21T00:00')];
const at = (clock: string): string => berlin(`2026-11-20T${clock}`).toISOString();

describe('R-057, R-131: gaps of a roster', () => {
  const cases: [string, [string, string][], string[]][] = [
    ['no shift: all of it', [], [day(from.toISOString(), until.toISOString())]],
    ['covered from before to after', [['2026-11-19T20:00', '2026-11-21T08:00']], []],
    ['exactly covered', [['2026-11-20T00:00', '2026-11-21T00:00']], []],
    [
      'an end is the next start',
      [
        ['2026-11-20T00:00', '2026-11-20T12:00'],
        ['2026-11-20T12:00', '2026-11-21T00:00'],
      ],
      [],
    ],
    [
      'a minute between',
      [
        ['2026-11-20T00:00', '2026-11-20T11:59'],
        ['2026-11-20T12:00', '2026-11-21T00:00'],
      ],
      [day(at('11:59'), at('12:00'))],
    ],
    [
      'starts late and ends early',
      [['2026-11-20T06:00', '2026-11-20T22:00']],
      [day(at('00:00'), at('06:00')), day(at('22:00'), until.toISOString())],
    ],
    [
      'two people on one shift',
      [
        ['2026-11-20T00:00', '2026-11-21T00:00'],
        ['2026-11-20T00:00', '2026-11-21T00:00'],
      ],
      [],
    ],
    [
      'a short one inside a long one hides nothing',
      [
        ['2026-11-20T00:00', '2026-11-20T20:00'],
        ['2026-11-20T02:00', '2026-11-20T03:00'],
        ['2026-11-20T20:00', '2026-11-21T00:00'],
      ],
      [],
    ],
    [
      'in any order',
      [
        ['2026-11-20T12:00', '2026-11-21T00:00'],
        ['2026-11-20T00:00', '2026-11-20T12:00'],
      ],
      [],
    ],
    [
      'one that is over and one that is far away',
      [
        ['2026-11-18T00:00', '2026-11-19T00:00'],
        ['2026-11-25T00:00', '2026-11-26T00:00'],
      ],
      [day(from.toISOString(), until.toISOString())],
    ],
  ];
  test.each(cases)('%s', (_name, shifts, gaps) => {
    const found = rosterGaps(
      shifts.map(([start, end]) => shift(start, end)),
      from,
      until,
    );
    expect(found.map((gap) => day(gap.from.toISOString(), gap.until.toISOString()))).toEqual(gaps);
  });

  // 28/29 March has 23 hours, 24/25 October 25; shifts are said in local time.
  const nights: [string, string, string, string, number][] = [
    ['spring', '2026-03-28T18:00', '2026-03-29T06:00', '2026-03-29T18:00', 11],
    ['autumn', '2026-10-24T18:00', '2026-10-25T06:00', '2026-10-25T18:00', 13],
  ];
  test.each(nights)(
    'R-131: the night of the clock change in %s has no gap and no double hour',
    (_name, start, change, end, hours) => {
      const [night, morning] = [shift(start, change), shift(change, end)];
      expect(rosterGaps([night, morning], berlin(start), berlin(end))).toEqual([]);
      expect((night.endsAt.getTime() - night.startsAt.getTime()) / 3_600_000).toBe(hours);
      expect(night.endsAt).toEqual(morning.startsAt);
      const [gap] = rosterGaps([morning], berlin(start), berlin(end));
      expect(gap).toEqual({ from: night.startsAt, until: night.endsAt });
    },
  );
});
