import { describe, expect, test } from 'vitest';
import type { Priority, Role } from '../../db/words.ts';
import { type AskingReport, dueOfReport } from '../../src/domain/reports/due/due-of-report.ts';
import { obligationOf, type ReportFacts } from '../../src/domain/reports/obligations/obligation.ts';
import { reportFacts } from '../support/report-facts.ts';

type Facts = Partial<ReportFacts & Omit<AskingReport, 'obligation'>> & { priority?: Priority };
const owed = { ownerId: null, authors: new Set<string>(), submission: null, isUnreleased: false };
const person = (userId: string, ...roles: Role[]) => ({ userId, roles: new Set(roles) });
const asked = ({ priority = 'P0', ...more }: Facts, ...who: [string, ...Role[]]): string | null => {
  const facts = { ...reportFacts({ dueAt: new Date('2026-11-27T23:00:00Z') }), ...owed, ...more };
  const found = dueOfReport({ ...facts, obligation: obligationOf(priority, facts) }, person(...who));
  return found && `${found.kind}${found.isOwn ? ' own' : ''}`;
};
const waits = { id: 'one', submittedBy: 'ann', areChangesRequested: false };

describe('what a report asks of one person', () => {
  test.each<[what: string, facts: Facts, who: [string, ...Role[]], asks: string | null]>([
    ['owed, of any engineer', {}, ['ann', 'engineer'], 'report_due'],
    ['owed, not of CSUP', {}, ['ann', 'csup'], null],
    ['R-081: owed, not of a manager, who could not approve it then', {}, ['ann', 'manager'], null],
    [
      'owed, of a manager who wrote on it',
      { state: 'draft', authors: new Set(['ann']) },
      ['ann', 'manager'],
      'report_due',
    ],
    ['owed by another', { ownerId: 'bob' }, ['ann', 'engineer'], null],
    ['its owner', { ownerId: 'ann' }, ['ann', 'engineer'], 'report_due own'],
    ['its owner before the end', { ownerId: 'ann', dueAt: null }, ['ann', 'engineer'], 'report_due own'],
    ['nobody else before the end', { dueAt: null }, ['ann', 'engineer'], null],
    ['a P2 that nobody decided', { priority: 'P2', isRequired: null, state: null }, ['ann', 'manager'], null],
    [
      'a P1 that nobody decided',
      { priority: 'P1', isRequired: null, state: null },
      ['ann', 'manager'],
      'decision_waiting',
    ],
    ['that decision, of an SRE', { priority: 'P1', isRequired: null, state: null }, ['ann', 'sre'], null],
    ['an obligation that ended', { closedAt: new Date() }, ['ann', 'engineer'], null],
    [
      'R-081: a review, of a manager',
      { state: 'in_review', submission: waits },
      ['bob', 'manager'],
      'review_waiting',
    ],
    [
      'R-081: not of its author',
      { state: 'in_review', authors: new Set(['bob']), submission: waits },
      ['bob', 'manager'],
      null,
    ],
    ['R-081: not of who submitted it', { state: 'in_review', submission: waits }, ['ann', 'manager'], null],
    ['an approved one, of CSUP', { state: 'approved' }, ['bob', 'csup'], 'report_approved'],
    ['an approved one, not of an engineer', { state: 'approved' }, ['bob', 'engineer'], null],
    [
      'R-126: an approved one of a restricted incident',
      { state: 'approved', isUnreleased: true },
      ['bob', 'manager'],
      null,
    ],
    [
      'changes, of who submitted it',
      { state: 'draft', submission: { ...waits, areChangesRequested: true } },
      ['ann', 'engineer'],
      'changes_requested own',
    ],
    [
      'changes, not of another',
      { state: 'draft', submission: { ...waits, areChangesRequested: true } },
      ['bob', 'engineer'],
      null,
    ],
    [
      'a next version, of its writers',
      { state: 'draft', publishedAt: new Date(), authors: new Set(['ann']) },
      ['ann', 'engineer'],
      'report_due own',
    ],
    ['a next version, not of others', { state: 'draft', publishedAt: new Date() }, ['bob', 'engineer'], null],
    [
      'nothing once it is published',
      { state: 'published', publishedAt: new Date() },
      ['ann', 'manager'],
      null,
    ],
  ])('%s', (_what, facts, who, asks) => {
    expect(asked(facts, ...who)).toBe(asks);
  });
});
