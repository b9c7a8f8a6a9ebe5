import { describe, expect, test } from 'vitest';
import { sharingOf } from '../../src/domain/reports/meetings/list-meetings.ts';
import { proposalsOf, type Unlinked } from '../../src/domain/reports/problems/proposals.ts';
import { noteDueOn } from '../../src/domain/reports/remediation/note-due.ts';

const now = new Date('2026-11-20T02:12:00Z');
const ago = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
const one = (id: string, days: number, more: Partial<Unlinked> = {}): Unlinked => ({
  id,
  categoryId: 'api',
  componentIds: ['gateway'],
  isRestricted: false,
  startedAt: ago(days),
  ...more,
});

describe('R-091: three of a place within 30 days propose a problem', () => {
  test('of a component, newest first; two are none, and one of 31 days ago does not count', () => {
    const three = [one('b', 12), one('a', 30), one('c', 1)];
    expect(proposalsOf(three, now)).toEqual([
      { categoryId: 'api', componentId: 'gateway', incidents: ['c', 'b', 'a'] },
    ]);
    expect(proposalsOf(three.slice(1), now)).toEqual([]);
    expect(proposalsOf([one('a', 30.01), one('b', 12), one('c', 1)], now)).toEqual([]);
    expect(proposalsOf([one('a', -1), one('b', 12), one('c', 1)], now)).toEqual([]);
  });

  test('of a category where no component has three; an incident is proposed once', () => {
    const mixed = [
      one('a', 1),
      one('b', 2, { componentIds: ['webhooks'] }),
      one('c', 3, { componentIds: [] }),
      one('d', 4, { categoryId: 'dns' }),
    ];
    expect(proposalsOf(mixed, now)).toEqual([
      { categoryId: 'api', componentId: null, incidents: ['a', 'b', 'c'] },
    ]);
    const both = ['a', 'b', 'c'].map((id, at) => one(id, at + 1, { componentIds: ['gateway', 'webhooks'] }));
    expect(proposalsOf(both, now)).toHaveLength(1);
  });

  test('a restricted incident never stands beside a public one', () => {
    expect(proposalsOf([one('a', 1), one('b', 2), one('c', 3, { isRestricted: true })], now)).toEqual([]);
  });
});

describe('R-099: whether it helped', () => {
  const settings = { effectiveness_days: 30, time_zone: 'Europe/Berlin' };
  const done = { state: 'done', settledAt: new Date('2026-11-20T23:30:00Z'), effectiveness: '' } as const;

  test('is owed so many days after the day in the page’s zone on which it was done, until it is noted', () => {
    expect(noteDueOn(done, settings)).toBe('2026-12-21');
    expect(noteDueOn({ ...done, effectiveness: 'No repeat.' }, settings)).toBeNull();
    expect(noteDueOn({ ...done, state: 'waived' }, settings)).toBeNull();
    expect(noteDueOn({ ...done, settledAt: null }, settings)).toBeNull();
  });
});

describe('R-101: how what was learned is passed on', () => {
  test('counts held meetings alone, each way by itself', () => {
    expect(
      sharingOf([
        { heldAt: now, sharing: ['review', 'runbook'] },
        { heldAt: now, sharing: ['runbook'] },
        { heldAt: now, sharing: [] },
        { heldAt: null, sharing: ['training'] },
      ]),
    ).toEqual({ held: 3, shared: 2, of: { review: 1, retrospective: 0, runbook: 2, training: 0 } });
  });
});
