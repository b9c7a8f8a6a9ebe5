import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { straighten } from '../../src/server.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let token: string;
beforeAll(async () => {
  server = await startTestServer();
  token = await server.token(['csup', 'manager', 'admin']);
});
afterAll(() => server?.stop());

/** Sends bytes as they are and resolves with all that comes back until the server closes. */
function raw(bytes: string, patience = 3_000): Promise<{ status: number; text: string; ms: number }> {
  const started = performance.now();
  return new Promise((done) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () =>
      socket.write(Buffer.from(bytes, 'latin1')),
    );
    const chunks: Buffer[] = [];
    socket.setTimeout(patience, () => socket.destroy());
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString('latin1');
      done({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0),
        text,
        ms: performance.now() - started,
      });
    });
  });
}
const get = (target: string, ...headers: string[]) =>
  raw(
    [`GET ${target} HTTP/1.1`, 'Host: status.example.com', 'Connection: close', ...headers, '', ''].join(
      '\r\n',
    ),
  );

test.each([
  '//evil.example/',
  '/\\evil.example',
  '/%5cevil.example',
  '/%2f%2fevil.example',
  '/%00',
  '/%',
  '/%zz',
  '/%c3%28',
  '/%ff%fe',
  '/..',
  '/../../etc/passwd',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/_astro/../../server/entry.mjs',
  '/%2561dmin',
  'http://evil.example/',
  '*',
  '/a b',
  '/\u00e4',
])('the malformed address %s is refused with 400', async (target) => {
  const { status, text } = await get(target);
  expect([status, /^location:/im.test(text)]).toEqual([400, false]);
});

test.each(['/%61dmin', '/admin/', '/ADMIN', '/admin/%75sers', '/de/admin', '/admin;x', '/index.html/admin'])(
  'no spelling of %s opens the admin area to strangers',
  async (target) => {
    const { status, text } = await get(target);
    expect([401, 404]).toContain(status);
    expect(text).not.toMatch(/example\.com<|Robin/);
  },
);

test.each([
  '/_image',
  '/_image?href=http://127.0.0.1/',
  '/_server-islands/x',
  '/_server-islands',
  '/_actions/sessions.signIn',
  '/_actions/x',
  '/server/entry.mjs',
  '/client/',
  '/.git/config',
  '/package.json',
])('nothing is at %s', async (path) => {
  for (const method of ['GET', 'POST']) {
    const body =
      method === 'POST'
        ? { body: '{"a":[[[]]]}', headers: { 'content-type': 'application/json', origin: server.publicUrl } }
        : {};
    expect([method, (await server.fetch(path, { method, ...body })).status]).toEqual([method, 404]);
  }
});

describe('headers and methods of all kinds never make it fail', () => {
  const strange: [string, string[]][] = [
    ['__proto__', ['__proto__: x']],
    ['constructor', ['constructor: x', 'hasOwnProperty: x', 'toString: x']],
    ['a huge cookie', [`Cookie: session=${'x'.repeat(8_000)}`]],
    ['a cookie of __proto__', ['Cookie: __proto__=1; __Host-session=__proto__']],
    ['a malformed cookie', ['Cookie: =;;==%%%; session=%E0%A4%A']],
    ['a malformed accept-encoding', ['Accept-Encoding: br;q=,,;;=, gzip;q=abc']],
    ['malformed dates', ['If-Modified-Since: yesterday', 'If-None-Match: W/"a", *, "']],
    ['a malformed range', ['Range: bytes=-1-,x']],
    ['bytes beyond ASCII', ['X-Name: \u00ff\u00fe', 'User-Agent: \u00e4']],
    ['a strange authorization', ['Authorization: Bearer \u00ff']],
    [
      'a strange host',
      ['X-Forwarded-Host: a:b:c', 'X-Forwarded-Proto: javascript', 'X-Forwarded-Port: 99999999'],
    ],
    ['an expectation', ['Expect: 200-ok']],
    ['an upgrade', ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Key: x']],
  ];
  test.each(strange)('%s', async (_what, headers) => {
    for (const path of ['/', '/api/v1/status', '/api/v1/settings', '/admin', '/favicon.svg', '/nope']) {
      const { status } = await get(path, ...headers);
      expect([path, status >= 200 && status < 500]).toEqual([path, true]);
    }
  });

  test.each(['OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND', 'PURGE'])('%s is refused', async (method) => {
    for (const path of ['/', '/api/v1/incidents', '/admin']) {
      const { status } = await raw(`${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      expect([path, (status >= 400 && status < 500) || status === 0]).toEqual([path, true]);
    }
  });

  test.each([
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    [
      'length and chunks',
      'POST /api/v1/incidents HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    [
      'two lengths',
      'POST /api/v1/incidents HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde',
    ],
    ['a negative length', 'POST /api/v1/incidents HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n'],
    ['a header without a name', 'GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n'],
    ['a bare line feed in a header', 'GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n'],
    ['no HTTP at all', '\u0016\u0003\u0001\u0000\u0001\r\n\r\n'],
  ])('%s is refused at the door', async (_what, bytes) => expect((await raw(bytes)).status).toBe(400));

  test('headers of more than 16 kB are refused', async () => {
    const { status } = await get('/', `X-Long: ${'x'.repeat(20_000)}`);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });
});

test('what a client says of the host is reflected nowhere', async () => {
  const marker = 'marker.invalid';
  const lies = [
    `X-Forwarded-Host: ${marker}`,
    'X-Forwarded-Proto: http',
    'X-Forwarded-Port: 666',
    `X-Forwarded-For: ${marker}`,
    `Forwarded: host=${marker}`,
    `X-Original-URL: /${marker}`,
    `X-Rewrite-URL: /${marker}`,
  ];
  for (const path of [
    '/',
    '/de',
    '/feed.rss',
    '/feed.atom',
    '/feed.json',
    '/history',
    '/subscribe',
    '/api/v1/status',
    '/api/v1/openapi.json',
    '/api/v1/nope',
    '/admin',
    '/admin/sign-in',
    '/nope',
    '/incidents/bbbbbbbbbbbb',
  ]) {
    const { status, text } = await raw(
      `GET ${path} HTTP/1.1\r\nHost: ${marker}\r\nConnection: close\r\n${lies.join('\r\n')}\r\n\r\n`,
    );
    expect([path, status < 500 && status >= 200, text.includes(marker), text.includes(':666')]).toEqual([
      path,
      true,
      false,
      false,
    ]);
  }
});

test('Astro gets the host of PUBLIC_URL and nothing that a client forwarded', () => {
  const headers = {
    host: 'evil.example',
    'x-forwarded-host': 'a',
    'x-forwarded-anything': 'b',
    forwarded: 'c',
    accept: 'd',
  };
  straighten({ headers }, server.app.config);
  expect(headers).toEqual({ host: 'status.example.com', accept: 'd' });
});

test('a client that sends its headers slowly is cut off', async () => {
  const { ms } = await raw('GET / HTTP/1.1\r\nHost: a\r\nX-Slow:', 20_000);
  expect(ms).toBeGreaterThan(5_000);
  expect(ms).toBeLessThan(15_000);
});

test('a body without an announced length is cut at 100 kB', async () => {
  const chunk = `${(10_000).toString(16)}\r\n${'x'.repeat(10_000)}\r\n`;
  const head = `POST /api/v1/incidents HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
  expect((await raw(head + chunk.repeat(12))).status).toBe(413);
  expect((await raw(head.replace('Transfer-Encoding: chunked', 'Content-Length: 100001'))).status).toBe(413);
});
