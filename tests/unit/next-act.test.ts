import { describe, expect, test } from 'vitest';
import { nextActOf, type ReportFacts } from '../../src/domain/reports/next-act.ts';

const manager = { write: true, decide: true, approve: true, publish: true, lead: true };
const engineer = { write: true, decide: false, approve: false, publish: false, lead: false };
const draft: ReportFacts = {
  state: 'draft',
  isRequired: true,
  isClosed: false,
  isPublished: false,
  isOwn: false,
  isNamed: false,
  isMeetingOwed: false,
  may: manager,
};

describe('a manager’s board offers no submission after which that manager may not approve (issue 9, item 23)', () => {
  test.each<[what: string, facts: Partial<ReportFacts>, act: string, isMine: boolean]>([
    ['a draft of others', {}, 'submit', false],
    ['what nobody began', { state: 'owed' }, 'write', false],
    ['a draft that the manager wrote on', { isOwn: true }, 'submit', true],
    ['one that the manager is named for', { state: 'owed', isNamed: true }, 'write', true],
    ['a review', { state: 'in_review' }, 'review', true],
    ['a review of what the manager submitted', { state: 'in_review', isOwn: true }, 'review', false],
    ['a draft, for an engineer', { may: engineer }, 'submit', true],
    ['what nobody began, for an engineer', { state: 'owed', may: engineer }, 'write', true],
  ])('%s', (_what, facts, act, isMine) => {
    expect(nextActOf({ ...draft, ...facts })).toEqual({ act, isMine });
  });
});
