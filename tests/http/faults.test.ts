/** What happens when storage, network or machine fail: pages stay, a write that is not saved says so, and all comes back by itself. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { startKlartext } from '../support/command.ts';
import { insider, showTo } from '../support/inside.ts';
import { postgresUrl } from '../support/postgres.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const nothingSaved = 'Nothing was saved: the database does not take writes at the moment. Please try again.';
/** Asked for before the fault. */
const seenPages = ['/', '/de', '/history', '/feed.rss', '/api/v1/status'];

/** A server whose pages were asked for once, with ways to write by token and by form. */
async function startWithPages(options: Parameters<typeof startTestServer>[0]) {
  const server = await startTestServer(options);
  const [token, cookie] = [await server.token(['csup', 'admin']), await server.cookie(['csup'])];
  const byToken = (path: string, init: RequestInit = {}) =>
    server.fetch(path, {
      ...init,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
  const texts = {
    en: {
      title: 'Written in a fault',
      body: 'Written while the storage fails, with a long text. '.repeat(300),
    },
  };
  const pages = () => Promise.all(seenPages.map(async (path) => (await server.fetch(path)).status));
  // The first request of a session or a token notes its use, which is a write.
  await byToken('/api/v1/settings');
  await pages();
  return {
    server,
    pages,
    /** Waits until a file that was put back is taken up. */
    async ready() {
      for (let tries = 0; tries < 100; tries += 1) {
        if ((await server.fetch('/readyz')).status === 200) return;
        await new Promise((done) => setTimeout(done, 100));
      }
      throw new Error('It is not ready again after 10 seconds.');
    },
    readByToken: () => byToken('/api/v1/settings'),
    async post(): Promise<[number, string]> {
      const answer = await byToken('/api/v1/incidents', {
        method: 'POST',
        body: JSON.stringify({ category: 'api', phase: 'investigating', texts }),
      });
      const body: { error?: { message: string } } = await answer.json();
      return [answer.status, body.error?.message ?? ''];
    },
    async form(): Promise<[number, boolean]> {
      const fields = {
        category: 'api',
        occasion: 'investigating',
        'texts.en.title': 'Typed by hand',
        'texts.en.body': 'Typed by hand, at night.',
        'editText:flag': 'true',
      };
      const answer = await server.fetch('/admin/compose?category=api&_action=incidents.open', {
        method: 'POST',
        headers: { cookie, origin: server.publicUrl },
        body: new URLSearchParams(fields),
      });
      return [answer.status, (await answer.text()).includes('Nothing was saved')];
    },
  };
}
const allGood = seenPages.map(() => 200);

describe('a SQLite file', () => {
  let bench: Awaited<ReturnType<typeof startWithPages>>;
  let file = '';
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'klartext-faults-'));
    file = join(folder, 'faults.db');
    bench = await startWithPages({ env: { DATABASE_URL: `file:${file}` } });
  });
  afterAll(async () => {
    await bench?.server.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  test('locked by another program: pages are served, writes wait a little and then say that nothing was saved', async () => {
    const other = new Sqlite(file);
    other.exec('begin immediate');
    const started = performance.now();
    const writes = Promise.all([bench.post(), bench.form()]);
    expect(await bench.pages()).toEqual(allGood);
    expect((await bench.server.fetch('/de/categories/dns')).status).toBe(200);
    expect((await bench.server.fetch('/readyz')).status).toBe(503);
    expect(performance.now() - started).toBeLessThan(4_000);
    expect(await writes).toEqual([
      [503, nothingSaved],
      [503, true],
    ]);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect((await bench.server.fetch('/readyz')).status).toBe(503);
    other.exec('commit');
    other.close();
    expect(await bench.post()).toEqual([201, '']);
    expect((await bench.server.fetch('/readyz')).status).toBe(200);
    expect((await bench.form())[0]).toBe(303);
  }, 60_000);

  test('taken away: pages are served, writes say that nothing was saved, and nothing is lost into a file without a name', async () => {
    renameSync(file, `${file}.away`);
    try {
      bench.server.clock.forward(6);
      expect(await bench.pages()).toEqual(allGood);
      expect((await bench.server.fetch('/readyz')).status).toBe(503);
      expect([await bench.post(), await bench.form()]).toEqual([
        [503, nothingSaved],
        [503, true],
      ]);
      expect(existsSync(file)).toBe(false);
    } finally {
      renameSync(`${file}.away`, file);
    }
    await bench.ready();
    expect(await bench.post()).toEqual([201, '']);
  });

  test('is ready again when it is back', async () => {
    expect((await bench.server.fetch('/readyz')).status).toBe(200);
    expect((await bench.post())[0]).toBe(201);
  });
});

