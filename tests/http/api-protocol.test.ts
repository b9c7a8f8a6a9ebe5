import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, apiOf, rowCounts } from '../support/api.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let api: Api;
let world: Api;
beforeAll(async () => {
  server = await startTestServer();
  world = apiOf(server);
  api = apiOf(server, await server.token(['csup', 'sre', 'manager', 'admin']));
});
afterAll(() => server?.stop());

const message = {
  category: 'dns',
  phase: 'investigating',
  texts: { en: { title: 'Look-ups fail', body: 'Some look-ups fail.' } },
};
const count = async () => (await rowCounts(server)).incidents;

test('an unknown address is 404, a known one asked wrongly 405 with what it answers', async () => {
  for (const path of [
    '',
    '/',
    '/nope',
    '/incidents/UPPERCASE123',
    '/incidents/bbbbbbbbbbbb/nope',
    '/status/more',
    '/categories/{id}',
  ]) {
    for (const method of ['GET', 'POST']) {
      const answer = await api.send(method, path, method === 'GET' ? undefined : {});
      expect([path, answer.status, answer.body.error.code]).toEqual([path, 404, 'not_found']);
    }
  }
  const allowed = async (method: string, path: string) => {
    const { status, headers } = await api.send(method, path, {});
    return [status, headers.get('allow')];
  };
  expect(await allowed('DELETE', '/incidents')).toEqual([405, 'GET, POST, HEAD']);
  expect(await allowed('POST', '/status')).toEqual([405, 'GET, HEAD']);
  expect(await allowed('PUT', '/updates/bbbbbbbbbbbb')).toEqual([405, 'PATCH, DELETE']);
});

test('a trailing slash and HEAD answer like the address itself', async () => {
  expect((await api.send('GET', '/settings/')).body).toEqual((await api.send('GET', '/settings')).body);
  const head = await api.send('HEAD', '/settings');
  expect([head.status, head.body]).toEqual([200, null]);
});

test('public reads are kept bytes with an ETag', async () => {
  const first = await world.send('GET', '/status');
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^"/);
  expect((await server.fetch('/api/v1/status', { headers: { 'if-none-match': etag } })).status).toBe(304);
  await api.call('openIncident', { body: message });
  expect((await server.fetch('/api/v1/status', { headers: { 'if-none-match': etag } })).status).toBe(200);
});

test('a query holds known parameters, each once', async () => {
  for (const [query, path] of [
    ['?limit=0', 'limit'],
    ['?limit=101', 'limit'],
    ['?limit=ten', 'limit'],
    ['?limit=1&limit=2', 'limit'],
    ['?before=%00', 'before'],
    ['?before=bbbbbbbbbbbb', 'before'],
    ['?phase=resolved', 'phase'],
    ['?__proto__=1', '__proto__'],
  ] as const) {
    const answer = await api.send('GET', `/incidents${query}`);
    expect([query, answer.status, answer.body.error.fields[0].path]).toEqual([query, 422, path]);
  }
});

test('a body is JSON in UTF-8 of at most 100 kB', async () => {
  const before = await count();
  const refused = async (body: unknown, headers?: Record<string, string>) => {
    const answer = await api.send('POST', '/incidents', body, headers);
    return [answer.status, answer.body.error.message];
  };
  const raw = JSON.stringify(message);
  expect(await refused(raw, { 'content-type': 'text/plain' })).toEqual([
    415,
    'Send JSON with the content type application/json.',
  ]);
  expect((await refused(raw, { 'content-type': 'application/json; charset=latin1' }))[0]).toBe(415);
  expect((await refused(raw, { 'content-type': 'application/x-www-form-urlencoded' }))[0]).toBe(415);
  expect((await refused(raw, { 'content-encoding': 'gzip' }))[0]).toBe(415);
  expect(await refused(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]))).toEqual([
    400,
    'The body is not valid UTF-8.',
  ]);
  expect(await refused(Buffer.from(raw, 'utf16le'))).toEqual([400, 'The body is not valid JSON.']);
  expect(await refused(raw.slice(0, -1))).toEqual([400, 'The body is not valid JSON.']);
  expect(await refused('{"a":NaN}')).toEqual([400, 'The body is not valid JSON.']);
  for (const body of ['[]', 'null', '"x"', '1']) expect((await refused(body))[0]).toBe(422);
  expect(await refused({ ...message, kind: 'x'.repeat(100_000) })).toEqual([
    413,
    'This is too large: at most 100 kB.',
  ]);
  expect(await count()).toBe(before);
  expect(
    (await api.send('POST', '/incidents', raw, { 'content-type': 'application/json; charset=UTF-8' })).status,
  ).toBe(201);
  expect((await api.send('POST', '/incidents', '')).body.error.fields[0].path).toBe('category');
});

test('keys of the prototype and deep nesting are refused, and leave the process as it was', async () => {
  const before = await count();
  for (const [body, path] of [
    ['{"__proto__":{"isAdmin":true}}', '__proto__'],
    ['{"components":{"__proto__":"operational"}}', 'components.__proto__'],
    ['{"texts":{"constructor":{"prototype":{"isAdmin":true}}}}', 'texts.constructor'],
  ] as const) {
    const answer = await api.send('POST', '/incidents', body);
    expect([answer.status, answer.body.error.fields[0].path]).toEqual([422, path]);
  }
  const deep = `{"texts":${'['.repeat(40_000)}${']'.repeat(40_000)}}`;
  expect((await api.send('POST', '/incidents', deep, { 'idempotency-key': 'deep' })).status).toBe(400);
  const wide = JSON.stringify({
    ...message,
    components: Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [at, 'operational'])),
  });
  expect((await api.send('POST', '/incidents', wide)).status).toBe(422);
  expect(Object.hasOwn(Object.prototype, 'isAdmin')).toBe(false);
  expect(await count()).toBe(before);
});

test('what fails inside is told to the log with the request id, and to nobody else', async () => {
  const { render } = server.app.safeHtml;
  const before = await rowCounts(server);
  server.app.safeHtml.render = () => Promise.reject(new Error('zebra in /srv/secret'));
  const answer = await api.send('POST', '/incidents', message, { 'idempotency-key': 'broken' });
  server.app.safeHtml.render = () =>
    Promise.reject(Object.assign(new Error('zebra'), { code: 'unavailable' }));
  const full = await api.send('POST', '/incidents', message);
  server.app.safeHtml.render = render;
  expect([answer.status, answer.body.error.code]).toEqual([500, 'internal']);
  expect([full.status, full.body.error.code]).toEqual([503, 'unavailable']);
  expect(JSON.stringify([answer.body, full.body])).not.toMatch(/zebra|srv/);
  const id = answer.headers.get('x-request-id') ?? 'none';
  expect(server.log.find((line) => line.includes('zebra in /srv/secret'))).toContain(id);
  expect(await rowCounts(server)).toEqual(before);
  expect((await api.send('POST', '/incidents', message, { 'idempotency-key': 'broken' })).status).toBe(201);
});

test('every answer has the headers of the security floor', async () => {
  for (const answer of [
    await api.send('GET', '/settings'),
    await api.send('GET', '/nope'),
    await world.send('GET', '/settings'),
  ]) {
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'strict-transport-security': expect.any(String),
      'x-request-id': expect.any(String),
    });
  }
});
