import { describe, expect, test } from 'vitest';
import { type ClosingFacts, obstaclesOf } from '../../src/domain/closing/closing-rules.ts';

const resolved: ClosingFacts = {
  kind: 'incident',
  priority: 'P2',
  isReviewed: true,
  phase: 'resolved',
  isHeld: false,
  hasReason: false,
  isUnreleased: false,
  report: null,
  isNotReleased: false,
};
const report = (more: Partial<NonNullable<ClosingFacts['report']>> = {}) => ({
  isRequired: true,
  isObligationEnded: false,
  publishedFor: null,
  ...more,
});

describe('what keeps an incident from being closed', () => {
  test.each<[what: string, facts: Partial<ClosingFacts>, obstacles: string[]]>([
    ['nothing, resolved and classified', {}, []],
    ['open', { phase: 'monitoring' }, ['not_resolved']],
    ['its end still held', { isHeld: true }, ['not_resolved']],
    [
      'never public, without a reason',
      { phase: null, isReviewed: false },
      ['not_resolved', 'not_classified'],
    ],
    ['never public, with its reason', { phase: null, hasReason: true, isReviewed: false }, []],
    ['not classified', { isReviewed: false }, ['not_classified']],
    ['R-076: a P0 without a report', { priority: 'P0', report: report() }, ['report_not_public']],
    [
      'R-125: a P0 with one for the team',
      { priority: 'P0', report: report({ publishedFor: 'internal' }) },
      ['report_not_public'],
    ],
    [
      'R-125: a P0 with one for customers',
      { priority: 'P0', report: report({ publishedFor: 'customers' }) },
      ['report_not_public'],
    ],
    [
      'R-125: a P0 with one for everybody',
      { priority: 'P0', report: report({ publishedFor: 'public' }) },
      [],
    ],
    [
      'R-126: a restricted P0',
      { priority: 'P0', isUnreleased: true, report: report() },
      ['report_not_released'],
    ],
    [
      'R-126: a restricted P0, decided not to release',
      {
        priority: 'P0',
        isUnreleased: true,
        isNotReleased: true,
        report: report({ isObligationEnded: true }),
      },
      [],
    ],
    [
      'R-126: that decision, but the incident is released',
      { priority: 'P0', isNotReleased: true, report: report({ isObligationEnded: true }) },
      ['report_not_public'],
    ],
    [
      'R-077: a P1 without a decision',
      { priority: 'P1', report: report({ isRequired: null }) },
      ['report_undecided'],
    ],
    ['R-077: a P1 decided yes', { priority: 'P1', report: report() }, ['report_not_published']],
    ['R-077: a P1 decided no', { priority: 'P1', report: report({ isRequired: false }) }, []],
    ['R-077: a P1 with its report', { priority: 'P1', report: report({ publishedFor: 'customers' }) }, []],
    ['a P2 that was once a P1', { report: report({ isRequired: null }) }, []],
    ['a P2 with a report decided', { report: report() }, ['report_not_published']],
  ])('%s', (_what, facts, obstacles) => {
    expect(obstaclesOf({ ...resolved, ...facts })).toEqual(obstacles);
  });
});
