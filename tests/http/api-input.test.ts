import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Api, apiOf, rowCounts } from '../support/api.ts';
import { postgresUrl } from '../support/postgres.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const texts = { en: { title: 'Look-ups fail', body: 'Some look-ups fail.' } };
const long = (length: number) => 'x'.repeat(length);
const text = (field: string, value: unknown) => ({ texts: { en: { ...texts.en, [field]: value } } });

type Row = [what: string, change: Record<string, unknown>, path: string];

/** Wrong in the same way for an opening and for an update. */
const message: Row[] = [
  ['neither occasion nor phase', { phase: undefined, texts: undefined }, 'occasion'],
  ['occasion out of the list', { occasion: 'panic' }, 'occasion'],
  ['occasion of wrong type', { occasion: ['resolved'] }, 'occasion'],
  ['phase out of the list', { phase: 'Investigating' }, 'phase'],
  ['phase of wrong type', { phase: 1 }, 'phase'],
  ['impact out of the list', { impact: 'maintenance' }, 'impact'],
  ['impact of wrong type', { impact: null }, 'impact'],
  ['components as a list', { components: [] }, 'components'],
  ['an unknown component', { components: { bbbbbbbbbbbb: 'operational' } }, 'components.bbbbbbbbbbbb'],
  ['a component id with NUL', { components: { 'a\u0000': 'operational' } }, 'components.a\u0000'],
  [
    'a component status out of the list',
    { components: { bbbbbbbbbbbb: 'broken' } },
    'components.bbbbbbbbbbbb',
  ],
  ['a component id too long', { components: { [long(51)]: 'operational' } }, `components.${long(51)}`],
  ['texts as a string', { texts: 'Look-ups fail' }, 'texts'],
  ['texts in an unknown language', { texts: { ...texts, xx: texts.en } }, 'texts.xx'],
  ['a text that is null', { texts: { en: null } }, 'texts.en'],
  ['no body', { texts: { en: { title: 'Look-ups fail' } } }, 'texts.en.body'],
  ['a blank body', text('body', ' \n '), 'texts.en.body'],
  ['a body of wrong type', text('body', {}), 'texts.en.body'],
  ['a body too long', text('body', long(20_001)), 'texts.en.body'],
  ['a body too long in bytes', text('body', 'ü'.repeat(10_001)), 'texts.en.body'],
  ['a body with a control character', text('body', 'a\u0007b'), 'texts.en.body'],
  ['a body with NUL', text('body', 'a\u0000b'), 'texts.en.body'],
  ['a body with half a character', text('body', 'a\ud800b'), 'texts.en.body'],
  ['a body with a placeholder left', text('body', 'By {next_update}.'), 'texts.en.body'],
  ['a title of wrong type', text('title', 5), 'texts.en.title'],
  ['a title too long', text('title', long(256)), 'texts.en.title'],
  ['a title of two lines', text('title', 'a\nb'), 'texts.en.title'],
  ['a title with a control character', text('title', 'a\u001bb'), 'texts.en.title'],
  ['an effect too long', text('effect', long(256)), 'texts.en.effect'],
  ['a workaround too long', text('workaround', long(1_001)), 'texts.en.workaround'],
  ['a workaround with a control character', text('workaround', '\u0000'), 'texts.en.workaround'],
  ['notAffected of wrong type', text('notAffected', false), 'texts.en.notAffected'],
  ['an unknown field of a text', text('colour', 'red'), 'texts.en.colour'],
  ['slots as a string', { slots: 'effect' }, 'slots'],
  ['an unknown slot', { occasion: 'identified', slots: { colour: 'red' } }, 'slots.colour'],
  ['an unknown phrase', { occasion: 'identified', slots: { effect: 'no_such_phrase' } }, 'slots.effect'],
  ['a slot of wrong type', { occasion: 'identified', slots: { effect: 7 } }, 'slots.effect'],
  ['a slot too long', { occasion: 'identified', slots: { effect: { en: long(20_001) } } }, 'slots.effect.en'],
  [
    'a slot with a control character',
    { occasion: 'identified', slots: { effect: { en: 'a\u0000' } } },
    'slots.effect.en',
  ],
  ['a time slot that is no time', { occasion: 'identified', slots: { fixed_at: 'soon' } }, 'slots.fixed_at'],
  ['nextUpdateBy without a zone', { nextUpdateBy: '2026-11-20T03:00:00' }, 'nextUpdateBy'],
  ['nextUpdateBy on an impossible day', { nextUpdateBy: '2027-02-29T03:00:00Z' }, 'nextUpdateBy'],
  ['nextUpdateBy in the past', { nextUpdateBy: '2026-11-20T02:00:00Z' }, 'nextUpdateBy'],
  ['nextUpdateBy in the year 10000', { nextUpdateBy: '9999-12-31T23:59:59-23:59' }, 'nextUpdateBy'],
  ['nextUpdateBy of wrong type', { nextUpdateBy: 1_800_000_000 }, 'nextUpdateBy'],
  ['holdSeconds too large', { holdSeconds: 61 }, 'holdSeconds'],
  ['holdSeconds negative', { holdSeconds: -1 }, 'holdSeconds'],
  ['holdSeconds of wrong type', { holdSeconds: '10' }, 'holdSeconds'],
  ['holdSeconds with a fraction', { holdSeconds: 1.5 }, 'holdSeconds'],
  ['scheduledUntil that is no time', { scheduledUntil: 'tomorrow' }, 'scheduledUntil'],
  ['an unknown field', { colour: 'red' }, 'colour'],
  ['a field of the product', { publishedAt: '2026-11-20T02:00:00Z' }, 'publishedAt'],
];

