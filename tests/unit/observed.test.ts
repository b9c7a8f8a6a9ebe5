/** What was never seen is not called perfect. */
import { describe, expect, test } from 'vitest';
import { unseenDays } from '../../src/domain/public/ninety-days.ts';
import { isLongObserved, nextFigure, observedPart, observedSince } from '../../src/domain/public/observed.ts';
import { figureText } from '../../src/i18n/figure.ts';

const at = (text: string): Date => new Date(text);
const now = at('2026-11-20T02:12:00Z');
/** The first of ninety days in Berlin. */
const window = { from: at('2026-08-22T22:00:00Z').getTime(), until: now.getTime() };

describe('unseen time is called perfect: observed since', () => {
  test.each([
    ['its creation', '2026-11-12T10:00:00Z', undefined, '2026-11-12T10:00:00Z'],
    ['an incident before it', '2026-11-12T10:00:00Z', '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z'],
    [
      'of one older than the window, whatever came before',
      '2026-08-01T10:00:00Z',
      '2025-01-01T00:00:00Z',
      '2026-08-01T10:00:00Z',
    ],
    ['not an incident after it', '2026-11-12T10:00:00Z', '2026-11-13T00:00:00Z', '2026-11-12T10:00:00Z'],
  ])('%s', (_what, created, named, expected) => {
    const firstNamed = new Map(named === undefined ? [] : [['x', at(named)]]);
    expect(observedSince({ id: 'x', createdAt: at(created) }, { window, firstNamed })).toEqual(at(expected));
  });

  test.each([
    ['one second', '2026-11-20T02:11:59Z', false, '2026-11-20T02:11:59Z'],
    ['a second less than a day', '2026-11-19T02:12:01Z', false, '2026-11-19T02:12:01Z'],
    ['a day', '2026-11-19T02:12:00Z', true, '2026-11-19T02:12:00Z'],
    ['a year', '2025-11-20T00:00:00Z', true, '2026-08-22T22:00:00Z'],
  ])('after %s since %s it has a figure: %s', (_what, since, hasFigure, from) => {
    expect(isLongObserved(at(since), window.until)).toBe(hasFigure);
    expect(observedPart(window, at(since))).toEqual({ ...window, from: at(from).getTime() });
  });

  test('a page is made anew when the first figure is there', () => {
    const lines = ['2026-11-01T00:00:00Z', '2026-11-20T01:00:00Z', '2026-11-19T12:00:00Z'];
    expect(
      nextFigure(
        lines.map((since) => ({ observedSince: at(since) })),
        now,
      ),
    ).toEqual([at('2026-11-20T12:00:00Z')]);
    expect(nextFigure([{ observedSince: at('2026-11-01T00:00:00Z') }], now)).toEqual([]);
  });

  test.each([
    ['the oldest instant', '2026-08-22T22:00:00Z', 0],
    ['the first day', '2026-08-23T12:00:00Z', 0],
    ['the next day in the page’s zone', '2026-08-23T22:00:00Z', 1],
    ['today', '2026-11-20T02:00:00Z', 89],
  ])('of the ninety days before %s these were not seen', (_what, since, days) => {
    expect(unseenDays({ window }, at(since), 'Europe/Berlin')).toBe(days);
  });
});

test.each([
  ['all ninety days', 100, 0, 0, '100 % available · no incidents', '100 % verfügbar · keine Störung'],
  [
    'since a day of the page’s zone',
    99.5,
    81,
    1,
    '99.5 % available since 12 November · 1 incident',
    '99,5 % verfügbar seit 12. November · 1 Störung',
  ],
  ['less than a day', null, 89, 0, 'Observed since 12 November', 'Beobachtet seit 12. November'],
  [
    'less than a day, with an incident',
    null,
    89,
    1,
    'Observed since 12 November · 1 incident',
    'Beobachtet seit 12. November · 1 Störung',
  ],
  ['maintenance for ninety days', null, 0, 1, '1 incident', '1 Störung'],
])('a figure of %s in words', (_what, availability, unseen, incidentCount, en, de) => {
  // 00:30 of the 12th in Berlin.
  const known = {
    availability,
    unseenDays: unseen,
    incidentCount,
    observedSince: at('2026-11-11T23:30:00Z'),
  };
  expect(figureText(known, 'Europe/Berlin', 'en').join(' · ')).toBe(en);
  expect(figureText(known, 'Europe/Berlin', 'de').join(' · ')).toBe(de);
});
