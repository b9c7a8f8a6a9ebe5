import { describe, expect, test } from 'vitest';
import type { Phase, Priority } from '../../db/words.ts';
import { defaultSettings } from '../../src/domain/core/settings/settings.ts';
import { escalationProposal } from '../../src/domain/incidents/log/escalation-proposal.ts';
import {
  dueState,
  isMissed,
  lateBy,
  promiseState,
} from '../../src/domain/incidents/promises/promise-state.ts';
import { managementMinutes } from '../../src/domain/incidents/promises/promise-to-management.ts';
import { quantile } from '../../src/domain/incidents/promises/quantile.ts';
import { tellingUpdates } from '../../src/domain/incidents/promises/telling-updates.ts';

const start = Date.UTC(2026, 10, 20, 2, 0);
/** Minutes after the promise was made. */
const at = (minutes: number): Date => new Date(start + minutes * 60_000);
const orNull = (minutes: number | null): Date | null => (minutes === null ? null : at(minutes));

describe('R-063: how a promise of 30 minutes stands', () => {
  test.each([
    [0, 'open'],
    [23.99, 'open'],
    [24, 'due_soon'],
    [29.99, 'due_soon'],
    [30, 'overdue'],
    [600, 'overdue'],
  ])('unanswered after %d minutes: %s', (minutes, state) => {
    expect(dueState({ madeAt: at(0), dueAt: at(30) }, at(minutes))).toBe(state);
    const promise = { madeAt: at(0), dueAt: at(30), answeredAt: null, withdrawnAt: null };
    expect(promiseState(promise, at(minutes))).toBe(state);
    expect(isMissed(promise, at(minutes))).toBe(state === 'overdue');
  });

  test.each([
    [26, 'kept', 0],
    [30, 'kept', 0],
    [30.001, 'missed', 60],
    [34, 'missed', 240_000],
  ])('answered after %d minutes: %s, %d ms late', (minutes, state, late) => {
    const promise = { madeAt: at(0), dueAt: at(30), answeredAt: at(minutes), withdrawnAt: null };
    expect([promiseState(promise, at(90)), lateBy(promise, at(90))]).toEqual([state, late]);
  });

  test('given back it is neither, however late', () => {
    const promise = { madeAt: at(0), dueAt: at(30), answeredAt: null, withdrawnAt: at(10) };
    expect([promiseState(promise, at(90)), lateBy(promise, at(90)), isMissed(promise, at(90))]).toEqual([
      'withdrawn',
      0,
      false,
    ]);
  });

  test('one that was due when it was made warns at once', () => {
    expect(dueState({ madeAt: at(0), dueAt: at(0) }, at(0))).toBe('overdue');
  });
});

describe('what was news when it became public', () => {
  const update = (id: string, phase: Phase, published: number, displayed = published) => ({
    id,
    phase,
    publishedAt: at(published),
    displayAt: at(displayed),
    nextUpdateBy: null,
  });
  const told = (...updates: ReturnType<typeof update>[]) =>
    tellingUpdates(updates).map(({ update: { id }, before }) => [id, before]);

  test('each newer one, in order of publication, whatever the order they are read in', () => {
    const all = [
      update('c', 'monitoring', 20),
      update('a', 'investigating', 0),
      update('b', 'identified', 10),
    ];
    expect(told(...all)).toEqual([
      ['a', null],
      ['b', 'investigating'],
      ['c', 'identified'],
    ]);
  });

  test('not a backdated one; the phase that readers saw stays', () => {
    const all = [
      update('a', 'investigating', 0),
      update('c', 'monitoring', 20),
      update('b', 'identified', 25, 10),
    ];
    expect(told(...all, update('d', 'resolved', 30))).toEqual([
      ['a', null],
      ['c', 'investigating'],
      ['d', 'monitoring'],
    ]);
  });
});

describe('R-070, G-20: median and 95th percentile by nearest rank', () => {
  test.each([
    [[], 0.5, null],
    [[7], 0.5, 7],
    [[7], 0.95, 7],
    [[4, 1, 3, 2], 0.5, 2],
    [[5, 1, 3, 2, 4], 0.5, 3],
    [Array.from({ length: 20 }, (_, n) => n + 1), 0.95, 19],
    [Array.from({ length: 21 }, (_, n) => n + 1), 0.95, 20],
  ])('%j at %d: %s', (values, q, expected) => {
    expect(quantile(values, q)).toBe(expected);
  });
});

describe('R-064: when an escalation is proposed', () => {
  const table: [
    string,
    {
      next?: number | null;
      management?: number;
      since?: number;
      minutes?: number | null;
      escalated?: number;
    },
    number,
    [string, number] | null,
  ][] = [
    ['within all limits', {}, 29.9, null],
    ['the promised update has not come', {}, 30, ['promise_missed', 30]],
    ['management has not heard', { management: 20 }, 25, ['management_due', 20]],
    ['the limit passed first is named', { management: 20 }, 40, ['management_due', 20]],
    ['four times the minutes in one phase', { next: 130, since: 0 }, 119.9, null],
    ['four times the minutes in one phase, then', { next: 130, since: 0 }, 120, ['no_progress', 120]],
    ['nothing is promised, so nothing limits the phase', { next: null, minutes: null }, 10_000, null],
    ['escalated since', { escalated: 31 }, 60, null],
    ['escalated at the very limit', { escalated: 30 }, 60, null],
    ['escalated before the limit', { escalated: 29 }, 60, ['promise_missed', 30]],
    ['escalated, then the next limit passed', { management: 20, escalated: 25 }, 40, ['promise_missed', 30]],
  ];
  test.each(table)('%s', (_name, given, now, expected) => {
    const proposal = escalationProposal(
      {
        nextUpdateBy: orNull(given.next === undefined ? 30 : given.next),
        managementDueAt: orNull(given.management ?? null),
        phaseSince: at(given.since ?? 0),
        promiseMinutes: given.minutes === undefined ? 30 : given.minutes,
        escalatedAt: orNull(given.escalated ?? null),
      },
      at(now),
    );
    expect(proposal).toEqual(expected && { reason: expected[0], since: at(expected[1]) });
  });
});

describe('R-063: what the clock promises management', () => {
  const incident = { id: 'x', kind: 'incident' as const, isReviewed: true };
  test.each<[Priority, number | null]>([
    ['P0', 30],
    ['P1', 60],
    ['P2', null],
    ['P3', null],
  ])('%s: %s minutes', (priority, minutes) => {
    expect(managementMinutes({ ...incident, priority }, defaultSettings)).toBe(minutes);
  });

  test('nothing for maintenance and for what nobody judged', () => {
    const urgent = { ...incident, priority: 'P0' as const };
    const none = [{ kind: 'maintenance' as const }, { isReviewed: false }];
    expect(none.map((more) => managementMinutes({ ...urgent, ...more }, defaultSettings))).toEqual([
      null,
      null,
    ]);
  });
});