const opening: Row[] = [
  ['no category', { category: undefined }, 'category'],
  ['an empty category', { category: '' }, 'category'],
  ['a category of wrong type', { category: { slug: 'dns' } }, 'category'],
  ['a category too long', { category: long(101) }, 'category'],
  ['an unknown category', { category: 'no-such-category' }, 'category'],
  ['a category with NUL', { category: 'dns\u0000' }, 'category'],
  ['kind out of the list', { kind: 'outage' }, 'kind'],
  ['occasion of another kind', { kind: 'incident', occasion: 'scheduled' }, 'occasion'],
  ['phase of another kind', { kind: 'incident', phase: 'scheduled' }, 'phase'],
  ['a final phase without its times', { phase: 'resolved' }, 'startedAt'],
  ['startedAt in the future', { startedAt: '2026-11-20T02:12:00.001Z' }, 'startedAt'],
  ['startedAt at an impossible hour', { startedAt: '2026-11-20T24:00:00Z' }, 'startedAt'],
  ['startedAt in the year 0', { startedAt: '0000-01-01T00:00:00Z' }, 'startedAt'],
  ['startedAt before the year 0', { startedAt: '0000-01-01T00:00:00+23:59' }, 'startedAt'],
  ['startedAt of wrong type', { startedAt: {} }, 'startedAt'],
  ['scheduledFor of an incident', { scheduledFor: '2026-11-21T02:00:00Z' }, 'scheduledFor'],
  ['scheduledUntil of an incident', { scheduledUntil: '2026-11-21T02:00:00Z' }, 'scheduledUntil'],
  ['a maintenance without a time', { phase: 'scheduled' }, 'scheduledFor'],
  [
    'a maintenance without an end',
    { phase: 'scheduled', scheduledFor: '2026-11-21T02:00:00Z' },
    'scheduledUntil',
  ],
  [
    'a maintenance that ends before it starts',
    { phase: 'scheduled', scheduledFor: '2026-11-21T02:00:00Z', scheduledUntil: '2026-11-21T01:00:00Z' },
    'scheduledUntil',
  ],
  ['a version', { version: 1 }, 'version'],
  ['a priority', { priority: 'P0' }, 'priority'],
];

const posting: Row[] = [
  ['displayAt in the future', { displayAt: '2026-11-20T02:12:01Z' }, 'displayAt'],
  ['displayAt without a zone', { displayAt: '2026-11-20' }, 'displayAt'],
  ['displayAt in the year 0', { displayAt: '0000-01-01T00:00:00Z' }, 'displayAt'],
  ['version 0', { version: 0 }, 'version'],
  ['a version of wrong type', { version: '2' }, 'version'],
  ['occasion of another kind', { occasion: 'scheduled' }, 'occasion'],
  ['phase of another kind', { phase: 'scheduled' }, 'phase'],
  ['reopening what is open', { occasion: 'reopened' }, 'occasion'],
  ['a category', { category: 'dns' }, 'category'],
];

