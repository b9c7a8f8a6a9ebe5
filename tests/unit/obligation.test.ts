/** What the report of an incident owes, in one table. */
import { describe, expect, test } from 'vitest';
import type { Priority } from '../../db/words.ts';
import {
  askedAnew,
  isOptional,
  isPromised,
  type Obligation,
  obligationOf,
  type ReportFacts,
} from '../../src/domain/reports/obligations/obligation.ts';
import { reportFacts } from '../support/report-facts.ts';

const at = new Date('2026-11-27T23:00:00Z');
const outFor = (publishedFor: ReportFacts['publishedFor']): Partial<ReportFacts> => ({
  state: 'published',
  publishedAt: at,
  publishedFor,
});
const undecided = { isRequired: null, decideBy: at };
const waived = { isRequired: false, state: null };
type Told = Pick<Obligation, 'why' | 'step' | 'missing'> & { more?: Partial<Obligation> };

describe('what a report owes', () => {
  test.each<[what: string, priority: Priority, report: Partial<ReportFacts> | null, told: Told]>([
    ['a P3 without one', 'P3', null, { why: 'optional', step: null, missing: null }],
    ['a P0 without one', 'P0', null, { why: 'priority', step: null, missing: 'public_version' }],
    [
      'a P0',
      'P0',
      { dueAt: at },
      { why: 'priority', step: 'write', missing: 'public_version', more: { dueAt: at } },
    ],
    [
      'a P0 with one for the team',
      'P0',
      outFor('internal'),
      { why: 'priority', step: null, missing: 'public_version' },
    ],
    ['a P0 with one for everybody', 'P0', outFor('public'), { why: 'priority', step: null, missing: null }],
    [
      'a P0 of which two people ended it',
      'P0',
      { closedAt: at },
      { why: 'ended', step: null, missing: 'public_version', more: { isOwed: false, state: null } },
    ],
    [
      'a P1 that nobody decided on',
      'P1',
      { ...undecided, dueAt: at },
      {
        why: 'default',
        step: 'write',
        missing: 'decision',
        more: { isOwed: true, isDecisionFirst: true, isDocument: false, decideBy: at, dueAt: at },
      },
    ],
    [
      'that P1, in review',
      'P1',
      { ...undecided, state: 'in_review' },
      {
        why: 'default',
        step: 'review',
        missing: 'decision',
        more: { isUndecided: true, isDecisionFirst: false },
      },
    ],
    [
      'that P1, its report out: that is the answer as well',
      'P1',
      { ...undecided, ...outFor('customers'), dueAt: at },
      { why: 'default', step: null, missing: null, more: { isUndecided: false, isOpen: false, dueAt: null } },
    ],
    [
      'that P1, its next version begun: no decision is asked for',
      'P1',
      { ...undecided, ...outFor('public'), state: 'draft' },
      { why: 'default', step: 'submit', missing: null, more: { isDecisionFirst: false } },
    ],
    ['a P1 decided yes', 'P1', {}, { why: 'decided', step: 'write', missing: 'version' }],
    [
      'a P1 decided no',
      'P1',
      { ...waived, decideBy: at },
      { why: 'waived', step: null, missing: null, more: { isOwed: false, decision: 'no', decideBy: at } },
    ],
    ['a P2 with a report decided', 'P2', {}, { why: 'decided', step: 'write', missing: 'version' }],
    [
      'a P2 that was once a P1',
      'P2',
      undecided,
      { why: 'optional', step: 'write', missing: null, more: { isOwed: false, decideBy: null } },
    ],
    [
      'approved',
      'P0',
      { state: 'approved' },
      { why: 'priority', step: 'publish', missing: 'public_version' },
    ],
  ])('%s', (_what, priority, report, { more, ...told }) => {
    expect(obligationOf(priority, report && reportFacts(report))).toMatchObject({ ...told, ...more });
  });
});

test.each<[what: string, priority: Priority, report: Partial<ReportFacts> | null, anew: object | null]>([
  ['a P2', 'P2', null, null],
  ['a first P0', 'P0', null, { asks: 'report', state: 'owed' }],
  ['a P0 whose report is asked for', 'P0', { state: 'draft' }, null],
  ['a P0 that was a P1', 'P0', { ...undecided, state: 'draft' }, { asks: 'report', state: 'draft' }],
  ['a P0 whose report was waived', 'P0', waived, { asks: 'report', state: 'owed' }],
  [
    'R-125: a P0 whose report went to the team alone',
    'P0',
    outFor('internal'),
    { asks: 'report', state: 'draft' },
  ],
  ['a P0 whose report everybody reads', 'P0', outFor('public'), null],
  ['a first P1', 'P1', null, { asks: 'decision', state: 'owed' }],
  ['a P1 whose report was waived', 'P1', waived, { asks: 'decision', state: 'owed' }],
  ['a P1 ended as a P0', 'P1', { closedAt: at }, { asks: 'decision', state: 'owed' }],
  ['a P1 whose report is decided', 'P1', {}, null],
  ['a P1 whose report is out', 'P1', { ...undecided, ...outFor('customers') }, null],
])('setting a priority asks anew: %s', (_what, priority, report, anew) => {
  expect(askedAnew(priority, report && reportFacts(report))).toEqual(anew);
});

test('R-125: only a report for everybody that is owed is promised in public', () => {
  const promised = (
    priority: Priority,
    more: Partial<ReportFacts>,
    audience: 'public' | 'internal' = 'public',
  ) => isPromised(priority, { ...reportFacts(more), audience });
  expect([promised('P0', {}), promised('P1', undecided), promised('P2', {})]).toEqual([true, true, true]);
  expect([promised('P0', {}, 'internal'), promised('P1', waived), promised('P0', { closedAt: at })]).toEqual([
    false,
    false,
    false,
  ]);
});

test('R-077: a report of choice is for what somebody classified as P2 or P3', () => {
  const offered = (priority: Priority, isReviewed: boolean) => isOptional({ priority, isReviewed });
  expect([offered('P2', true), offered('P3', true)]).toEqual([true, true]);
  expect([offered('P0', true), offered('P1', true), offered('P3', false)]).toEqual([false, false, false]);
});
