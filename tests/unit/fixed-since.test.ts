import { expect, test } from 'vitest';
import { fixedSince } from '../../src/domain/incidents/updates/situation.ts';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 20, 2, minute));
const told = (phase: 'monitoring' | 'identified' | 'investigating', minute: number, fixed?: number) => ({
  phase,
  displayAt: at(minute),
  fixedAt: fixed === undefined ? null : at(fixed),
});

test.each([
  ['nothing told', [], null],
  ['not in monitoring', [told('identified', 9)], null],
  ['the moment that was told', [told('monitoring', 9, 4), told('identified', 1)], 4],
  ['the newest one told', [told('monitoring', 12, 8), told('monitoring', 9, 4)], 8],
  ['of those that told none, the first of the stretch', [told('monitoring', 12), told('monitoring', 9)], 9],
  ['one that told none beside one that did', [told('monitoring', 12), told('monitoring', 9, 4)], 4],
  [
    'an earlier stretch counts no more',
    [told('monitoring', 20), told('investigating', 15), told('monitoring', 9, 4)],
    20,
  ],
  ['broken again', [told('investigating', 15), told('monitoring', 9, 4)], null],
])('a second Monitoring works since then, not since now: %s', (_what, updates, minute) => {
  expect(fixedSince(updates)).toEqual(minute === null ? null : at(minute));
});