const others: [operation: string, path: string, body: unknown, field: string][] = [
  ['POST', '/incidents/{incident}/priority', { priority: 'P4', reason: 'No other reason' }, 'priority'],
  ['POST', '/incidents/{incident}/priority', { priority: 'P1', reason: '  ' }, 'reason'],
  ['PATCH', '/updates/{update}', { texts: { en: { body: '' } } }, 'texts.en.body'],
  ['POST', '/categories', { name: { en: 'Billing', de: 'Rechnungen' }, ownerId: 'a\u0000' }, 'ownerId'],
  ['POST', '/categories', { name: { en: 'Billing', de: 'Rechnungen' }, groupIds: ['a\u0000'] }, 'groupIds.0'],
  ['POST', '/categories', { name: { en: 'Billing' } }, 'name.de'],
  ['POST', '/categories/order', { ids: ['bbbbbbbbbbbb'] }, 'ids.0'],
  [
    'POST',
    '/components',
    { category: 'dns', name: { en: 'A', de: 'A' }, type: 'network', weight: 11 },
    'weight',
  ],
  ['POST', '/groups', { name: 'Team', ownerId: 'a\u0000' }, 'ownerId'],
  ['POST', '/templates/approval', { ids: ['bbbbbbbbbbbb'] }, 'ids.0'],
  ['POST', '/templates/approval', { versions: [{ id: 'bbbbbbbbbbbb', version: 1 }] }, 'versions.0.id'],
  [
    'POST',
    '/templates/versions',
    { occasion: 'identified', texts: { de: { title: '', body: 'Ein {dauer}.' } } },
    'texts.de.body',
  ],
  ['PATCH', '/reports/{report}', { title: { en: 'a\u0000' } }, 'title.en'],
  ['PATCH', '/reports/{report}', { sections: { blame: { en: { text: 'x' } } } }, 'sections.blame'],
  [
    'PATCH',
    '/reports/{report}',
    { sections: { why: { en: { text: long(20_001) } } } },
    'sections.why.en.text',
  ],
  ['PATCH', '/reports/{report}', { entries: [{ at: 'noon', text: { en: 'x' } }] }, 'entries.0.at'],
  ['PATCH', '/reports/{report}', { audience: 'friends' }, 'audience'],
  ['POST', '/reports/{report}/submission', {}, 'sections.why'],
  ['POST', '/reports/{report}/review', { digest: 'x' }, 'digest'],
  ['POST', '/reports/{report}/publication', { digest: long(64), slug: long(200) }, 'slug'],
  ['POST', '/incidents/{report}/closing', { outcome: 'forgotten', explanation: 'x' }, 'outcome'],
  ['POST', '/incidents/{report}/closing', { outcome: 'problem' }, 'explanation'],
  ['POST', '/incidents/{report}/closing', { outcome: 'problem', explanation: 'a\u0000' }, 'explanation'],
  ['POST', '/reports/{report}/decision', { isRequired: false, reason: ' ' }, 'reason'],
  ['POST', '/reports/{report}/reclassification', { priority: 'P0', evidence: 'No other reason' }, 'priority'],
  [
    'POST',
    '/reports/{report}/analyses',
    { supplier: 'A', requestedAt: '2027-01-01T00:00:00Z' },
    'requestedAt',
  ],
  ['POST', '/reports/{report}/links', { expiresAt: 'soon' }, 'expiresAt'],
  ['POST', '/reports/{report}/comments', { text: '' }, 'text'],
  ['POST', '/incidents/{report}/milestones', { recovered: '2026-11-20T01:00:00Z' }, 'recovered'],
  ['POST', '/problems/{problem}/items', { action: { en: 'x' }, aim: 'none', dueOn: '2026-11-24' }, 'aim'],
  [
    'POST',
    '/problems/{problem}/items',
    { action: { en: 'x' }, aim: 'removes_cause', dueOn: '2026-02-30' },
    'dueOn',
  ],
  ['POST', '/problems/{problem}/incidents', { incident: 'bbbbbbbbbbbb' }, 'incident'],
  ['PATCH', '/problems/{problem}', { causeTag: 'a\nb' }, 'causeTag'],
  ['PATCH', '/problems/{problem}', { expert: 'bbbbbbbbbbbb' }, 'expert'],
  ['POST', '/templates/versions', { category: 'nowhere', occasion: 'identified', texts: {} }, 'category'],
  [
    'POST',
    '/templates/import',
    { files: [{ path: 'base/resolved.en.md', text: '---\ntitle: ""\n---\n\n[TODO]\n' }] },
    'base/resolved.en.md:5',
  ],
  ['POST', '/users', { email: 'nobody', name: 'Kim', roles: ['sre'] }, 'email'],
  ['POST', '/users', { email: 'kim@example.com', name: 'Kim\u0000', roles: ['sre'] }, 'name'],
  ['POST', '/users', { email: 'kim@example.com', name: 'Kim', roles: ['root'] }, 'roles.0'],
  ['POST', '/tokens', { name: 'x', roles: ['security'] }, 'roles'],
  ['PATCH', '/settings', { time_zone: 'Europe/Paris' }, 'time_zone'],
  ['PATCH', '/settings', { timeZone: 'Mars/Olympus' }, 'timeZone'],
];

