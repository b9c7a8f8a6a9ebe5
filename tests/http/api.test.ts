import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../../src/http/api/operations.ts';
import { type Api, apiOf, type Json } from '../support/api.ts';
import { postgresUrl } from '../support/postgres.ts';
import { callReportOperations } from '../support/report-calls.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

// A story: each goes on with what the one before left.
describe('the JSON API answers each operation · sqlite', { shuffle: false }, () => tests());
describe.skipIf(!postgresUrl)('the JSON API answers each operation · postgres', { shuffle: false }, () =>
  tests(postgresUrl),
);

const message = {
  phase: 'investigating',
  texts: { en: { title: 'Look-ups fail', body: 'Some **DNS** look-ups fail.', effect: 'DNS look-ups fail' } },
};
const both = (en: string, de = en) => ({ en, de });

function tests(postgres?: string): void {
  let server: TestServer;
  let api: Api;
  /** With the security role. */
  let secret: Api;
  beforeAll(async () => {
    server = await startTestServer({ ...(postgres ? { postgres } : {}), isFresh: true });
    api = apiOf(server, await server.token(['csup', 'sre', 'manager', 'admin']));
    secret = apiOf(server, await server.token(['security']));
  });
  afterAll(() => server?.stop());

  test('an incident from its opening to its correction', async () => {
    const { component } = await api.call('addComponent', {
      body: { category: 'dns', name: both('Name servers', 'Nameserver'), type: 'network' },
    });
    const opened = await api.send('POST', '/incidents', {
      category: 'dns',
      ...message,
      components: { [component.id]: 'partial_outage' },
    });
    const { incident } = opened.body;
    expect(opened.status).toBe(201);
    expect(opened.headers.get('location')).toBe(`https://status.example.com/api/v1/incidents/${incident.id}`);
    expect(opened.headers.get('cache-control')).toBe('no-store');
    expect(incident).toMatchObject({
      number: 1,
      phase: 'investigating',
      impact: 'minor',
      priority: 'P3',
      isReviewed: false,
      category: { slug: 'dns', name: both('DNS') },
      title: { en: 'Look-ups fail' },
      url: `https://status.example.com/incidents/${incident.id}`,
      startedAt: '2026-11-20T02:12:00.000Z',
      nextUpdateBy: '2026-11-20T02:42:00.000Z',
      components: [{ id: component.id, status: 'partial_outage' }],
      updates: [
        {
          isHeld: false,
          texts: { en: { title: 'Look-ups fail', html: '<p>Some <strong>DNS</strong> look-ups fail.</p>' } },
        },
      ],
    });

    const posted = await api.call('postUpdate', {
      id: incident.id,
      body: { phase: 'identified', texts: { en: { body: 'A wrong entry is the cause.' } }, holdSeconds: 60 },
    });
    expect(posted.update).toMatchObject({ phase: 'identified', isHeld: true });
    expect(posted.incident.updates.map((update: { id: string }) => update.id)[0]).toBe(posted.update.id);

    const rated = await api.call('classifyIncident', {
      id: incident.id,
      body: { priority: 'P1', reason: 'Many customers.' },
    });
    expect(rated.incident).toMatchObject({ priority: 'P1', isReviewed: true });

    const corrected = await api.call('correctUpdate', {
      id: incident.updates[0].id,
      body: { texts: { en: { body: 'Many look-ups fail.' } }, note: { en: 'It was more than some.' } },
    });
    expect(corrected.update).toMatchObject({
      correctedAt: '2026-11-20T02:12:00.000Z',
      texts: { en: { body: 'Many look-ups fail.' } },
    });
    expect(await api.call('readIncident', { id: incident.id })).toEqual({ incident: corrected.incident });
  });

  test('lists come in pages, each incident once', async () => {
    for (let count = 0; count < 4; count += 1)
      await api.call('openIncident', { body: { category: 'dns', ...message } });
    const ids: string[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const page: { incidents: { id: string }[]; next: string | null } = await api.call('listIncidents', {
        query: `?limit=2${next ? `&before=${next}` : ''}`,
      });
      expect(page.incidents.length).toBeLessThanOrEqual(2);
      ids.push(...page.incidents.map(({ id }) => id));
      next = page.next;
    }
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(5);
    const first = await api.call('listAudit', { query: '?limit=3' });
    expect(first.entries.map((entry: { action: string }) => entry.action)).toEqual([
      'update.posted',
      'incident.opened',
      'update.posted',
    ]);
    const second = await api.call('listAudit', { query: `?limit=3&before=${first.next}` });
    expect(second.entries[0].sequence).toBe(first.entries[2].sequence - 1);
    expect(second.entries[0].actor).toMatchObject({ kind: 'token', name: expect.stringMatching(/^Robin /) });
  });

  test('the status in a few words', async () => {
    const status = await api.call('readStatus');
    expect(status).toMatchObject({
      headline: { en: 'The DNS service is partly down. Everything else is working.' },
      status: 'partial_outage',
      changedAt: '2026-11-20T02:12:00.000Z',
    });
    expect(status.openIncidents).toHaveLength(5);
    expect(Object.keys(status.openIncidents[0])).toEqual([
      'id',
      'number',
      'phase',
      'impact',
      'title',
      'nextUpdateBy',
      'isOverdue',
      'overdueSince',
      'kind',
      'scheduledFor',
      'scheduledUntil',
      'isEmergency',
    ]);
    expect(status.plannedMaintenance).toEqual([]);
    expect(await apiOf(server).call('readStatus')).toEqual(status);
    const { updates } = (await api.call('readIncident', { id: status.openIncidents[0].id })).incident;
    server.clock.forward(5);
    await api.call('correctUpdate', {
      id: updates[0].id,
      body: { texts: { de: { title: 'Ausfall', body: 'Es geht nicht.' } } },
    });
    expect((await api.call('readStatus')).changedAt).toBe('2026-11-20T02:17:00.000Z');
  });

  for (const [one, many, input, change] of [
    [
      'Category',
      'Categories',
      { name: both('Billing', 'Rechnungen') },
      { description: both('What you pay.', 'Was Sie zahlen.') },
    ],
    ['Component', 'Components', { category: 'dns', name: both('Resolver'), type: 'network' }, { weight: 9 }],
    ['Group', 'Groups', { name: 'Team Network' }, { name: 'Team Names' }],
  ] as const) {
    test(`${many.toLowerCase()} are added, changed, ordered, archived and restored`, async () => {
      const noun = one.toLowerCase();
      const added = (await api.call(`add${one}`, { body: input }))[noun];
      expect(await api.call(`read${one}`, { id: added.id })).toEqual({ [noun]: added });
      const changed = (
        await api.call(`change${one}`, { id: added.id, body: { ...change, version: added.version } })
      )[noun];
      expect(changed).toMatchObject({ ...change, version: added.version + 1 });
      expect((await api.call(`archive${one}`, { id: added.id }))[noun].archivedAt).toBe(
        server.clock.now.toISOString(),
      );
      expect((await api.call(`restore${one}`, { id: added.id }))[noun].archivedAt).toBeNull();
      const all = (await api.call(`list${many}`))[many.toLowerCase()];
      expect(all.at(-1)).toMatchObject({ id: added.id, archivedAt: null });
      if (one === 'Group') return;
      const ids = all.map(({ id }: { id: string }) => id).reverse();
      const ordered = (await api.call(`order${many}`, { body: { ids } }))[many.toLowerCase()];
      expect(ordered.map(({ id }: { id: string }) => id)).toEqual(ids);
    });
  }

  test('templates are listed and approved', async () => {
    const { templates } = await api.call('listTemplates');
    expect(templates[0]).toMatchObject({
      category: null,
      occasion: 'investigating',
      texts: { de: { state: 'not_approved' } },
    });
    const id = templates[0].texts.de.id;
    expect(await api.call('approveTemplates', { body: { ids: [id] } })).toEqual({ approved: 1 });
    expect((await api.call('listTemplates')).templates[0].texts.de.state).toBe('approved');
    expect((await api.call('approveTemplates')).approved).toBeGreaterThan(20);
  });

  test('people and tokens', async () => {
    const input = { email: 'Kim@example.com', name: 'Kim', roles: ['sre', 'csup'] };
    const { user, password } = await api.call('addUser', { body: input });
    expect(user).toMatchObject({ email: 'kim@example.com', roles: ['csup', 'sre'], disabledAt: null });
    expect(password).toHaveLength(25);
    expect(await api.call('endUserSessions', { id: user.id })).toEqual({ ended: 0 });
    await api.call('setPassword', { id: user.id, body: { password: 'another quiet otter' } });
    expect(
      (await api.call('changeUser', { id: user.id, body: { disabled: true } })).user.disabledAt,
    ).not.toBeNull();
    expect((await api.call('listUsers')).users).toHaveLength(3);

    const { token, secret } = await api.call('addToken', { body: { name: 'Deploy script', roles: ['sre'] } });
    expect(secret).toMatch(/^klx_/);
    const { tokens } = await api.call('listTokens');
    expect(tokens).toContainEqual(token);
    expect(await api.call('listUserTokens', { id: user.id })).toEqual({ tokens: [] });
    expect((await apiOf(server, secret).send('GET', '/settings')).status).toBe(200);
    await api.call('revokeToken', { id: token.id });
    expect((await apiOf(server, secret).send('GET', '/settings')).status).toBe(401);
  });

  test('settings in camelCase', async () => {
    const { settings } = await api.call('changeSettings', {
      body: { organisationName: 'Acme', promiseMinutesP0: 10 },
    });
    expect(settings).toMatchObject({
      organisationName: 'Acme',
      promiseMinutesP0: 10,
      timeZone: 'Europe/Berlin',
    });
    expect(await api.call('readSettings')).toEqual({ settings });
  });

  test('the log of an incident, its promises, and what management is told', async () => {
    const { incident } = await api.call('openIncident', { body: { category: 'dns', ...message } });
    const { id } = incident;
    await api.call('classifyIncident', { id, body: { priority: 'P0', reason: 'Nobody gets in.' } });
    server.clock.forward(1);
    const noted = await api.call('addLogEntry', { id, body: { text: 'Looked at the graphs' } });
    expect(noted.log[0]).toMatchObject({ id: noted.entryId, kind: 'note', text: 'Looked at the graphs' });
    server.clock.forward(1);
    const escalation = { target: 'internal', toWhom: 'Area owner', text: 'Please help' };
    expect((await api.call('escalate', { id, body: escalation })).log[0]).toMatchObject(escalation);
    server.clock.forward(1);
    expect(await api.call('briefManagement', { id, body: { text: 'All hands' } })).toMatchObject({
      log: [
        { kind: 'briefing' },
        { kind: 'escalation' },
        { kind: 'note' },
        { kind: 'priority' },
        { kind: 'phase' },
      ],
    });
    expect((await api.call('readLog', { id })).log).toHaveLength(5);
    const { user } = await api.call('addUser', {
      body: { email: 'owner@example.com', name: 'Ona', roles: ['sre'] },
    });
    const next = { text: 'Replace the disk', owner: { id: user.id, name: 'Ona' } };
    const set = await api.call('setNextAction', { id, body: { text: next.text, ownerId: user.id } });
    expect(set.incident.nextAction).toEqual(next);

    const { promises } = await api.call('listPromises', { id });
    const states = promises.map(({ audience, state }: Json) => `${audience} ${state}`);
    expect(states.sort()).toEqual(['customers open', 'management kept', 'management open']);
    server.clock.forward(29);
    const { incidents } = await api.call('readDigest', { query: '?days=30' });
    expect(incidents.every((one: { priority: string }) => /^P[01]$/.test(one.priority))).toBe(true);
    const owed = await api.call('readOwed');
    expect(owed.promises).toContainEqual(
      expect.objectContaining({ incidentId: id, audience: 'customers', state: 'overdue' }),
    );
    expect(owed.proposals).toContainEqual(
      expect.objectContaining({ incidentId: id, reason: 'promise_missed' }),
    );
    expect((await api.call('readIncident', { id })).incident).toMatchObject({
      isOverdue: true,
      overdueSince: incident.nextUpdateBy,
    });
    const { record } = await api.call('readPromiseRecord', { query: '?month=2026-11' });
    expect(record.management.kept).toBeGreaterThan(0);
    expect(record.incidents.map((each: Json) => each.id)).toContain(id);

    const other = apiOf(server, await server.token(['sre']));
    await other.call('briefManagement', { id, body: { text: 'The cause is known' } });
    const { notices } = await api.call('listNotices', { query: '?unseen=true&limit=100' });
    const own = notices.filter((notice: Json) => notice.incidentId === id);
    // Its own briefing and classification are no news to it.
    expect(own.map(({ kind }: Json) => kind).filter((kind: string) => kind !== 'promise_missed')).toEqual([
      'briefing',
    ]);
    const seen = await api.call('markNoticesSeen', { body: { ids: [own[0].id] } });
    expect(seen).toEqual({ seen: 1 });
  });

  test('the policy, which a manager approves', async () => {
    const { policy } = await api.call('readPolicy');
    expect(policy).toMatchObject({ revision: 1, approvedAt: null, promiseMinutes: { P1: 30, P3: null } });
    const approved = await api.call('approvePolicy', { body: { digest: policy.digest } });
    expect(approved.policy).toMatchObject({ revision: 1, approvedAt: server.clock.now.toISOString() });
    expect(await apiOf(server).call('readPolicy')).toEqual(approved);
  });

  test('a template from its first version to its end', async () => {
    const wording = {
      title: '',
      body: 'The API is slow{?next_update}; more by {next_update}{/next_update}.',
    };
    const cell = { category: 'api', occasion: 'identified' };
    const other = apiOf(server, await server.token(['csup']));
    const { template } = await other.call('addTemplateVersion', {
      body: { ...cell, texts: { en: wording } },
    });
    expect(template).toMatchObject({
      category: { slug: 'api' },
      occasion: 'identified',
      texts: {
        en: { state: 'not_approved', versions: [{ version: 1, origin: 'own', isInForce: false }] },
        de: { id: null, state: 'inherited', versions: [] },
      },
    });
    api.called.add('addTemplateVersion');
    const { id } = template.texts.en;
    const versions = [{ id, version: 1 }];
    expect(await api.call('approveTemplates', { body: { versions } })).toEqual({ approved: 1 });
    const read = await api.call('readTemplate', { id });
    expect(read.template.texts.en).toMatchObject({ state: 'approved', versions: [{ isInForce: true }] });
    const ended = await api.call('expireTemplate', { id, body: { version: 1 } });
    expect(ended.template.texts.en).toMatchObject({
      state: 'expired',
      versions: [{ validUntil: expect.stringMatching(/^2026-11-20T/) }],
    });
    const stale = { ...cell, texts: { en: { ...wording, version: 7 } } };
    const conflict = await api.send('POST', '/templates/versions', stale);
    expect([conflict.status, conflict.body.error.details.theirs.texts.en]).toEqual([
      409,
      { ...wording, workaround: '', version: 1 },
    ]);
    const { files } = await api.call('exportTemplates');
    expect(files.map((file: { path: string }) => file.path)).toContain('api/identified.en.md');
    expect(await api.call('importTemplates', { body: { files } })).toEqual({
      added: 0,
      unchanged: files.length,
    });
  });

  test('free text is listed and reviewed', async () => {
    const csup = apiOf(server, await server.token(['csup']));
    const { incident } = await csup.call('openIncident', { body: { category: 'dns', ...message } });
    const update = incident.updates[0].id;
    const { updates } = await api.call('listFreeText');
    expect(updates.find((one: { update: string }) => one.update === update)).toMatchObject({
      incident: incident.id,
      phase: 'investigating',
      texts: { en: { title: 'Look-ups fail' } },
    });
    await api.call('reviewFreeText', { id: update });
    const left = (await api.call('listFreeText')).updates.map((one: { update: string }) => one.update);
    expect(left).not.toContain(update);
  });

  test('a maintenance that starts and completes itself, or no longer', async () => {
    const [scheduledFor, scheduledUntil] = ['2026-12-24T02:00:00Z', '2026-12-24T03:00:00Z'];
    const words = { en: { title: 'New routers', body: 'We replace two routers.' } };
    const planned = { category: 'api', phase: 'scheduled', scheduledFor, scheduledUntil, texts: words };
    const work = (await api.call('openIncident', { body: planned })).incident;
    const switched = await api.call('switchAutomatic', { id: work.id, body: { isAutomatic: true } });
    expect(switched.incident).toMatchObject({
      isAutomatic: true,
      planned: [{ phase: 'in_progress' }, { phase: 'completed' }],
    });
    await api.call('postUpdate', { id: work.id, body: { phase: 'cancelled', texts: words } });
  });

  test('a held update is undone or published at once; a correction is no update', async () => {
    const body = { category: 'dns', ...message, holdSeconds: 30 };
    const { incident } = await api.call('openIncident', { body });
    expect(incident.updates).toMatchObject([{ isHeld: true }]);
    const undone = await api.call('undoUpdate', { id: incident.updates[0].id });
    expect(undone.incident).toMatchObject({ id: incident.id, phase: null, publishedAt: null, updates: [] });
    const again = await api.call('postUpdate', { id: incident.id, body: { ...message, holdSeconds: 30 } });
    const published = await api.call('publishNow', { id: again.update.id });
    expect(published.update).toMatchObject({ id: again.update.id, isHeld: false });
    for (const [method, path] of [
      ['DELETE', ''],
      ['POST', '/publication'],
    ]) {
      const late = await api.send(method ?? '', `/updates/${again.update.id}${path}`, {});
      expect([late.status, late.body.error.code]).toEqual([409, 'conflict']);
      expect(late.body.error.message).toBe('This is already published. Write a correction instead.');
    }
    const wrong = await api.send('POST', `/incidents/${incident.id}/updates`, { occasion: 'correction' });
    expect([wrong.status, JSON.stringify(wrong.body)]).toEqual([
      422,
      expect.stringContaining('PATCH /api/v1/updates'),
    ]);
  });

  test('drafts of one’s own', async () => {
    const { incidents } = await api.call('listIncidents', { query: '?limit=1' });
    const { id, category } = incidents[0];
    const body = { occasion: 'identified', values: { 'slots.action': ['own'] } };
    const draft = { ...body, subject: `incident:${id}`, updatedAt: server.clock.now.toISOString() };
    expect(await api.call('readIncidentDraft', { id })).toEqual({ draft: null });
    expect(await api.call('saveIncidentDraft', { id, body })).toEqual({ draft });
    expect(await api.call('readIncidentDraft', { id })).toEqual({ draft });
    await api.call('saveCategoryDraft', { id: category.id, body });
    expect((await api.call('readCategoryDraft', { id: category.id })).draft).toMatchObject(body);
    expect((await api.call('listDrafts')).drafts).toHaveLength(2);
    const other = apiOf(server, await server.token(['csup', 'security']));
    expect(await other.call('listDrafts')).toEqual({ drafts: [] });
    expect(await other.call('readIncidentDraft', { id })).toEqual({ draft: null });
    await api.call('discardIncidentDraft', { id });
    await api.call('discardCategoryDraft', { id: category.id });
    expect(await api.call('listDrafts')).toEqual({ drafts: [] });
  });

  test('an incident that is not public: recorded, labelled, kept so with a reason', async () => {
    const { incident } = await api.call('logIncident', {
      body: { category: 'dns', internalTitle: 'Look-ups are slow', affectsCustomers: false },
    });
    expect(incident).toMatchObject({
      phase: null,
      title: {},
      internalTitle: 'Look-ups are slow',
      updates: [],
    });
    const { id } = incident;
    await api.call('setAffectsCustomers', { id, body: { affectsCustomers: true } });
    await api.call('labelIncident', { id, body: { labels: ['resolver'] } });
    const { incidents } = await api.call('listNotPublic');
    expect(incidents).toMatchObject([
      { incident: { id, labels: ['resolver'] }, ageMinutes: 0, isUrgent: false },
    ]);
    const kept = await api.call('giveReason', { id, body: { reason: 'A test alarm' } });
    expect(kept.incident.notPublicReason).toBe('A test alarm');
    expect((await api.call('listNotPublic')).incidents).toEqual([]);
    expect((await api.call('revokeReason', { id })).incident.notPublicReason).toBeNull();
    expect((await apiOf(server).send('GET', `/incidents/${id}`)).status).toBe(404);
    expect((await apiOf(server).send('GET', '/not-public')).status).toBe(401);
  });

  test('the restricted lane from recording to release', async () => {
    const person = await server.addPerson('sre');
    const { incident } = await api.call('logIncident', {
      body: { category: 'dns', internalTitle: 'Canary' },
    });
    const { id } = incident;
    expect((await api.call('restrictIncident', { id })).incident.isRestricted).toBe(true);
    const named = await secret.call('nameReaders', { id, body: { readers: [person.id] } });
    expect(named.restriction.readers).toEqual([{ id: person.id, name: person.name }]);
    expect((await api.send('GET', `/incidents/${id}`)).status).toBe(404);
    expect((await api.send('GET', `/incidents/${id}/restriction`)).status).toBe(404);
    const { update } = await secret.call('postUpdate', { id, body: message });
    await secret.call('withdrawUpdate', { id: update.id, body: { reason: 'Too early' } });
    await secret.call('postUpdate', { id, body: message });
    const refused = await secret.send('POST', `/incidents/${id}/release`, { version: 1 });
    expect([refused.status, refused.body.error.code]).toEqual([409, 'conflict']);
    const { restriction } = await secret.call('handOverIncident', { id, body: { toWhom: 'Lena' } });
    expect(restriction.handOvers).toMatchObject([{ toWhom: 'Lena', at: server.clock.now.toISOString() }]);
    const { version } = (await secret.call('readIncident', { id })).incident;
    const released = await secret.call('releaseIncident', {
      id,
      headers: { 'if-match': `"${version}"` },
      body: { standInReason: 'CSUP is at another incident.' },
    });
    const { standIns } = await api.call('listStandIns');
    expect(standIns).toMatchObject([{ incidentId: id, updateId: null, act: 'release' }]);
    expect(released.incident).toMatchObject({ releasedAt: server.clock.now.toISOString() });
    expect((await apiOf(server).send('GET', `/incidents/${id}`)).status).toBe(200);
    expect((await secret.call('readRestriction', { id })).restriction.releasedAt).not.toBeNull();
    const other = await api.send('POST', `/incidents/${id}/updates`, message);
    expect([other.status, other.body.error.message]).toEqual([403, expect.stringContaining('security')]);
  });

  test('the roster, and handing over', async () => {
    const person = await server.addPerson('csup');
    const hours = (count: number): string =>
      new Date(server.clock.now.getTime() + count * 3_600_000).toISOString();
    const { people } = await api.call('listPeople');
    expect(people).toContainEqual({ id: person.id, name: person.name, roles: ['csup'] });
    const body = { userId: person.id, startsAt: hours(1), endsAt: hours(9) };
    const { id, roster } = await api.call('addShift', { body });
    expect(roster).toMatchObject({ now: [], next: [{ id, user: { id: person.id, name: person.name } }] });
    const changed = await api.call('changeShift', { id, body: { startsAt: hours(0) } });
    expect(changed.roster.now).toMatchObject([{ id }]);
    expect(changed.roster.gaps).toHaveLength(1);
    const asked = await api.send('POST', '/incidents', { category: 'dns', ...message });
    expect([asked.status, asked.body.error.fields[0].path]).toEqual([422, 'offDutyReason']);
    await api.call('removeShift', { id });
    expect((await api.call('readRoster')).roster.shifts).toEqual([]);

    const taker = apiOf(server, await server.token(person));
    const { handOver } = await api.call('offerHandOver', { body: { toId: person.id, note: 'Quiet' } });
    expect((await taker.call('listHandOvers')).handOvers).toEqual([handOver]);
    expect((await api.send('POST', `/roster/hand-overs/${handOver.id}/acceptance`)).status).toBe(404);
    const accepted = await taker.call('acceptHandOver', { id: handOver.id });
    expect(accepted.handOver.acceptedAt).toBe(server.clock.now.toISOString());
    for (const operation of taker.called) api.called.add(operation);
  });

  test('reports from owed to published, problems, actions and meetings (R-076 … R-090)', async () => {
    for (const operation of await callReportOperations(server)) api.called.add(operation);
  });

  test('every operation of the table was called and fits its schema', async () => {
    await api.call('describe');
    const called = new Set([...api.called, ...secret.called]);
    expect(operations.map(({ id }) => id).filter((id) => !called.has(id))).toEqual([]);
  });
}
