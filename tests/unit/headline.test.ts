import { describe, expect, test } from 'vitest';
import type { ComponentStatus, IncidentKind, Phase } from '../../db/words.ts';
import { statusOfImpact, worstStatus } from '../../src/domain/incidents/component-status.ts';
import { statedBy } from '../../src/domain/incidents/statement.ts';
import { statusNow } from '../../src/domain/public/catalogue.ts';
import {
  categoryStatus,
  type HeadlineSubject,
  headline,
  headlineText,
  pageStatus,
} from '../../src/domain/public/headline.ts';
import { inWords } from '../support/in-words.ts';

const component = (status: ComponentStatus, weight = 5, isCritical = false) => ({
  status,
  weight,
  isCritical,
});
const working = (count: number, weight = 5) =>
  Array.from({ length: count }, () => component('operational', weight));

describe('U-03: the status of a category', () => {
  const table: [string, ReturnType<typeof component>[], ComponentStatus][] = [
    ['nothing in it', [], 'operational'],
    ['all working', working(3), 'operational'],
    ['one degraded of many', [...working(9), component('degraded_performance')], 'degraded_performance'],
    ['one partly out', [...working(9), component('partial_outage')], 'partial_outage'],
    ['one under maintenance', [...working(2), component('under_maintenance')], 'under_maintenance'],
    [
      'maintenance beside trouble',
      [component('under_maintenance'), component('degraded_performance')],
      'degraded_performance',
    ],
    ['its only one out', [component('major_outage')], 'major_outage'],
    ['one leaf of many out', [...working(9), component('major_outage')], 'partial_outage'],
    [
      'just less than half of the weight out',
      [component('major_outage', 49), component('operational', 51)],
      'partial_outage',
    ],
    ['half of the weight out', [component('major_outage'), component('operational')], 'major_outage'],
    [
      'a light leaf out beside a heavy one',
      [component('major_outage', 1), component('operational', 10)],
      'partial_outage',
    ],
    ['a critical one out', [...working(9), component('major_outage', 1, true)], 'major_outage'],
    ['a critical one partly out', [...working(9), component('partial_outage', 1, true)], 'partial_outage'],
  ];
  test.each(table)('%s', (_what, components, status) => {
    expect(categoryStatus(components)).toBe(status);
  });
});

describe('U-03: the colour of the page', () => {
  /** Each list is a category. */
  const page = (...categories: ReturnType<typeof component>[][]) =>
    pageStatus(categories.flat(), categories.map(categoryStatus));
  const table: [string, ComponentStatus, ComponentStatus][] = [
    ['nothing on it', page(), 'operational'],
    ['all working', page(working(3), working(3)), 'operational'],
    ['one degraded', page(working(3), [component('degraded_performance')]), 'degraded_performance'],
    ['maintenance', page(working(3), [component('under_maintenance')]), 'under_maintenance'],
    [
      'a single leaf out never turns it red',
      page(working(19), [component('major_outage')]),
      'partial_outage',
    ],
    [
      'a leaf of less than a twentieth does not even turn it orange',
      page(working(99), [component('major_outage')]),
      'degraded_performance',
    ],
    ['nor when it is partly out', page(working(99), [component('partial_outage')]), 'degraded_performance'],
    ['a twentieth partly out is orange', page(working(19), [component('partial_outage')]), 'partial_outage'],
    [
      'just less than a quarter out is orange',
      page(working(76, 1), [component('major_outage', 24)]),
      'partial_outage',
    ],
    ['a quarter out is red', page(working(75, 1), [component('major_outage', 25)]), 'major_outage'],
    ['a critical one out is red', page(working(99), [component('major_outage', 1, true)]), 'major_outage'],
    [
      'many partly out are not red',
      page([component('partial_outage')], [component('partial_outage')]),
      'partial_outage',
    ],
    [
      'a category without components that is out counts as one of them',
      pageStatus([...working(4), component('major_outage')], ['operational', 'major_outage']),
      'partial_outage',
    ],
    ['an outage on a page without components', pageStatus([], ['major_outage']), 'major_outage'],
  ];
  test.each(table)('%s', (_what, found, status) => {
    expect(found).toBe(status);
  });
});