describe('bad input is refused by name and writes nothing · sqlite', () => tests());
describe.skipIf(!postgresUrl)('bad input is refused by name and writes nothing · postgres', () =>
  tests(postgresUrl),
);

function tests(postgres?: string): void {
  let server: TestServer;
  let api: Api;
  let ids: Record<string, string>;
  beforeAll(async () => {
    server = await startTestServer(postgres ? { postgres } : {});
    api = apiOf(server, await server.token(['csup', 'sre', 'manager', 'admin']));
    const { incident } = await api.call('openIncident', {
      body: { category: 'dns', phase: 'investigating', texts },
    });
    const urgent = { category: 'api', phase: 'investigating', texts };
    const { id: report } = (await api.call('openIncident', { body: urgent })).incident;
    await api.call('classifyIncident', { id: report, body: { priority: 'P0', reason: 'All of it.' } });
    await api.call('saveReport', { id: report, body: { title: { en: 'Begun' } } });
    const [problem] = (await api.call('listProblems')).problems;
    ids = { incident: incident.id, update: incident.updates[0].id, report, problem: problem.id };
  });
  afterAll(() => server?.stop());

  async function refusedFor(method: string, path: string, body: unknown, field: string): Promise<void> {
    const before = await rowCounts(server);
    const answer = await api.send(
      method,
      path.replace(/\{(\w+)\}/, (_, name: string) => ids[name] ?? ''),
      body,
    );
    expect([answer.status, answer.body.error?.fields.map((each: { path: string }) => each.path)]).toEqual([
      422,
      expect.arrayContaining([field]),
    ]);
    expect(await rowCounts(server)).toEqual(before);
  }

  test.each([...opening, ...message])('opening with %s', (_what, change, path) =>
    refusedFor('POST', '/incidents', { category: 'dns', phase: 'investigating', texts, ...change }, path),
  );
  test.each([...posting, ...message])('an update with %s', (_what, change, path) =>
    refusedFor('POST', '/incidents/{incident}/updates', { phase: 'identified', texts, ...change }, path),
  );
  test.each(others)('%s %s %j', refusedFor);

  test('an unknown incident, update or category is not found', async () => {
    const before = await rowCounts(server);
    for (const [method, path] of [
      ['GET', '/incidents/bbbbbbbbbbbb'],
      ['POST', '/incidents/bbbbbbbbbbbb/updates'],
      ['POST', '/incidents/bbbbbbbbbbbb/priority'],
      ['PATCH', '/updates/bbbbbbbbbbbb'],
      ['POST', '/updates/bbbbbbbbbbbb/review'],
      ['GET', '/templates/bbbbbbbbbbbb'],
      ['POST', '/templates/bbbbbbbbbbbb/end'],
      ['PATCH', '/categories/bbbbbbbbbbbb'],
      ['PATCH', '/users/bbbbbbbbbbbb'],
      ['DELETE', '/tokens/bbbbbbbbbbbb'],
    ] as const) {
      const body = path.endsWith('priority')
        ? { priority: 'P1', reason: 'Many customers.' }
        : path === '/updates/bbbbbbbbbbbb'
          ? { texts }
          : path.startsWith('/incidents')
            ? { phase: 'identified', texts }
            : {};
      const hasBody = method !== 'GET' && method !== 'DELETE' && !path.endsWith('/review');
      const answer = await api.send(method, path, hasBody ? body : undefined);
      expect([path, answer.status]).toEqual([path, 404]);
    }
    expect(await rowCounts(server)).toEqual(before);
  });
}
