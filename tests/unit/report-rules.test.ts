import { describe, expect, test } from 'vitest';
import type { Priority, ReportState } from '../../db/words.ts';
import { contentBytes, digestOfContent, type ReportContent } from '../../src/domain/reports/digest.ts';
import { outOfOrder, stagesOf } from '../../src/domain/reports/milestones/durations.ts';
import { daysLeft, dueDay, endOfWorkingDay } from '../../src/domain/reports/obligations/due-day.ts';
import { isSeries, type Occurrence, repeatsOf } from '../../src/domain/reports/problems/repeats.ts';
import {
  obstaclesToClosing,
  type StandingProblem,
  standingOf,
} from '../../src/domain/reports/problems/standing.ts';
import { type ReportAct, reportActs, stateAfter } from '../../src/domain/reports/report-way.ts';

const at = (iso: string): Date => new Date(iso);
const berlin = 'Europe/Berlin';

describe('R-092, R-093: milestones', () => {
  const moments = {
    started: at('2026-11-17T08:41:00Z'),
    detected: at('2026-11-17T08:43:00Z'),
    diagnosed: at('2026-11-17T09:05:00Z'),
    recovered: at('2026-11-17T09:41:00Z'),
    verified: at('2026-11-17T09:53:00Z'),
  };
  const minutes = (value: number | null): number | null => (value === null ? null : value / 60_000);

  test('stages, the outage (recovered − started) and the time to restore (recovered − detected)', () => {
    const stages = stagesOf(moments);
    expect(Object.fromEntries(Object.entries(stages).map(([name, value]) => [name, minutes(value)]))).toEqual(
      {
        detection: 2,
        diagnosis: 22,
        recovery: 36,
        verification: 12,
        outage: 60,
        restore: 58,
      },
    );
  });

  test('what is not recorded is null, never 0', () => {
    expect(stagesOf({ ...moments, diagnosed: null })).toMatchObject({
      diagnosis: null,
      recovery: null,
      outage: 3_600_000,
    });
    expect(Object.values(stagesOf({}))).toEqual([null, null, null, null, null, null]);
  });

  test('the order is kept, also across one that is missing; equal moments are in order', () => {
    expect(outOfOrder(moments)).toBeNull();
    expect(outOfOrder({ ...moments, detected: moments.started })).toBeNull();
    expect(outOfOrder({ ...moments, detected: null, diagnosed: at('2026-11-17T08:40:59.999Z') })).toEqual({
      milestone: 'diagnosed',
      before: 'started',
    });
    expect(outOfOrder({ ...moments, verified: at('2026-11-17T09:40:00Z') })).toEqual({
      milestone: 'verified',
      before: 'recovered',
    });
  });
});

describe('R-076: due at the end of the 5th working day in the page’s zone', () => {
  test.each([
    // Resolved on a Tuesday: Wednesday is the first working day after it.
    ['2026-11-17T09:41:00Z', 5, '2026-11-24T23:00:00.000Z', '2026-11-24'],
    // Friday evening, Saturday and Sunday all count from Monday.
    ['2026-11-20T22:59:59Z', 5, '2026-11-27T23:00:00.000Z', '2026-11-27'],
    ['2026-11-21T12:00:00Z', 5, '2026-11-27T23:00:00.000Z', '2026-11-27'],
    ['2026-11-22T12:00:00Z', 5, '2026-11-27T23:00:00.000Z', '2026-11-27'],
    // Half past midnight in Berlin is the next day, although UTC is still on the one before.
    ['2026-11-16T23:30:00Z', 1, '2026-11-18T23:00:00.000Z', '2026-11-18'],
    // Across the clock change the end is still midnight in the zone.
    ['2026-10-22T10:00:00Z', 1, '2026-10-23T22:00:00.000Z', '2026-10-23'],
    ['2026-10-23T10:00:00Z', 1, '2026-10-26T23:00:00.000Z', '2026-10-26'],
    ['2026-03-27T10:00:00Z', 1, '2026-03-30T22:00:00.000Z', '2026-03-30'],
  ])('%s + %i working days: %s', (from, days, end, day) => {
    const dueAt = endOfWorkingDay(at(from), days, berlin);
    expect(dueAt.toISOString()).toBe(end);
    expect(dueDay(dueAt, berlin)).toBe(day);
  });

  test('days left count calendar days of the zone; the due day itself has 0', () => {
    const dueAt = endOfWorkingDay(at('2026-11-17T09:41:00Z'), 5, berlin);
    const left = (now: string): number => daysLeft(dueAt, at(now), berlin);
    expect(left('2026-11-17T10:00:00Z')).toBe(7);
    expect(left('2026-11-24T22:59:59Z')).toBe(0);
    expect(left('2026-11-24T23:00:00Z')).toBe(-1);
  });
});

