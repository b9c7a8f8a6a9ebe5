import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../../src/http/api/operations.ts';
import { type Api, apiOf, type Json } from '../support/api.ts';
import { publishedByApi, reportTeam, resolvedByApi } from '../support/report-calls.ts';
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts';

let server: TestServer;
let world: Api;
let team: Api;
let author: TestPerson;
beforeAll(async () => {
  server = await startTestServer();
  author = await server.addPerson('csup', 'sre', 'manager', 'admin');
  world = apiOf(server);
  team = apiOf(server, await server.token(author));
});
afterAll(() => server?.stop());

const message = {
  phase: 'investigating',
  texts: { en: { title: 'Look-ups fail', body: 'Some look-ups fail.' } },
};

/** Every key that occurs anywhere in it. */
const keysOf = (value: Json): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)])
    : [];

/** All that the world can read of the API. */
async function readWorld(): Promise<Json[]> {
  const { incidents } = await world.call('listIncidents');
  const single = await Promise.all(
    incidents.map(({ id }: { id: string }) => world.call('readIncident', { id })),
  );
  const rest = ['readStatus', 'listCategories', 'listComponents'].map((id) => world.call(id));
  return [{ incidents }, ...single, ...(await Promise.all(rest))];
}

describe('without a token', () => {
  test('nobody learns a priority, a version or a person', async () => {
    const { incident } = await team.call('openIncident', { body: { category: 'dns', ...message } });
    await team.call('classifyIncident', { id: incident.id, body: { priority: 'P0', reason: 'Everybody.' } });
    const seen = await readWorld();
    expect(JSON.stringify(seen)).toContain('Look-ups fail');
    const forbidden =
      /priority|reviewed|version|restricted|isHeld|createdBy|owner|reader|email|user|author|actor|runbook|ticket|weight|tier/i;
    expect(seen.flatMap(keysOf).filter((key) => forbidden.test(key))).toEqual([]);
    for (const secret of [author.name, author.email, author.id, 'P0'])
      expect(JSON.stringify(seen)).not.toContain(secret);
  });

  test('a held update is public when its instant comes, not before', async () => {
    const { incident } = await team.call('openIncident', {
      body: { category: 'dns', ...message, holdSeconds: 60 },
    });
    expect(incident.updates[0].isHeld).toBe(true);
    expect((await world.send('GET', `/incidents/${incident.id}`)).status).toBe(404);
    expect(JSON.stringify(await readWorld())).not.toContain(incident.id);
    const before = await world.call('readStatus');
    server.clock.forward(1);
    expect(await world.call('readIncident', { id: incident.id })).toMatchObject({
      incident: { phase: 'investigating' },
    });
    const after = await world.call('readStatus');
    expect(after.openIncidents.length).toBe(before.openIncidents.length + 1);
    expect(after.changedAt).toBe(server.clock.now.toISOString());
  });

  test('a restricted incident does not exist, for the world and for who may not see it', async () => {
    const guards = apiOf(server, await server.token(['security', 'manager']));
    const { categories } = await guards.call('listCategories');
    const slug = categories.find(({ isRestricted }: { isRestricted: boolean }) => isRestricted).slug;
    const { incident } = await guards.call('openIncident', {
      body: {
        category: slug,
        phase: 'investigating',
        texts: { en: { title: 'Zebra', body: 'A zebra got in.' } },
      },
    });
    expect(incident).toMatchObject({ isRestricted: true, number: null });
    expect((await guards.call('listIncidents')).incidents[0].id).toBe(incident.id);
    for (const other of [world, team]) {
      expect((await other.send('GET', `/incidents/${incident.id}`)).status).toBe(404);
      expect(JSON.stringify((await other.send('GET', '/incidents')).body)).not.toContain(incident.id);
      expect(JSON.stringify((await other.send('GET', '/categories')).body)).not.toContain(slug);
    }
    expect((await team.send('GET', `/incidents?before=${incident.id}`)).body.error.fields[0].path).toBe(
      'before',
    );
    const update = { phase: 'identified', texts: { en: { body: 'It was a zebra.' } } };
    expect((await team.send('POST', `/incidents/${incident.id}/updates`, update)).status).toBe(404);
    expect(
      (await team.send('PATCH', `/updates/${incident.updates[0].id}`, { texts: update.texts })).status,
    ).toBe(404);
    expect(
      (await team.send('POST', '/incidents', { ...message, category: slug })).body.error.fields[0].path,
    ).toBe('category');
    expect(JSON.stringify(await team.call('listAudit'))).not.toContain(incident.id);
    expect(JSON.stringify(await guards.call('listAudit'))).toContain(incident.id);
    expect(JSON.stringify(await readWorld())).not.toMatch(/zebra/i);
  });

  test('of reports, only those published for everybody are seen, without a person (R-085, R-125)', async () => {
    const people = await reportTeam(server);
    const { report, incident } = await publishedByApi(server, people);
    const owed = await resolvedByApi(server, people);
    const { id: begun } = (
      await people.engineer.call('saveReport', {
        id: owed,
        body: { title: { en: 'Zebra draft' }, sections: { why: { en: { internal: 'Zebra inside' } } } },
      })
    ).report;
    const { reports } = await world.call('listReports');
    expect(reports.map(({ id }: { id: string }) => id)).toEqual([report]);
    const single = await world.call('readReport', { id: report });
    expect(single.report).toEqual(reports[0]);
    for (const hidden of [begun, owed])
      expect((await world.send('GET', `/reports/${hidden}`)).status).toBe(404);
    const seen = JSON.stringify([reports, single, await world.call('readIncident', { id: incident })]);
    expect(seen).not.toMatch(/zebra/i);
    for (const { id, name, email } of Object.values(people.people))
      for (const secret of [id, name, email]) expect(seen).not.toContain(secret);
    for (const path of ['/problems', '/meetings', `/incidents/${incident}/log`])
      expect([path, (await world.send('GET', path)).status]).toEqual([path, 401]);
  });

  test('every operation asks for a token, unless it is a public read', async () => {
    for (const { method, path, publicRead } of operations) {
      const answer = await world.send(
        method,
        path.replace('{id}', 'bbbbbbbbbbbb'),
        method === 'GET' ? undefined : {},
      );
      if (publicRead) expect([200, 404]).toContain(answer.status);
      else
        expect([path, answer.status, answer.headers.get('www-authenticate')]).toEqual([
          path,
          401,
          'Bearer realm="Klartext"',
        ]);
    }
  });

  test('reads are open to every origin, with a token to none', async () => {
    const open = async (api: Api, path: string) =>
      (await api.send('GET', path)).headers.get('access-control-allow-origin');
    expect([await open(world, '/status'), await open(world, '/incidents/bbbbbbbbbbbb')]).toEqual(['*', '*']);
    expect([await open(team, '/status'), await open(team, '/incidents/bbbbbbbbbbbb')]).toEqual([null, null]);
  });

  test('a cookie says nothing', async () => {
    const cookie = await server.cookie(author);
    const headers = { cookie, origin: server.publicUrl };
    expect((await world.send('GET', '/settings', undefined, headers)).status).toBe(401);
    expect((await world.send('POST', '/incidents', { category: 'dns', ...message }, headers)).status).toBe(
      401,
    );
    expect(
      (
        await world.send(
          'POST',
          '/incidents',
          { category: 'dns', ...message },
          { cookie, origin: 'https://evil.example' },
        )
      ).status,
    ).toBe(403);
  });
});
