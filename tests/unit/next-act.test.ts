import { describe, expect, test } from 'vitest';
import type { Role } from '../../db/words.ts';
import { nextActOf, type ReadReport } from '../../src/domain/reports/next-act.ts';
import { obligationOf, type ReportFacts } from '../../src/domain/reports/obligations/obligation.ts';
import { reportFacts } from '../support/report-facts.ts';

type Facts = Partial<ReportFacts> & Pick<Partial<ReadReport>, 'isOwn' | 'ownerId'> & { by?: Role };
const actOf = ({ by = 'manager', isOwn = false, ownerId = null, ...facts }: Facts) =>
  nextActOf(
    { obligation: obligationOf('P1', reportFacts({ state: 'draft', ...facts })), ownerId, isOwn },
    { userId: 'ann', roles: new Set([by]), kind: 'user', credentialId: null, name: 'Ann' },
  );

describe('a manager’s board offers no submission after which that manager may not approve', () => {
  test.each<[what: string, facts: Facts, act: string, isMine: boolean]>([
    ['a draft of others', {}, 'submit', false],
    ['what nobody began', { state: 'owed' }, 'write', false],
    ['a draft that the manager wrote on', { isOwn: true }, 'submit', true],
    ['one that the manager is named for', { state: 'owed', ownerId: 'ann' }, 'write', true],
    ['a review', { state: 'in_review' }, 'review', true],
    ['a review of what the manager submitted', { state: 'in_review', isOwn: true }, 'review', false],
    ['a draft, for an engineer', { by: 'engineer' }, 'submit', true],
    ['what nobody began, for an engineer', { state: 'owed', by: 'engineer' }, 'write', true],
  ])('%s', (_what, facts, act, isMine) => {
    expect(actOf(facts)).toEqual({ act, isMine });
  });
});

test('a P1 whose report is out is asked for no decision on its next version: its page offers none', () => {
  const undecided = { isRequired: null, ownerId: 'ann' };
  expect(actOf(undecided).act).toBe('decide');
  expect(actOf({ ...undecided, publishedAt: new Date() })).toEqual({ act: 'submit', isMine: true });
});