describe('R-083: the way of a report', () => {
  const allowed: [ReportState, ReportAct, ReportState][] = [
    ['owed', 'edit', 'draft'],
    ['draft', 'edit', 'draft'],
    ['draft', 'submit', 'in_review'],
    ['in_review', 'edit', 'draft'],
    ['in_review', 'request_changes', 'draft'],
    ['in_review', 'approve', 'approved'],
    ['approved', 'edit', 'draft'],
    ['approved', 'publish', 'published'],
    ['published', 'edit', 'draft'],
  ];
  const states: ReportState[] = ['owed', 'draft', 'in_review', 'approved', 'published'];

  test.each(states.flatMap((state) => reportActs.map((act) => [state, act] as const)))(
    '%s, %s',
    (state, act) => {
      const way = allowed.find(([from, done]) => from === state && done === act);
      expect(stateAfter(state, act)).toBe(way?.[2] ?? null);
    },
  );
});

describe('R-082: the digest that an approval is bound to', () => {
  const content: ReportContent = {
    priority: 'P0',
    title: { en: 'Storage unavailable', de: 'Speicher nicht erreichbar' },
    texts: { summary: { en: 'One hour.', de: 'Eine Stunde.' } },
    milestones: { started: '2026-11-17T08:41:00.000Z' },
    entries: [{ at: '2026-11-17T08:43:00.000Z', text: { en: 'The probe fails.' } }],
    header: {
      owner: { en: 'Head of Storage' },
      author: { en: 'Storage engineering' },
      audience: 'public',
      classification: 'public',
      isPreliminary: false,
    },
    remediation: [
      {
        id: 'r1',
        action: { en: 'Check the trust store' },
        aim: 'prevents_return',
        owner: { en: 'Platform' },
        firstDueOn: '2026-11-24',
        dueOn: '2026-12-01',
        isPublic: true,
      },
    ],
    suppliers: [],
    change: {},
    planDigest: 'a',
  };
  const digest = (some: ReportContent): string => digestOfContent(contentBytes(some));

  test('is the same however the keys are ordered, and another for any change', () => {
    const turned = JSON.parse(JSON.stringify(content, Object.keys(content).reverse()));
    expect(digest({ ...turned, ...content })).toBe(digest(content));
    const [item] = content.remediation;
    if (!item) throw new Error('The content has an item.');
    const changes: ReportContent[] = [
      { ...content, priority: 'P1' },
      { ...content, title: { ...content.title, de: 'Speicher fort' } },
      { ...content, texts: { summary: { en: 'One hour.' } } },
      { ...content, milestones: {} },
      { ...content, entries: [] },
      { ...content, header: { ...content.header, audience: 'customers' } },
      { ...content, header: { ...content.header, isPreliminary: true } },
      { ...content, remediation: [{ ...item, dueOn: '2026-12-02' }] },
      { ...content, remediation: [{ ...item, isPublic: false }] },
      {
        ...content,
        suppliers: [
          { supplier: 'S', requestedAt: '2026-11-18', dueAt: null, receivedAt: null, outstanding: '' },
        ],
      },
      { ...content, change: { en: 'Corrected' } },
      { ...content, planDigest: 'b' },
    ];
    const digests = [content, ...changes].map(digest);
    expect(new Set(digests).size).toBe(changes.length + 1);
  });
});

describe('R-091: the same again', () => {
  const days = (count: number): Date => new Date(Date.UTC(2026, 10, 20) - count * 86_400_000);
  const one = (id: string, ago: number, more: Partial<Occurrence> = {}): Occurrence => ({
    id,
    categoryId: 'storage',
    componentId: 'gateway',
    causeTag: 'certificate',
    startedAt: days(ago),
    ...more,
  });
  const now = one('now', 0);

  test('same category, component and cause within 180 days, newest first', () => {
    const earlier = [
      one('old', 180),
      one('older', 180.01),
      one('new', 3, { causeTag: ' Certificate ' }),
      one('elsewhere', 3, { componentId: null }),
      one('other', 3, { categoryId: 'api' }),
      one('cause', 3, { causeTag: 'disk' }),
      one('later', -1),
      now,
    ];
    expect(repeatsOf(now, earlier).map(({ id }) => id)).toEqual(['new', 'old']);
    expect(repeatsOf({ ...now, causeTag: null }, earlier)).toEqual([]);
    expect(repeatsOf({ ...now, causeTag: ' ' }, [one('x', 1, { causeTag: ' ' })])).toEqual([]);
  });

  test('the third in 30 days proposes a problem, whatever the causes', () => {
    const two = [one('a', 30, { causeTag: null }), one('b', 1, { causeTag: 'disk' })];
    expect(isSeries(now, two)).toBe(true);
    expect(isSeries(now, two.slice(0, 1))).toBe(false);
    expect(isSeries(now, [one('a', 30.01), one('b', 1)])).toBe(false);
    expect(isSeries(now, [one('a', 2, { componentId: 'x' }), one('b', 1)])).toBe(false);
  });
});

