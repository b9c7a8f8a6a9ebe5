/** G-24: what a reviewer is shown of a change is every difference, in its place, and nothing else. */
import { describe, expect, test } from 'vitest';
import type { ReportContent } from '../../src/domain/reports/digest.ts';
import { compareContent } from '../../src/domain/reports/reviews/compare-content.ts';

const item = (more: Partial<ReportContent['remediation'][number]> = {}) => ({
  id: 'a',
  action: { en: 'Check certificates' },
  aim: 'prevents_return' as const,
  owner: { en: 'Platform' },
  firstDueOn: '2026-11-30',
  dueOn: '2026-11-30',
  isPublic: true,
  ...more,
});

const content: ReportContent = {
  priority: 'P0',
  title: { en: 'Calls failed', de: 'Anfragen schlugen fehl' },
  texts: { summary: { en: 'For an hour.' }, why: { en: 'A certificate ended.' } },
  milestones: { started: '2026-11-20T02:12:00.000Z', recovered: '2026-11-20T03:12:00.000Z' },
  entries: [
    { at: '2026-11-20T02:12:00.000Z', text: { en: 'The probe fails.' } },
    { at: '2026-11-20T02:12:00.000Z', text: { en: 'Somebody is called.' } },
  ],
  header: {
    owner: { en: 'Head of Platform' },
    author: { en: 'Platform' },
    audience: 'public',
    classification: 'public',
    isPreliminary: false,
  },
  remediation: [item()],
  suppliers: [],
  change: {},
  planDigest: 'one',
};
const paths = (after: Partial<ReportContent>) =>
  compareContent(content, { ...content, ...after }).map(({ path, language, before, after: now }) => [
    path,
    language,
    before,
    now,
  ]);

describe('G-24, R-082: the differences between two states of a report', () => {
  test('equal states differ in nothing', () => {
    expect(compareContent(content, structuredClone(content))).toEqual([]);
  });

  test.each<[what: string, after: Partial<ReportContent>, changes: unknown[]]>([
    [
      'a title in one language',
      { title: { en: 'All calls failed', de: 'Anfragen schlugen fehl' } },
      [['title', 'en', 'Calls failed', 'All calls failed']],
    ],
    [
      'a section, new in a language',
      { texts: { ...content.texts, why: { en: 'A certificate ended.', de: 'Ein Zertifikat lief ab.' } } },
      [['sections.why', 'de', '', 'Ein Zertifikat lief ab.']],
    ],
    [
      'a section that is gone',
      { texts: { summary: { en: 'For an hour.' } } },
      [['sections.why', 'en', 'A certificate ended.', '']],
    ],
    [
      'a milestone',
      { milestones: { ...content.milestones, recovered: '2026-11-20T03:13:00.000Z' } },
      [['milestones.recovered', null, '2026-11-20T03:12:00.000Z', '2026-11-20T03:13:00.000Z']],
    ],
    [
      'the second entry of a minute',
      {
        entries: [
          content.entries[0] ?? { at: '', text: {} },
          { at: '2026-11-20T02:12:00.000Z', text: { en: 'The on-call engineer is called.' } },
        ],
      },
      [['entries.2026-11-20T02:12:00.000Z', 'en', 'Somebody is called.', 'The on-call engineer is called.']],
    ],
    [
      'the audience',
      { header: { ...content.header, audience: 'customers' } },
      [['header.audience', null, 'public', 'customers']],
    ],
    [
      'preliminary',
      { header: { ...content.header, isPreliminary: true } },
      [['header.isPreliminary', null, 'false', 'true']],
    ],
    [
      'a deadline, told once although the plan differs with it',
      { remediation: [item({ dueOn: '2026-12-02' })], planDigest: 'two' },
      [['remediation.a.dueOn', null, '2026-11-30', '2026-12-02']],
    ],
    [
      'a new promise',
      { remediation: [item(), item({ id: 'b', action: { de: 'Neu' }, owner: { de: 'Netz' } })] },
      [
        ['remediation.b.action', 'de', '', 'Neu'],
        ['remediation.b.owner', 'de', '', 'Netz'],
        ['remediation.b.aim', null, '', 'prevents_return'],
        ['remediation.b.dueOn', null, '', '2026-11-30'],
      ],
    ],
    [
      'a supplier that answered',
      {
        suppliers: [
          {
            supplier: 'Acme',
            requestedAt: '2026-11-20T05:00:00.000Z',
            dueAt: null,
            receivedAt: null,
            outstanding: '',
          },
        ],
      },
      [
        ['suppliers.0.supplier', null, '', 'Acme'],
        ['suppliers.0.requestedAt', null, '', '2026-11-20T05:00:00.000Z'],
      ],
    ],
    ['the change note', { change: { en: 'More exact.' } }, [['change', 'en', '', 'More exact.']]],
    ['the priority', { priority: 'P1' }, [['priority', null, 'P0', 'P1']]],
    ['the internal plan, which is not told', { planDigest: 'two' }, [['plan', null, 'one', 'two']]],
  ])('%s', (_what, after, changes) => {
    expect(paths(after)).toEqual(changes);
  });
});
