import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rowCounts } from '../support/api.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let token: string;
let cookie: string;
beforeAll(async () => {
  server = await startTestServer();
  token = await server.token(['csup', 'manager', 'admin']);
  cookie = await server.cookie(['csup', 'manager', 'admin']);
});
afterAll(() => server?.stop());

describe('a write that carries a cookie', () => {
  const types = [
    'application/json',
    'application/x-www-form-urlencoded',
    'application/x-www-form-urlencoded; x',
    'text/plain',
    'multipart/form-data; boundary=x',
    'image/png',
    '',
  ];
  const foreign: [string, Record<string, string>][] = [
    ['another site', { origin: 'https://evil.example' }],
    ['a subdomain', { origin: 'https://x.status.example.com' }],
    ['the same host without TLS', { origin: 'http://status.example.com' }],
    ['a name that begins alike', { origin: 'https://status.example.com.evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['nowhere', {}],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
    ['a same-site fetch', { origin: 'https://status.example.com', 'sec-fetch-site': 'same-site' }],
  ];
  test.each(foreign)('from %s is refused whatever its type', async (_what, headers) => {
    const before = await rowCounts(server);
    for (const type of types) {
      for (const [method, path] of [
        ['POST', '/admin?_action=incidents.open'],
        ['POST', '/admin/sign-in?_action=sessions.signOut'],
        ['POST', '/api/v1/incidents'],
        ['DELETE', '/api/v1/tokens/bbbbbbbbbbbb'],
      ] as const) {
        const answer = await server.fetch(path, {
          method,
          headers: { cookie, 'content-type': type, ...headers },
          body: new Uint8Array(Buffer.from('category=dns')),
        });
        expect([type, path, answer.status]).toEqual([type, path, 403]);
      }
    }
    expect(await rowCounts(server)).toEqual(before);
  });

  test('from our own page is let through', async () => {
    const answer = await server.fetch('/admin/sign-in?_action=sessions.signOut', {
      method: 'POST',
      headers: {
        cookie: await server.cookie(['csup']),
        origin: server.publicUrl,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'x=1',
    });
    expect(answer.status).toBe(303);
  });

  test('a bearer token needs no origin', async () => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      origin: 'https://script.example',
    };
    expect(
      (await server.fetch('/api/v1/groups', { method: 'POST', headers, body: '{"name":"Team A"}' })).status,
    ).toBe(201);
  });
});
