import { describe, expect, test } from 'vitest';
import type { ComponentStatus, Impact, IncidentKind, Phase } from '../../db/words.ts';
import { startOfDay } from '../../src/domain/core/calendar.ts';
import { availability, flatten, percentText, type Stretch } from '../../src/domain/public/availability.ts';
import { dayCount, dayMarks, type NinetyDays } from '../../src/domain/public/ninety-days.ts';
import { stretchesOf } from '../../src/domain/public/told.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
const month = { from: 0, until: 30 * day };
const weights = { partial: 0.3, degraded: 0 };
/** A stretch in hours. */
const s = (from: number, until: number, status: ComponentStatus): Stretch => ({
  from: from * hour,
  until: until * hour,
  status,
});

describe('U-07: availability', () => {
  const table: [string, Stretch[], number | null][] = [
    ['of a quiet month', [], 100],
    ['a major outage counts whole: 7.2 h of 720', [s(0, 7.2, 'major_outage')], 99],
    ['a partial outage counts three tenths', [s(0, 72, 'partial_outage')], 97],
    ['24 h degraded in 30 days', [s(10, 34, 'degraded_performance')], 100],
    ['operational stretches do not count', [s(0, 720, 'operational')], 100],
    ['an outage all month', [s(0, 720, 'major_outage')], 0],
    [
      'maintenance is taken out of the counted time',
      [s(0, 360, 'under_maintenance'), s(360, 363.6, 'major_outage')],
      99,
    ],
    ['maintenance all month: nothing was counted', [s(0, 720, 'under_maintenance')], null],
    [
      'of two at once the worse counts, once',
      [s(0, 7.2, 'major_outage'), s(0, 7.2, 'partial_outage'), s(3, 5, 'major_outage')],
      99,
    ],
    [
      'an outage during maintenance counts',
      [s(0, 72, 'under_maintenance'), s(0, 7.2, 'major_outage')],
      100 * (1 - 7.2 / 655.2),
    ],
    [
      'degraded during maintenance is counted time',
      [s(0, 72, 'under_maintenance'), s(0, 36, 'degraded_performance')],
      100,
    ],
    ['neighbours add up', [s(0, 3.6, 'major_outage'), s(3.6, 7.2, 'major_outage')], 99],
    ['what began before is cut', [s(-100, 7.2, 'major_outage')], 99],
    ['what ends after is cut', [s(712.8, 9_999, 'major_outage')], 99],
    ['what lies outside does not count', [s(-10, 0, 'major_outage'), s(720, 730, 'major_outage')], 100],
    ['a stretch of no length does not count', [s(5, 5, 'major_outage'), s(9, 8, 'major_outage')], 100],
  ];
  test.each(table)('%s', (_what, stretches, percent) => {
    const found = availability(stretches, month, weights);
    if (percent === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(percent, 9);
  });

  test('follows the weights of the settings; a major outage always counts whole', () => {
    const lost = [
      s(0, 72, 'partial_outage'),
      s(100, 172, 'degraded_performance'),
      s(200, 272, 'major_outage'),
    ];
    expect(availability(lost, month, { partial: 1, degraded: 1 })).toBeCloseTo(70, 9);
    expect(availability(lost, month, { partial: 0, degraded: 0.5 })).toBeCloseTo(85, 9);
  });

  test('of an empty window is unknown', () => {
    expect(availability([], { from: 5, until: 5 }, weights)).toBeNull();
  });

  test.each([
    [100, '100 %', '100 %'],
    [99.999_999, '99.99 %', '99,99 %'],
    [99.996, '99.99 %', '99,99 %'],
    [99.95, '99.95 %', '99,95 %'],
    [99.9, '99.9 %', '99,9 %'],
    [99, '99 %', '99 %'],
    [0.004, '0 %', '0 %'],
    [0, '0 %', '0 %'],
  ])('%d is written %s and is never rounded up to 100', (value, en, de) => {
    expect([percentText(value, 'en'), percentText(value, 'de')]).toEqual([en, de]);
  });
});

test('overlapping stretches become a sequence in which the worst wins', () => {
  const stretches = [
    s(0, 10, 'degraded_performance'),
    s(2, 6, 'major_outage'),
    s(4, 8, 'partial_outage'),
    s(20, 21, 'operational'),
  ];
  expect(flatten(stretches, { from: hour, until: 9 * hour })).toEqual([
    s(1, 2, 'degraded_performance'),
    s(2, 6, 'major_outage'),
    s(6, 8, 'partial_outage'),
    s(8, 9, 'degraded_performance'),
  ]);
  expect(flatten([s(0, 2, 'major_outage'), s(2, 4, 'major_outage')], month)).toEqual([
    s(0, 4, 'major_outage'),
  ]);
  expect(flatten([s(0, 2, 'under_maintenance'), s(1, 3, 'degraded_performance')], month)).toEqual([
    s(0, 1, 'under_maintenance'),
    s(1, 3, 'degraded_performance'),
  ]);
});

describe('U-06: ninety days', () => {
  /** A window that ends at `until`, with these stretches of one component. */
  function history(zone: string, until: string, stretches: [string, string, ComponentStatus][]): NinetyDays {
    const today = new Date(until);
    const midnight = startOfDay(
      new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(today),
      zone,
    ).getTime();
    const first = new Date(midnight + 12 * hour - (dayCount - 1) * day);
    const from = startOfDay(
      new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(first),
      zone,
    ).getTime();
    const list = stretches.map(([a, b, status]) => ({ from: Date.parse(a), until: Date.parse(b), status }));
    const window = { from, until: today.getTime() };
    return { window, stretches: new Map([['x', list]]), incidents: new Map(), firstNamed: new Map() };
  }
  const marks = (zone: string, until: string, stretches: [string, string, ComponentStatus][]) =>
    dayMarks(history(zone, until, stretches), ['x', 'unknown'], zone);

  const table: [string, string, string, [string, string, ComponentStatus][], object[]][] = [
    ['nothing happened', 'UTC', '2026-11-20T02:12:00Z', [], []],
    [
      'today is the last day and is cut at now',
      'UTC',
      '2026-11-20T02:12:00Z',
      [['2026-11-20T01:12:00Z', '2026-11-21T00:00:00Z', 'major_outage']],
      [{ day: 89, status: 'major_outage', minutes: 60 }],
    ],
    [
      'the worst of a day names it, and only what is alike is added: its own minutes',
      'UTC',
      '2026-11-20T02:12:00Z',
      [
        ['2026-11-18T10:00:00Z', '2026-11-18T11:00:00Z', 'degraded_performance'],
        ['2026-11-18T10:30:00Z', '2026-11-18T10:40:00Z', 'major_outage'],
        ['2026-11-18T12:00:00Z', '2026-11-18T12:05:00Z', 'under_maintenance'],
      ],
      [{ day: 87, status: 'major_outage', minutes: 10 }],
    ],
    [
      'what crosses midnight marks both days',
      'UTC',
      '2026-11-20T02:12:00Z',
      [['2026-11-17T23:50:00Z', '2026-11-18T00:20:00Z', 'partial_outage']],
      [
        { day: 86, status: 'partial_outage', minutes: 10 },
        { day: 87, status: 'partial_outage', minutes: 20 },
      ],
    ],
    [
      'less than a minute is shown as one',
      'UTC',
      '2026-11-20T02:12:00Z',
      [['2026-11-18T10:00:00Z', '2026-11-18T10:00:05Z', 'major_outage']],
      [{ day: 87, status: 'major_outage', minutes: 1 }],
    ],
    [
      'what was before the window leaves no mark',
      'UTC',
      '2026-11-20T02:12:00Z',
      [['2026-08-01T00:00:00Z', '2026-08-23T00:00:00Z', 'major_outage']],
      [],
    ],
    [
      'the oldest day is the 90th, today included',
      'UTC',
      '2026-11-20T02:12:00Z',
      [['2026-08-22T00:00:00Z', '2026-08-23T00:00:00Z', 'major_outage']],
      [],
    ],
    [
      'a day with 25 hours has 1500 minutes',
      'Europe/Berlin',
      '2026-11-20T02:12:00Z',
      [['2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 'major_outage']],
      [{ day: 63, status: 'major_outage', minutes: 1500 }],
    ],
    [
      'a day with 23 hours has 1380 minutes, and its neighbours none of them',
      'Europe/Berlin',
      '2026-04-20T10:00:00Z',
      [['2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', 'major_outage']],
      [{ day: 67, status: 'major_outage', minutes: 1380 }],
    ],
    [
      'days are those of the zone',
      'America/New_York',
      '2026-11-20T02:12:00Z',
      [['2026-11-18T03:00:00Z', '2026-11-18T04:00:00Z', 'major_outage']],
      [{ day: 87, status: 'major_outage', minutes: 60 }],
    ],
  ];
  test.each(table)('%s', (_what, zone, until, stretches, expected) => {
    expect(marks(zone, until, stretches)).toEqual(expected);
  });
});

describe('the stretches of an incident', () => {
  const now = new Date(100 * hour);
  const update = (at: number, phase: Phase, components: [string, ComponentStatus][] = []) => ({
    id: `u${at}`,
    phase,
    displayAt: new Date(at * hour),
    publishedAt: new Date(at * hour),
    components: components.map(([id, status]) => ({ id, status })),
  });
  const of = (
    kind: IncidentKind,
    updates: ReturnType<typeof update>[],
    more: { startedAt?: number; impact?: Impact; since?: number } = {},
  ) => {
    const { startedAt = 10, impact = 'major' as const, since } = more;
    const componentsSince = since === undefined ? null : new Date(since * hour);
    const speaker = { kind, categoryId: 'category', impact, componentsSince, componentsUntil: null };
    const incident = { id: 'i', ...speaker, startedAt: new Date(startedAt * hour) };
    return stretchesOf(incident, updates, now).map(({ key, from, until, status }) => [
      key,
      from / hour,
      until / hour,
      status,
    ]);
  };
  const table: [string, ReturnType<typeof of>, ReturnType<typeof of>][] = [
    [
      'begin with the incident, not with its first update',
      of('incident', [update(12, 'investigating', [['a', 'major_outage']])]),
      [['a', 10, 100, 'major_outage']],
    ],
    [
      'begin with a backdated update that is earlier still',
      of('incident', [
        update(12, 'identified', [['a', 'partial_outage']]),
        update(8, 'investigating', [['a', 'major_outage']]),
      ]),
      [
        ['a', 8, 12, 'major_outage'],
        ['a', 12, 100, 'partial_outage'],
      ],
    ],
    [
      'end with the incident; what works is no trouble',
      of('incident', [
        update(10, 'investigating', [
          ['a', 'major_outage'],
          ['b', 'operational'],
        ]),
        update(20, 'resolved', [['a', 'operational']]),
      ]),
      [['a', 10, 20, 'major_outage']],
    ],
    [
      'pause while it is resolved',
      of('incident', [
        update(10, 'investigating', [['a', 'major_outage']]),
        update(20, 'resolved'),
        update(30, 'investigating', [['a', 'partial_outage']]),
        update(40, 'resolved'),
      ]),
      [
        ['a', 10, 20, 'major_outage'],
        ['a', 30, 40, 'partial_outage'],
      ],
    ],
    [
      'without components are those of a category that has none',
      of('incident', [update(10, 'investigating')]),
      [['category', 10, 100, 'partial_outage']],
    ],
    [
      'with the level of the impact',
      of('incident', [update(10, 'investigating')], { impact: 'critical' }),
      [['category', 10, 100, 'major_outage']],
    ],
    [
      'are none when no component of its category is named',
      of('incident', [update(10, 'investigating')], { since: 1 }),
      [],
    ],
    [
      'are those of the category until it has components',
      of('incident', [update(10, 'investigating'), update(20, 'identified')], { since: 15 }),
      [['category', 10, 20, 'partial_outage']],
    ],
    [
      'of a maintenance are only those in which it ran, as maintenance',
      of('maintenance', [
        update(1, 'scheduled', [['a', 'under_maintenance']]),
        update(20, 'in_progress', [['a', 'degraded_performance']]),
        update(25, 'verifying', [['a', 'under_maintenance']]),
        update(30, 'completed', [['a', 'operational']]),
      ]),
      [
        ['a', 20, 25, 'under_maintenance'],
        ['a', 25, 30, 'under_maintenance'],
      ],
    ],
    [
      'of a cancelled maintenance are none',
      of('maintenance', [update(1, 'scheduled', [['a', 'under_maintenance']]), update(2, 'cancelled')]),
      [],
    ],
  ];
  test.each(table)('%s', (_what, found, expected) => {
    expect(found).toEqual(expected);
  });
});