describe('R-067, R-087, R-129, R-130: how a problem stands', () => {
  const item = {
    state: 'open',
    aim: 'prevents_return',
    dueOn: '2026-11-24',
    hasOwner: true,
    waivedReason: '',
    noteDueOn: null,
  } as const;
  const problem: StandingProblem = {
    priority: 'P0',
    isCauseKnown: true,
    hasExpert: true,
    hasGroup: true,
    nothingNeededReason: null,
    items: [item],
    meetingsOwed: 0,
  };
  const flags = (more: Partial<StandingProblem>, today = '2026-11-20') =>
    standingOf({ ...problem, ...more }, today);

  test.each<[string, Partial<StandingProblem>, string[]]>([
    ['as it should be', {}, ['items_open']],
    ['no expert', { hasExpert: false }, ['expert_missing', 'items_open']],
    ['no expert for a P2', { hasExpert: false, priority: 'P2' }, ['items_open']],
    ['no group', { hasGroup: false }, ['group_missing', 'items_open']],
    ['a known cause without a plan', { items: [] }, ['plan_missing']],
    ['with a reason why none is needed', { items: [], nothingNeededReason: 'It is gone' }, []],
    ['a blank reason is none', { items: [], nothingNeededReason: ' ' }, ['plan_missing']],
    ['no cause yet, no plan yet', { items: [], isCauseKnown: false }, []],
    [
      'a P0 that only reduces the effect',
      { items: [{ ...item, aim: 'reduces_effect' }] },
      ['aim_missing', 'items_open'],
    ],
    ['the same for a P1', { priority: 'P1', items: [{ ...item, aim: 'reduces_effect' }] }, ['items_open']],
    ['an item without owner', { items: [{ ...item, hasOwner: false }] }, ['owner_missing', 'items_open']],
    ['done', { items: [{ ...item, state: 'done' }] }, []],
    [
      'done, and a note on whether it helped is owed today',
      { items: [{ ...item, state: 'done', noteDueOn: '2026-11-20' }] },
      ['effectiveness_owed'],
    ],
    ['the same tomorrow', { items: [{ ...item, state: 'done', noteDueOn: '2026-11-21' }] }, []],
    [
      'waived without a reason counts as open',
      {
        items: [
          { ...item, state: 'waived' },
          { ...item, state: 'done' },
        ],
      },
      ['items_open'],
    ],
    ['a meeting is owed', { meetingsOwed: 1, items: [{ ...item, state: 'done' }] }, ['meeting_owed']],
  ])('%s', (_what, more, expected) => {
    expect(flags(more)).toEqual(expected);
  });

  test('an item is overdue after its day, not on it, and never when done', () => {
    expect(flags({}, '2026-11-24')).not.toContain('item_overdue');
    expect(flags({}, '2026-11-25')).toContain('item_overdue');
    expect(flags({ items: [{ ...item, state: 'done' }] }, '2026-11-25')).not.toContain('item_overdue');
  });

  test.each<[string, Partial<StandingProblem>, string[]]>([
    ['open items', {}, ['items_open']],
    ['all done', { items: [{ ...item, state: 'done' }] }, []],
    ['waived with a reason', { items: [{ ...item, state: 'waived', waivedReason: 'Replaced' }] }, []],
    ['a meeting not held', { items: [{ ...item, state: 'done' }], meetingsOwed: 1 }, ['meeting_owed']],
    ['no plan, cause known or not', { items: [], isCauseKnown: false }, ['plan_missing']],
    ['none needed, with a reason', { items: [], nothingNeededReason: 'The system was switched off' }, []],
  ])('closing: %s', (_what, more, expected) => {
    for (const priority of ['P0', 'P3'] as Priority[])
      expect(obstaclesToClosing({ ...problem, ...more, priority })).toEqual(expected);
  });
});
