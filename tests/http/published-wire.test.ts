/** Published bytes over the wire: what time alone changes, encodings and validators, and pages that cannot be rendered. */
import { get as httpGet, type IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { english } from '../support/world.ts';

describe('time alone', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server?.stop());

  test('makes a promise overdue, on the page, the home page and at midnight the day', async () => {
    const { id } = await openIncident(server.context(), {
      category: 'api',
      phase: 'investigating',
      texts: english('Promised'),
    });
    const shown = () =>
      Promise.all(
        ['/', `/incidents/${id}`].map(async (path) =>
          (await server.text(path)).includes('Update overdue since'),
        ),
      );
    expect(await shown()).toEqual([false, false]);
    server.clock.forward(29);
    expect(await shown()).toEqual([false, false]);
    server.clock.forward(1);
    expect(await shown()).toEqual([true, true]);
    const resolved = 'A change of ours had slowed the database down. It is taken back, and all works.';
    await postUpdate(server.context(), id, { phase: 'resolved', texts: english('Solved', resolved) });
    const day = () => server.text('/').then((page) => /(\d+ November) 2026<\/span>/.exec(page)?.[1]);
    expect(await day()).toBe('20 November');
    server.clock.now = new Date('2026-11-20T22:59:59.999Z');
    expect(await day()).toBe('20 November');
    server.clock.now = new Date('2026-11-20T23:00:00.000Z');
    expect(await day()).toBe('21 November');
    expect(await server.text('/')).toContain(id);
    server.clock.forward(7 * 24 * 60);
    expect(await server.text('/')).not.toContain(id);
  });

  test('publishes a held update at its instant, first on pages that nobody asked for since', async () => {
    const { id } = await openIncident(server.context(), {
      category: 'api',
      phase: 'investigating',
      texts: english('Held'),
      holdSeconds: 30,
    });
    const feeds = ['/feed.rss', '/de', '/history', '/api/v1/incidents', '/categories/api'];
    for (const path of feeds) expect([path, (await server.text(path)).includes(id)]).toEqual([path, false]);
    server.clock.now = new Date(server.clock.now.getTime() + 29_999);
    for (const path of feeds) expect([path, (await server.text(path)).includes(id)]).toEqual([path, false]);
    server.clock.now = new Date(server.clock.now.getTime() + 1);
    for (const path of feeds) expect([path, (await server.text(path)).includes(id)]).toEqual([path, true]);
  });
});

describe('over the wire', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server?.stop());

  const raw = (
    path: string,
    headers: Record<string, string>,
  ): Promise<{ answer: IncomingMessage; body: Buffer }> =>
    new Promise((done, fail) => {
      httpGet(server.url + path, { headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => done({ answer, body: Buffer.concat(chunks) }));
      }).on('error', fail);
    });

  test.each(['/', '/de', '/subscribe', '/feed.atom', '/api/v1/components'])(
    '%s comes in each encoding with strong tag, length and Vary, and as 304',
    async (path) => {
      const plain = (await raw(path, {})).body.toString();
      for (const [encoding, unpack] of Object.entries({ br: brotliDecompressSync, gzip: gunzipSync })) {
        const { answer, body } = await raw(path, { 'accept-encoding': encoding });
        expect(answer.headers['content-length']).toBe(String(body.length));
        expect(answer.headers).toMatchObject({
          vary: 'accept-encoding',
          etag: expect.stringMatching(/^"[\w-]+"$/),
          'cache-control': 'public, max-age=0, must-revalidate',
        });
        if (answer.headers['content-encoding']) expect(unpack(body).toString()).toBe(plain);
        for (const tag of [answer.headers.etag ?? '', `W/${answer.headers.etag}`, '*']) {
          const again = await raw(path, { 'if-none-match': tag });
          expect([
            again.answer.statusCode,
            again.body.length,
            again.answer.headers['content-length'],
          ]).toEqual([304, 0, undefined]);
        }
      }
    },
  );

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
    '%s changes no public page and is told what does',
    async (method) => {
      for (const path of ['/', '/de', '/history', '/feed.rss', '/?_action=sessions.signIn', '/healthz']) {
        const answer = await server.fetch(path, { method, headers: { origin: server.publicUrl } });
        expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 405, 'GET, HEAD']);
        expect(answer.headers.getSetCookie()).toEqual([]);
        expect(
          (
            await server.fetch('/nothing?_action=sessions.signIn', {
              method,
              headers: { origin: server.publicUrl },
              body: 'x',
            })
          ).status,
        ).toBe(404);
      }
    },
  );

  test('a page that cannot be rendered keeps its old bytes; one that never was is told calmly, and all comes back by itself', async () => {
    const home = await server.text('/');
    const file = new Sqlite(server.app.config.databaseUrl.slice('file:'.length));
    file.exec('alter table settings rename to away');
    server.clock.forward(10);
    expect([(await server.fetch('/')).status, await server.text('/')]).toEqual([200, home]);
    for (const path of ['/categories/api', '/de/history', '/nothing']) {
      const answer = await server.fetch(path);
      expect([
        path,
        answer.status,
        answer.headers.get('content-type'),
        answer.headers.get('cache-control'),
      ]).toEqual([path, 503, 'text/html; charset=utf-8', 'no-store']);
      expect(await answer.text()).toMatch(/cannot be shown at the moment|gerade nicht/);
    }
    file.exec('alter table away rename to settings');
    file.close();
    const status = async (): Promise<number> => (await server.fetch('/categories/api')).status;
    await expect.poll(status, { timeout: 10_000, interval: 100 }).toBe(200);
    await expect.poll(() => server.text('/'), { timeout: 10_000, interval: 100 }).not.toBe(home);
  });
});