describe('a full disk', () => {
  let folder = '';
  let isMounted = false;
  let bench: Awaited<ReturnType<typeof startWithPages>>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'klartext-full-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=0700', 'tmpfs', folder], { stdio: 'ignore' });
      isMounted = true;
    } catch {
      process.stderr.write('!!! SKIPPED: a full disk, because this user may not mount one\n');
    }
    if (isMounted) bench = await startWithPages({ env: { DATABASE_URL: `file:${join(folder, 'full.db')}` } });
  });
  afterAll(async () => {
    await bench?.server.stop();
    if (isMounted) execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  });

  test('pages are served, a write that does not fit says that nothing was saved, and it goes on when there is room', async (context) => {
    if (!isMounted) return context.skip();
    const ballast = join(folder, 'ballast');
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - 100_000)));
    const saved: number[] = [];
    let refused: [number, string] | null = null;
    for (let tries = 0; tries < 40 && !refused; tries += 1) {
      const [status, message] = await bench.post();
      if (status === 201) saved.push(status);
      else refused = [status, message];
    }
    expect(refused).toEqual([503, nothingSaved]);
    // What SQLite gave back after the refusal would be room again.
    const { bavail: rest } = statfsSync(folder);
    writeFileSync(`${ballast}-rest`, Buffer.alloc(rest * bsize));
    expect(await bench.post()).toEqual([503, nothingSaved]);
    expect((await bench.server.fetch('/readyz')).status).toBe(503);
    bench.server.clock.forward(6);
    expect(await bench.pages()).toEqual(allGood);
    const stored = await bench.server.app.store.read.select().from(bench.server.app.store.tables.incidents);
    expect(stored).toHaveLength(saved.length);
    rmSync(ballast);
    rmSync(`${ballast}-rest`);
    expect((await bench.server.fetch('/readyz')).status).toBe(200);
    expect(await bench.post()).toEqual([201, '']);
    expect(await bench.pages()).toEqual(allGood);
  });
});

