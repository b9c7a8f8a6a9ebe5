import { describe, expect, test } from 'vitest';
import type { Occasion, Phase } from '../../db/words.ts';
import { isAhead, splitAhead } from '../../src/domain/incidents/maintenance/ahead.ts';
import { isShortNotice } from '../../src/domain/incidents/maintenance/window.ts';
import { maintenanceState } from '../../src/domain/public/maintenance-state.ts';

const at = (time: string) => new Date(`2026-11-20T${time}Z`);

describe('what a maintenance has planned ahead', () => {
  test.each([
    [true, '03:00', '02:59:59.999', true],
    [true, '03:00', '03:00', false],
    [true, '03:00', '04:00', false],
    [false, '03:00', '02:00', false],
  ])('planned %s for %s counts at %s for nothing: %s', (isPlanned, publishedAt, now, expected) => {
    const time = publishedAt.length === 5 ? `${publishedAt}:00` : publishedAt;
    const clock = now.length === 5 ? `${now}:00` : now;
    expect(isAhead({ isPlanned, publishedAt: at(time) }, at(clock))).toBe(expected);
  });

  test('is taken out of the updates, which keep their order; held ones stay', () => {
    const list = [
      { id: 'end', isPlanned: true, publishedAt: at('05:00:00') },
      { id: 'start', isPlanned: true, publishedAt: at('04:00:00') },
      { id: 'held', isPlanned: false, publishedAt: at('03:00:10') },
      { id: 'said', isPlanned: true, publishedAt: at('02:00:00') },
    ];
    const { updates, planned } = splitAhead(list, at('03:00:00'));
    expect(updates.map(({ id }) => id)).toEqual(['held', 'said']);
    expect(planned.map(({ id }) => id)).toEqual(['end', 'start']);
  });
});

test.each([
  ['03:00:00', '00:00:00', 3, false],
  ['03:00:00', '00:00:00.001', 3, true],
  ['03:00:00', '03:00:00', 1, true],
  ['03:00:00', '04:00:00', 0, false],
])(
  'U-19: a start at %s announced at %s with %i hours of notice period is emergency work: %s',
  (start, told, hours, expected) => {
    expect(isShortNotice(at(start), at(told), hours)).toBe(expected);
  },
);

test('a maintenance without a start is no emergency work', () => {
  expect(isShortNotice(null, at('03:00:00'), 72)).toBe(false);
});

test.each<[Phase, (Occasion | null)[], Occasion]>([
  ['scheduled', ['scheduled', 'scheduled'], 'scheduled'],
  ['in_progress', ['in_progress', 'scheduled'], 'in_progress'],
  ['in_progress', [null, 'scheduled'], 'in_progress'],
  ['in_progress', ['extended', 'in_progress', 'scheduled'], 'extended'],
  ['in_progress', ['no_news', 'extended', 'in_progress'], 'extended'],
  ['verifying', ['verifying', 'extended', 'in_progress'], 'verifying'],
  ['completed', ['completed', 'extended', 'in_progress'], 'completed'],
  ['cancelled', ['cancelled', 'scheduled'], 'cancelled'],
])('U-19: a maintenance in %s after %j stands as %s', (phase, occasions, expected) => {
  const updates = occasions.map((occasion) => ({ phase, occasion }));
  expect(maintenanceState({ phase, updates })).toBe(expected);
});
