import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, apiOf, rowCounts } from '../support/api.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let api: Api;
beforeAll(async () => {
  server = await startTestServer();
  api = apiOf(server, await server.token(['csup', 'sre', 'manager', 'admin']));
});
afterAll(() => server?.stop());

const message = {
  category: 'dns',
  phase: 'investigating',
  texts: { en: { title: 'Look-ups fail', body: 'Some look-ups fail.' } },
};
const count = async () => (await rowCounts(server)).incidents;

test('the same request under the same Idempotency-Key acts once, and another one is refused', async () => {
  const before = (await count()) ?? 0;
  const headers = { 'idempotency-key': 'open-1' };
  const [first, ...repeats] = await Promise.all(
    [1, 2, 3].map(() => api.send('POST', '/incidents', message, headers)),
  );
  for (const repeat of repeats) {
    expect([repeat.status, repeat.body]).toEqual([first?.status, first?.body]);
    expect(repeat.headers.get('location')).toBe(first?.headers.get('location'));
  }
  expect(first?.status).toBe(201);
  expect(await count()).toBe(before + 1);
  const other = await api.send('POST', '/incidents', { ...message, impact: 'major' }, headers);
  const used = 'This Idempotency-Key was used with another request. Use a new key.';
  expect([other.status, other.body.error.message]).toEqual([422, used]);
  expect(other.body.error.fields).toEqual([{ path: 'Idempotency-Key', message: used }]);
  expect(
    (await api.send('POST', `/incidents/${first?.body.incident.id}/updates`, message, headers)).status,
  ).toBe(422);
  expect(await count()).toBe(before + 1);
  const somebody = apiOf(server, await server.token(['csup']));
  expect((await somebody.send('POST', '/incidents', message, headers)).status).toBe(201);
});

test('a refused request leaves its Idempotency-Key free, and a malformed key is refused', async () => {
  const headers = { 'idempotency-key': 'k'.repeat(200) };
  expect((await api.send('POST', '/incidents', { ...message, category: 'nope' }, headers)).status).toBe(422);
  expect((await api.send('POST', '/incidents', message, headers)).status).toBe(201);
  for (const key of ['', 'k'.repeat(201), 'a b', 'ü']) {
    const answer = await api.send('POST', '/incidents', message, { 'idempotency-key': key });
    expect([key, answer.status, answer.body.error.fields[0].path]).toEqual([key, 422, 'Idempotency-Key']);
  }
});

test('a secret is told once and stored nowhere, also under an Idempotency-Key', async () => {
  const headers = { 'idempotency-key': 'secret' };
  const token = { name: 'Script', roles: ['csup'] };
  const first = await api.send('POST', '/tokens', token, headers);
  expect(first.body.secret).toMatch(/^klx_/);
  expect((await api.send('POST', '/tokens', token, headers)).body).toEqual({ ...first.body, secret: null });
  const user = { email: 'lou@example.com', name: 'Lou', roles: ['csup'], password: 'nine careful herons' };
  expect((await api.send('POST', '/users', user, { 'idempotency-key': 'user' })).status).toBe(201);
  const kept = JSON.stringify(
    await server.app.store.read.select().from(server.app.store.tables.idempotencyKeys),
  );
  expect(kept).not.toContain(first.body.secret);
  expect(
    (
      await api.send(
        'POST',
        '/users',
        { ...user, password: 'other careful herons' },
        { 'idempotency-key': 'user' },
      )
    ).status,
  ).toBe(201);
});

test('If-Match of an older version is a conflict that shows both texts and writes nothing', async () => {
  const { incident } = await api.call('openIncident', { body: message });
  const path = `/incidents/${incident.id}/updates`;
  server.clock.forward(1);
  const mine = { phase: 'identified', texts: { en: { body: 'A wrong entry is the cause.' } } };
  expect((await api.send('POST', path, mine, { 'if-match': `"${incident.version}"` })).status).toBe(201);
  const before = await rowCounts(server);
  const late = { phase: 'monitoring', texts: { en: { body: 'We watch it.' } } };
  for (const header of [`"${incident.version}"`, `${incident.version}`]) {
    const answer = await api.send('POST', path, late, { 'if-match': header });
    expect([answer.status, answer.body.error.code]).toEqual([409, 'conflict']);
    expect(answer.body.error.details).toMatchObject({
      version: incident.version + 1,
      theirs: { phase: 'identified', texts: { en: { body: 'A wrong entry is the cause.' } } },
      yours: late.texts,
    });
  }
  for (const [header, body, path2] of [
    ['W/"3"', late, 'If-Match'],
    ['*', late, 'If-Match'],
    ['"3', late, 'If-Match'],
    ['0', late, 'If-Match'],
    ['3', { ...late, version: 4 }, 'version'],
  ] as const) {
    const answer = await api.send('POST', path, body, { 'if-match': header });
    expect([header, answer.status, answer.body.error.fields[0].path]).toEqual([header, 422, path2]);
  }
  expect((await api.send('POST', '/incidents', message, { 'if-match': '1' })).body.error.fields[0].path).toBe(
    'If-Match',
  );
  expect(await rowCounts(server)).toEqual(before);
});
