import { describe, expect, test } from 'vitest';
import type { Audience } from '../../db/words.ts';
import { type ClosingFacts, obstaclesOf } from '../../src/domain/reports/closing/closing-rules.ts';
import { reportFacts } from '../support/report-facts.ts';

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
const ended = { closedAt: new Date() };
const outFor = (publishedFor: Audience) => reportFacts({ publishedAt: new Date(), publishedFor });

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
    ['R-076: a P0 without a report', { priority: 'P0', report: reportFacts() }, ['report_not_public']],
    [
      'R-125: a P0 with one for the team',
      { priority: 'P0', report: outFor('internal') },
      ['report_not_public'],
    ],
    [
      'R-125: a P0 with one for customers',
      { priority: 'P0', report: outFor('customers') },
      ['report_not_public'],
    ],
    ['R-125: a P0 with one for everybody', { priority: 'P0', report: outFor('public') }, []],
    [
      'R-126: a restricted P0',
      { priority: 'P0', isUnreleased: true, report: reportFacts() },
      ['report_not_released'],
    ],
    [
      'R-126: a restricted P0, decided not to release',
      {
        priority: 'P0',
        isUnreleased: true,
        isNotReleased: true,
        report: reportFacts(ended),
      },
      [],
    ],
    [
      'R-126: that decision, but the incident is released',
      { priority: 'P0', isNotReleased: true, report: reportFacts(ended) },
      ['report_not_public'],
    ],
    [
      'R-077: a P1 without a decision',
      { priority: 'P1', report: reportFacts({ isRequired: null }) },
      ['report_undecided'],
    ],
    ['R-077: a P1 decided yes', { priority: 'P1', report: reportFacts() }, ['report_not_published']],
    ['R-077: a P1 decided no', { priority: 'P1', report: reportFacts({ isRequired: false }) }, []],
    ['R-077: a P1 with its report', { priority: 'P1', report: outFor('customers') }, []],
    ['a P2 that was once a P1', { report: reportFacts({ isRequired: null }) }, []],
    ['a P2 with a report decided', { report: reportFacts() }, ['report_not_published']],
  ])('%s', (_what, facts, obstacles) => {
    expect(obstaclesOf({ ...resolved, ...facts })).toEqual(obstacles);
  });
});