describe.skipIf(!postgresUrl)('a PostgreSQL', () => {
  let bench: Awaited<ReturnType<typeof startWithPages>>;
  let admin: pg.Client;
  let name = '';
  beforeAll(async () => {
    bench = await startWithPages({ postgres: postgresUrl ?? '' });
    name = new URL(bench.server.app.config.databaseUrl).pathname.slice(1);
    admin = new pg.Client({ connectionString: postgresUrl });
    await admin.connect();
  });
  afterAll(async () => {
    await admin?.query(`alter database ${name} allow_connections true`);
    await admin?.end();
    await bench?.server.stop();
  });

  test('that is gone: pages are served from what was rendered before, writes say that nothing was saved', async () => {
    const before = await bench.server.text('/');
    await admin.query(`alter database ${name} allow_connections false`);
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    bench.server.clock.forward(6);
    expect(await bench.pages()).toEqual(allGood);
    expect(await bench.server.text('/')).toBe(before);
    expect((await bench.server.fetch('/readyz')).status).toBe(503);
    expect((await bench.server.fetch('/healthz')).status).toBe(200);
    const unseen = await bench.server.fetch('/subscribe');
    expect([unseen.status, unseen.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
    expect([await bench.post(), await bench.form()]).toEqual([
      [503, nothingSaved],
      [503, true],
    ]);

    await admin.query(`alter database ${name} allow_connections true`);
    await new Promise((done) => setTimeout(done, 1_100));
    expect((await bench.server.fetch('/readyz')).status).toBe(200);
    expect(await bench.post()).toEqual([201, '']);
    expect(await bench.server.text('/')).toContain('Written in a fault');
  });

  test('that hangs: visitors wait five seconds at most for the old page', async () => {
    const blocker = new pg.Client({ connectionString: bench.server.app.config.databaseUrl });
    await blocker.connect();
    await blocker.query('begin; lock table incidents in access exclusive mode');
    bench.server.clock.forward(6);
    const started = performance.now();
    expect((await bench.server.fetch('/')).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(8_000);
    const again = performance.now();
    expect((await bench.server.fetch('/')).status).toBe(200);
    expect(performance.now() - again).toBeLessThan(1_000);
    await blocker.query('rollback');
    await blocker.end();
  });
});

describe('the end of the process', () => {
  test('finishes the requests in flight, takes no new ones, and is quick', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'klartext-drain-'));
    const env = {
      DATABASE_URL: `file:${join(folder, 'drain.db')}`,
      DATA_DIR: folder,
      PORT: '0',
      PUBLIC_URL: 'http://status.example.com',
    };
    const running = startKlartext(['serve'], env);
    try {
      const [, port] = await running.until(/"listening":"http:\/\/127\.0\.0\.1:(\d+)"/);
      const body = new URLSearchParams({
        email: 'nobody@example.com',
        password: 'seven quiet otters',
      }).toString();
      const slow = connect(Number(port), '127.0.0.1');
      const idle = connect(Number(port), '127.0.0.1');
      idle.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      await once(idle, 'data');
      slow.write(
        `POST /admin/sign-in?_action=sessions.signIn HTTP/1.1\r\nHost: a\r\nOrigin: http://status.example.com\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`,
      );
      await new Promise((done) => setTimeout(done, 100));
      const started = performance.now();
      const ended = running.stop();
      await running.until(/draining/);
      await new Promise((done) => setTimeout(done, 200));
      await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
      let answer = '';
      slow.on('data', (chunk) => {
        answer += chunk;
      });
      slow.write(body.slice(10));
      expect(await ended).toBe(0);
      expect(performance.now() - started).toBeLessThan(5_000);
      expect(answer).toMatch(/^HTTP\/1\.1 401 /);
      expect(answer).toContain('</html>');
    } finally {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  const systemNode = '/usr/bin/node';
  const version = existsSync(systemNode)
    ? execFileSync(systemNode, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim()
    : '99';
  const [major = 99, minor = 0] = version.split('.').map(Number);
  const isOld = major < 24 || (major === 24 && minor < 7);
  test.skipIf(!isOld)('an old Node is told which one is needed, with exit 2', async () => {
    const child = spawn(systemNode, ['src/start.mjs', 'serve'], {
      env: {},
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let told = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      told += text;
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(2);
    expect(told).toMatch(
      /^Klartext needs Node\.js 24\.7 or newer; this is \d+\.\d+\.\d+\. Run it through npm .*\n$/,
    );
  });
});

describe('at the door', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
    await openIncident(server.context(), {
      category: 'api',
      phase: 'investigating',
      texts: { en: { title: 'A title', body: 'A body that tells enough.' } },
    });
  });
  afterAll(() => server?.stop());

  function talk(bytes: string, more?: (socket: ReturnType<typeof connect>) => void): Promise<string> {
    return new Promise((done) => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      socket.write(bytes);
      let got = '';
      socket.setTimeout(5_000, () => socket.destroy());
      socket.on('error', () => undefined).on('close', () => done(got));
      socket.on('data', (chunk) => {
        got += chunk;
      });
      more?.(socket);
    });
  }
  const upload = (headers: string) =>
    `POST /api/v1/incidents HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer x\r\n${headers}\r\n\r\n`;

  test('slow clients are cut: headers after 10 seconds, the whole request after 30', () => {
    const { headersTimeout, requestTimeout, keepAliveTimeout, maxConnections } = server.running.server;
    expect({ headersTimeout, requestTimeout, keepAliveTimeout, maxConnections }).toEqual({
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 65_000,
      maxConnections: 10_000,
    });
  });

  test('a request sent on a connection that was given up was answered 400 and carried out', async () => {
    const person = await insider(server, 'csup');
    const { running } = server;
    const { headersTimeout } = running.server;
    running.server.headersTimeout = 100;
    try {
      const body = '_action=';
      const signOut = [
        'POST /admin?_action=sessions.signOut HTTP/1.1',
        'Host: a',
        `Origin: ${server.publicUrl}`,
        `Cookie: ${person.cookie}`,
        'Content-Type: application/x-www-form-urlencoded',
        `Content-Length: ${body.length}`,
      ].join('\r\n');
      const answer = await talk('', (socket) =>
        socket.once('data', () => socket.write(`${signOut}\r\n\r\n${body}`)),
      );
      await new Promise((done) => setTimeout(done, 200));
      expect((await showTo(server, person, '/admin')).status).toBe(200);
      expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    } finally {
      running.server.headersTimeout = headersTimeout;
    }
  });

  test('a request with two hosts is refused', async () => {
    expect(await talk('GET / HTTP/1.1\r\nHost: status.example.com\r\nHost: evil.example\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400 /,
    );
  });

  test('a body that is too large is refused before it is sent, if its sender asks first', async () => {
    expect(await talk(upload('Expect: 100-continue\r\nContent-Length: 100001'))).toMatch(/^HTTP\/1\.1 413 /);
    const small = await talk(
      upload('Expect: 100-continue\r\nConnection: close\r\nContent-Length: 2'),
      (socket) => socket.once('data', () => socket.write('{}')),
    );
    expect(small).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 401 /);
  });

  test('an endless body is answered and not read on', async () => {
    let sent = 0;
    const answer = await talk(upload('Transfer-Encoding: chunked'), (socket) => {
      const timer = setInterval(() => {
        if (socket.destroyed) return clearInterval(timer);
        socket.write(`2710\r\n${'x'.repeat(10_000)}\r\n`);
        sent += 10_000;
      }, 1);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/connection: close/i);
    expect(sent).toBeLessThan(2_000_000);
  });

  test('an upload that is broken off is no failure of ours', async () => {
    const failures = () => server.log.filter((line) => /"level":[56]0/.test(line));
    await talk(upload('Content-Length: 5000'), (socket) => setTimeout(() => socket.destroy(), 50));
    await new Promise((done) => setTimeout(done, 50));
    expect(failures()).toEqual([]);
  });

  test('a range that is not there, and no other file than those that were built', async () => {
    expect((await server.fetch('/favicon.svg', { headers: { range: 'bytes=99999999-' } })).status).toBe(416);
    expect((await server.fetch('/favicon.svg', { headers: { range: 'bytes=0-3' } })).status).toBe(206);
    expect(execFileSync('find', ['dist', '-name', '*.map'], { encoding: 'utf8' })).toBe('');
    for (const path of [
      '/favicon.svg.map',
      '/_astro/hoisted.js.map',
      '/robots.txt/',
      '/robots.txt%20',
      '/.env',
      '/src/server.ts',
    ]) {
      expect([path, (await server.fetch(path)).status >= 400 || path === '/robots.txt/']).toEqual([
        path,
        true,
      ]);
    }
  });
});