describe('U-01: the answer', () => {
  const subject = (en: string, de: string, status: ComponentStatus, plural = false): HeadlineSubject => ({
    subject: inWords({ en, de }),
    isPlural: inWords({ en: plural }),
    status,
  });
  const api = (status: ComponentStatus) => subject('The API', 'Die API', status);
  const payments = (status: ComponentStatus) => subject('Payments', 'Zahlungen', status, true);
  const site = (status: ComponentStatus) => subject('The website', 'Die Website', status);
  const table: [HeadlineSubject[], string, string][] = [
    [[], 'Everything is working.', 'Alles funktioniert.'],
    [[api('operational'), site('operational')], 'Everything is working.', 'Alles funktioniert.'],
    [
      [api('degraded_performance')],
      'The API is degraded. Everything else is working.',
      'Die API ist eingeschränkt. Alles andere funktioniert.',
    ],
    [
      [payments('degraded_performance')],
      'Payments are degraded. Everything else is working.',
      'Zahlungen sind eingeschränkt. Alles andere funktioniert.',
    ],
    [
      [api('partial_outage')],
      'The API is partly down. Everything else is working.',
      'Die API ist teilweise ausgefallen. Alles andere funktioniert.',
    ],
    [
      [payments('partial_outage')],
      'Payments are partly down. Everything else is working.',
      'Zahlungen sind teilweise ausgefallen. Alles andere funktioniert.',
    ],
    [
      [api('major_outage')],
      'The API is down. Everything else is working.',
      'Die API ist ausgefallen. Alles andere funktioniert.',
    ],
    [
      [payments('major_outage')],
      'Payments are down. Everything else is working.',
      'Zahlungen sind ausgefallen. Alles andere funktioniert.',
    ],
    [
      [api('under_maintenance')],
      'The API is under maintenance. Everything else is working.',
      'Die API wird gewartet. Alles andere funktioniert.',
    ],
    [
      [payments('under_maintenance')],
      'Payments are under maintenance. Everything else is working.',
      'Zahlungen werden gewartet. Alles andere funktioniert.',
    ],
    [
      [api('under_maintenance'), site('operational'), payments('major_outage')],
      'Payments are down. The API is under maintenance. Everything else is working.',
      'Zahlungen sind ausgefallen. Die API wird gewartet. Alles andere funktioniert.',
    ],
    [
      [api('degraded_performance'), site('degraded_performance'), payments('partial_outage')],
      'Payments are partly down. The API is degraded. One more area is affected.',
      'Zahlungen sind teilweise ausgefallen. Die API ist eingeschränkt. Ein weiterer Bereich ist betroffen.',
    ],
    [
      [api('major_outage'), site('major_outage'), payments('major_outage'), api('major_outage')],
      'The API is down. The website is down. 2 more areas are affected.',
      'Die API ist ausgefallen. Die Website ist ausgefallen. 2 weitere Bereiche sind betroffen.',
    ],
  ];
  test.each(table)('of %j', (subjects, en, de) => {
    expect([headlineText(headline(subjects, 'en')), headlineText(headline(subjects, 'de'))]).toEqual([
      en,
      de,
    ]);
  });

  test('marks its subjects, each with its own status, and leaves its input alone', () => {
    const subjects = [api('degraded_performance'), payments('major_outage')];
    expect(headline(subjects, 'en')).toEqual([
      { mark: 'Payments', rest: ' are down.', status: 'major_outage' },
      { mark: 'The API', rest: ' is degraded.', status: 'degraded_performance' },
      { mark: '', rest: 'Everything else is working.', status: 'major_outage' },
    ]);
    expect(subjects.map((each) => each.subject.en)).toEqual(['The API', 'Payments']);
  });
});

describe('what a component is now', () => {
  const since = new Date('2026-11-01T00:00:00Z');
  const publishedAt = new Date('2026-11-20T00:00:00Z');
  const stating = (kind: IncidentKind, phase: Phase, components: Record<string, ComponentStatus>) =>
    statedBy(
      { kind, impact: 'major', categoryId: 'category', componentsSince: since, componentsUntil: null },
      {
        phase,
        publishedAt,
        components: Object.entries(components).map(([id, status]) => ({ id, status })),
      },
    );
  const now = (...incidents: ReturnType<typeof stating>[]) => Object.fromEntries(statusNow(incidents.flat()));
  const out = { a: 'major_outage', b: 'degraded_performance' } as const;
  const care = { a: 'under_maintenance', b: 'under_maintenance' } as const;

  test.each<[IncidentKind, Phase, object]>([
    ['incident', 'investigating', out],
    ['incident', 'identified', out],
    ['incident', 'monitoring', out],
    ['incident', 'resolved', {}],
    ['maintenance', 'scheduled', {}],
    ['maintenance', 'in_progress', care],
    ['maintenance', 'verifying', care],
    ['maintenance', 'completed', {}],
    ['maintenance', 'cancelled', {}],
  ])('of %s in phase %s is %j', (kind, phase, status) => {
    expect(now(stating(kind, phase, out))).toEqual(status);
  });

  test('is the worst that anything states', () => {
    const incidents = [
      stating('incident', 'investigating', { a: 'degraded_performance', b: 'operational' }),
      stating('incident', 'monitoring', { a: 'partial_outage' }),
      stating('maintenance', 'in_progress', { a: 'under_maintenance', b: 'under_maintenance' }),
      stating('incident', 'resolved', { a: 'major_outage' }),
    ];
    expect(now(...incidents)).toEqual({ a: 'partial_outage', b: 'under_maintenance' });
    expect(now()).toEqual({});
  });

  test('from working to worst: maintenance counts below degraded', () => {
    expect(worstStatus([])).toBe('operational');
    expect(worstStatus(['degraded_performance', 'under_maintenance'])).toBe('degraded_performance');
    expect(worstStatus(['partial_outage', 'major_outage', 'operational'])).toBe('major_outage');
    expect(statusOfImpact).toEqual({
      none: 'operational',
      minor: 'degraded_performance',
      major: 'partial_outage',
      critical: 'major_outage',
      maintenance: 'under_maintenance',
    });
  });
});
