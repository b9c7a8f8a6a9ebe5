/** What a visit costs on the wire: headers that name only what the page uses, and pages of the desk compressed where that is safe. */
import { createHash } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeSettings } from '../../src/domain/core/settings/change-settings.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let incident = '';
let cookie = '';
beforeAll(async () => {
  server = await startTestServer();
  const texts = {
    en: { title: 'Requests fail', body: 'Requests fail. We are looking for the cause of it.' },
  };
  incident = (await openIncident(server.context(), { category: 'api', phase: 'investigating', texts })).id;
  cookie = await server.cookie(['csup', 'sre', 'manager', 'admin']);
});
afterAll(() => server?.stop());

const publicPages = () => [
  '/',
  '/de',
  '/history',
  `/incidents/${incident}`,
  '/categories/api',
  '/maintenance',
  '/policy',
  '/subscribe',
  '/reports',
  '/nothing',
];
const deskPages = () => [
  '/admin',
  '/admin/compose?category=api',
  `/admin/incidents/${incident}`,
  '/admin/templates',
  '/admin/settings',
  '/admin/account',
  '/admin/catalogue',
  '/admin/nothing',
];

function raw(
  url: string,
  headers: Record<string, string>,
): Promise<{ answer: IncomingMessage; body: Buffer }> {
  return new Promise((done, fail) => {
    get(url, { headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => done({ answer, body: Buffer.concat(chunks) }));
    }).on('error', fail);
  });
}
const headerBytes = ({ rawHeaders }: IncomingMessage): number =>
  rawHeaders.join('').length + rawHeaders.length * 2;
const hashesIn = (policy: string): string[] =>
  [...policy.matchAll(/'(sha256-[^']+)'/g)].map(([, hash]) => hash ?? '');

describe('headers of 3.8 kB on every page', () => {
  test('are 1.5 kB at most, and the policy lists what the page uses and nothing else', async () => {
    for (const [pages, headers] of [
      [publicPages(), {}],
      [deskPages(), { cookie }],
    ] as const) {
      for (const path of pages) {
        const { answer, body } = await raw(server.url + path, headers);
        const policy = String(answer.headers['content-security-policy']);
        const used = [
          ...body.toString().matchAll(/<(style|script)(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/\1>/g),
        ].map(([, , text = '']) => `sha256-${createHash('sha256').update(text).digest('base64')}`);
        expect([path, hashesIn(policy).sort()]).toEqual([path, [...new Set(used)].sort()]);
        expect(policy).toMatch(/^default-src 'none';.*frame-ancestors 'none'/);
        expect(headerBytes(answer), path).toBeLessThan(1_500);
      }
    }
  });

  test('keep an accent colour of one’s own allowed', async () => {
    await changeSettings(server.context(), { accent_light: '#7a1fa2' });
    const { answer, body } = await raw(server.url, {});
    const own = /<style>(:root\{--accent:#7a1fa2[^<]*)<\/style>/.exec(body.toString())?.[1] ?? '';
    expect(String(answer.headers['content-security-policy'])).toContain(
      createHash('sha256').update(own).digest('base64'),
    );
  });
});

describe('pages of the desk (40 to 154 kB) and errors', () => {
  const own = (site: string) => ({ cookie, 'sec-fetch-site': site });

  test.each(['br', 'gzip'])('are compressed as %s for who opened them here', async (encoding) => {
    const unpack = encoding === 'br' ? brotliDecompressSync : gunzipSync;
    for (const path of deskPages()) {
      for (const site of ['same-origin', 'none']) {
        const { answer, body } = await raw(server.url + path, { ...own(site), 'accept-encoding': encoding });
        const plain = await raw(server.url + path, own(site));
        expect([path, answer.headers['content-encoding'], answer.headers['content-length']]).toEqual([
          path,
          encoding,
          String(body.length),
        ]);
        expect(answer.headers.vary).toContain('accept-encoding');
        expect(body.length).toBeLessThan(plain.body.length / 2);
        expect(unpack(body).toString().length).toBeCloseTo(plain.body.toString().length, -2);
      }
    }
  });

  test('are never compressed when another site made the browser ask: their length would tell what stands in them', async () => {
    for (const path of deskPages().filter((page) => page !== '/admin/nothing')) {
      for (const site of ['cross-site', 'same-site', '']) {
        const { answer } = await raw(server.url + path, { ...own(site), 'accept-encoding': 'br, gzip' });
        expect([path, site, answer.headers['content-encoding']]).toEqual([path, site, undefined]);
      }
    }
  });

  test('the form to sign in with 401 and what the API answers to a token are compressed too', async () => {
    const signIn = await raw(`${server.url}/admin/settings`, {
      'sec-fetch-site': 'none',
      'accept-encoding': 'br',
    });
    expect([signIn.answer.statusCode, signIn.answer.headers['content-encoding']]).toEqual([401, 'br']);
    const token = await server.token(['csup', 'manager']);
    const api = await raw(`${server.url}/api/v1/templates`, {
      authorization: `Bearer ${token}`,
      'accept-encoding': 'gzip',
    });
    expect([api.answer.statusCode, api.answer.headers['content-encoding']]).toEqual([200, 'gzip']);
    expect(JSON.parse(gunzipSync(api.body).toString())).toHaveProperty('templates');
    const nothing = await raw(`${server.url}/nothing`, { 'accept-encoding': 'br' });
    expect([nothing.answer.statusCode, nothing.answer.headers['content-encoding']]).toEqual([404, 'br']);
  });
});

test('the first visit with all headers is 8.5 kB at most', async () => {
  await server.fetch('/');
  const whole = await new Promise<number>((done) => {
    let size = 0;
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () =>
      socket.write(
        'GET / HTTP/1.1\r\nHost: status.example.com\r\nAccept-Encoding: br\r\nConnection: close\r\n\r\n',
      ),
    );
    socket.on('data', (chunk) => {
      size += chunk.length;
    });
    socket.on('close', () => done(size));
  });
  expect(whole).toBeLessThan(8_500);
});
