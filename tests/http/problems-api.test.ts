/** Problems, plans and meetings through the API: what the screens can do, with the same refusals. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportSections } from '../../db/words.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { apiOf } from '../support/api.ts';
import { publishedOn } from '../support/reports-on-server.ts';
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts';

let server: TestServer;
const people = {} as Record<'csup' | 'engineer' | 'manager', TestPerson>;
const tokens = {} as Record<'csup' | 'engineer' | 'manager', string>;

beforeAll(async () => {
  server = await startTestServer();
  people.csup = await server.addPerson('csup');
  people.engineer = await server.addPerson('engineer', 'sre');
  people.manager = await server.addPerson('manager');
  for (const role of ['csup', 'engineer', 'manager'] as const)
    tokens[role] = await server.token(people[role]);
});
afterAll(() => server?.stop());

const texts = { en: { title: 'Names do not resolve', body: 'Some look-ups fail; we look for the cause.' } };

test('R-091: a series is proposed and becomes a problem; without permission, and twice, it is refused', async () => {
  const incidents: string[] = [];
  for (let count = 0; count < 3; count += 1)
    incidents.push(
      (await openIncident(server.context(), { category: 'dns', phase: 'investigating', texts })).id,
    );
  const api = apiOf(server, tokens.engineer);
  const { proposals } = await api.call('listProposals');
  expect(proposals).toMatchObject([
    { category: { slug: 'dns' }, component: null, incidents: expect.arrayContaining(incidents) },
  ]);
  expect((await apiOf(server, tokens.csup).send('POST', '/problems', { incidents })).status).toBe(403);
  const { problem } = await api.call('openProblem', { body: { incidents, title: 'Look-ups' } });
  expect(problem).toMatchObject({
    title: 'Look-ups',
    incidents: expect.arrayContaining(incidents),
    items: [],
  });
  expect((await api.call('listProblems')).problems).toMatchObject([
    { id: problem.id, isSeries: false, repeats: 0 },
  ]);
  const again = await api.send('POST', '/problems', { incidents });
  expect([again.status, again.body.error.fields[0].path]).toEqual([
    422,
    expect.stringMatching(/^incidents\.[012]$/),
  ]);
  expect((await apiOf(server).send('GET', '/problems')).status).toBe(401);
});

test('R-090, R-095, R-101: a meeting is planned and recorded with new actions; its agenda is Markdown', async () => {
  const { meeting: id, problem } = await publishedOn(server, people);
  const api = apiOf(server, tokens.manager);
  const heldAt = new Date(server.clock.now.getTime() - 5 * 60_000).toISOString();
  const { meeting } = await api.call('planMeeting', {
    id,
    body: { lead: people.manager.id, plannedFor: heldAt, invited: [people.engineer.id] },
  });
  expect(meeting.agenda.en).toMatch(/^# Post-mortem: API calls failed\n/);
  expect(meeting.agenda.de).toMatch(/^# Nachbesprechung: API-Anfragen schlugen fehl\n/);
  const record = {
    heldAt,
    attended: [people.manager.id, people.engineer.id],
    outcomes: Object.fromEntries(reportSections.map((section) => [section, 'agreed'])),
    sharing: ['training'],
    items: [
      {
        action: { en: 'Rehearse it' },
        aim: 'prevents_return',
        owner: people.engineer.id,
        dueOn: '2026-12-24',
      },
    ],
  };
  const [item] = record.items;
  const undated = await api.send('POST', `/meetings/${id}/record`, {
    ...record,
    items: [{ ...item, dueOn: undefined }],
  });
  expect([undated.status, undated.body.error.fields[0].path]).toEqual([422, 'items.0.dueOn']);
  await api.call('recordMeeting', { id, body: record });
  expect((await api.call('listMeetings')).meetings).toMatchObject([{ id, sharing: ['training'] }]);
  const { items } = await apiOf(server, tokens.csup).call('listItems');
  expect(items).toMatchObject([
    { problem, action: { en: 'Check certificates before rotation' }, isPublic: true, state: 'open' },
    { problem, action: { en: 'Rehearse it' }, isPublic: false, isOverdue: false, owner: people.engineer.id },
  ]);
});
