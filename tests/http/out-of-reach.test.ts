/** The process as an operator starts it, with a database that is missing, empty, locked, damaged or away: it stays, says why, and goes on. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { klartext } from '../support/command.ts';
import { newDatabase, postgresUrl } from '../support/postgres.ts';
import { freePort } from '../support/serving.ts';

const running: Instance[] = [];
afterEach(async () => {
  for (const instance of running.splice(0)) await instance.stop();
});

interface Instance {
  said: () => string;
  get: (path: string, headers?: Record<string, string>) => Promise<Response | null>;
  /** Waits until the path answers with this status; the last answer's text. */
  until: (path: string, status: number) => Promise<string>;
  isAlive: () => boolean;
  stop: () => Promise<void>;
}

async function start(env: Record<string, string>, words: string[] = []): Promise<Instance> {
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, ['src/start.mjs', 'serve', ...words], {
    env: { PATH: process.env.PATH ?? '', PUBLIC_URL: `http://127.0.0.1:${port}`, PORT: `${port}`, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const get: Instance['get'] = (path, headers = { accept: 'text/html' }) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers, redirect: 'manual' }).catch(() => null);
  const instance: Instance = {
    said: () => said,
    get,
    async until(path, status) {
      for (let tries = 0; tries < 600; tries += 1) {
        const answer = await get(path);
        const text = await answer?.text().catch(() => '');
        if (answer?.status === status) return text ?? '';
        if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}: ${said}`);
        await new Promise((done) => setTimeout(done, 50));
      }
      throw new Error(`${path} never answered ${status}: ${said}`);
    },
    isAlive: () => child.exitCode === null,
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'close');
    },
  };
  running.push(instance);
  return instance;
}

/** Overwrites bytes as another program would, in place. */
function overwrite(file: string, at: number, bytes: Buffer): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, bytes, 0, bytes.length, at);
}

const post = (instance: Instance, token: string) =>
  instance.get('/api/v1/status').then(async () => {
    const url = /"listening":"([^"]+)"/.exec(instance.said())?.[1];
    const answer = await fetch(`${url}/api/v1/incidents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        category: 'api',
        phase: 'investigating',
        texts: { en: { title: 'A title', body: 'A body that tells enough.' } },
      }),
    });
    return answer.status;
  });

describe('a SQLite file of an instance that was set up', () => {
  let folder = '';
  let file = '';
  let good = '';
  let token = '';
  let env: Record<string, string> = {};
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'klartext-reach-'));
    file = join(folder, 'reach.db');
    good = join(folder, 'good.copy');
    env = { DATABASE_URL: `file:${file}`, DATA_DIR: join(folder, 'data') };
    await klartext(['user', 'add', 'a@example.com', '--role', 'admin', '--role', 'csup'], env);
    token = (await klartext(['token', 'add', 'a@example.com', '--name', 't'], env)).out.trim();
    copyFileSync(file, good);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const restore = () => {
    for (const ending of ['-wal', '-shm']) rmSync(file + ending, { force: true });
    // As the sentence about a backup says.
    rmSync(join(env.DATA_DIR ?? '', 'audit-head.json'), { force: true });
    copyFileSync(good, `${file}.new`);
    renameSync(`${file}.new`, file);
  };
  afterEach(async () => {
    for (const instance of running.splice(0)) await instance.stop();
    restore();
  });

  test.each(['missing', 'empty'])(
    'that is %s at the start is no new database: no "Everything is working", no fresh setup link, and a good file put back is picked up',
    async (what) => {
      rmSync(file);
      if (what === 'empty') writeFileSync(file, '');
      const instance = await start(env);
      const page = await instance.until('/', 503);
      expect(page).toContain('This status page cannot be shown at the moment');
      await expect.poll(() => instance.said(), { timeout: 20_000 }).toContain('start once with --new');
      expect(await instance.until('/', 503)).toContain('Its database is missing.');
      expect((await instance.get('/healthz'))?.status).toBe(200);
      expect((await instance.get('/readyz'))?.status).toBe(503);
      const german = await instance.get('/', { accept: 'text/html', 'accept-language': 'de-DE,en;q=0.5' });
      expect([german?.headers.get('retry-after'), await german?.text()]).toEqual([
        '5',
        expect.stringContaining('Ihre Datenbank fehlt.'),
      ]);
      const json = await instance.get('/api/v1/status', { accept: 'application/json' });
      expect([json?.status, await json?.json()]).toMatchObject([503, { error: { code: 'unavailable' } }]);
      expect(instance.said()).not.toContain('/admin/setup/');
      expect(existsSync(file) ? statSync(file).size : 0).toBe(0);
      restore();
      expect(await instance.until('/', 200)).toContain('</html>');
      expect(await post(instance, token)).toBe(201);
    },
    120_000,
  );

  test('--new overrules a missing database, once, and sets the marker aside', async () => {
    const other = join(folder, 'other');
    const mine = { DATABASE_URL: `file:${join(folder, 'other.db')}`, DATA_DIR: other };
    await klartext(['user', 'add', 'a@example.com', '--role', 'admin'], mine);
    rmSync(join(folder, 'other.db'));
    expect(await klartext(['user', 'list'], mine)).toMatchObject({
      code: 1,
      err: expect.stringContaining('--new'),
    });
    expect((await klartext(['migrate', '--new'], mine)).code).toBe(0);
    expect((await klartext(['user', 'list'], mine)).err).toContain('There are no users yet.');
  }, 120_000);

  test('that is locked at the start is waited for, and does not end the process', async () => {
    const other = new Sqlite(file);
    other.pragma('journal_mode = DELETE');
    other.exec('begin exclusive');
    const instance = await start(env);
    await instance.until('/', 503);
    await expect.poll(async () => instance.until('/', 503), { timeout: 20_000 }).toContain('locked');
    other.exec('rollback');
    other.close();
    await instance.until('/', 200);
  }, 120_000);

  const blows: [string, () => void][] = [
    ['truncated', () => truncateSync(file, 0)],
    ['cut in the middle', () => truncateSync(file, 40_960)],
    ['overwritten at its beginning', () => overwrite(file, 0, Buffer.alloc(8_192, 0x5a))],
    ['overwritten in its middle', () => overwrite(file, 4_096 * 3, Buffer.alloc(4_096 * 40, 0x5a))],
  ];
  test.each(blows)(
    'that is %s while it runs does not end the process: pages stay, writes are refused, one never rendered is 503, and a good file put back is picked up without restart',
    async (_what, strike) => {
      const instance = await start(env);
      const before = await instance.until('/', 200);
      expect(await post(instance, token)).toBe(201);
      const seen = await instance.until('/', 200);
      expect(seen).not.toBe(before);
      await new Promise((done) => setTimeout(done, 600));
      copyFileSync(file, `${file}.good`);
      strike();
      expect(await post(instance, token)).toBe(503);
      expect((await instance.get('/readyz'))?.status).toBe(503);
      await new Promise((done) => setTimeout(done, 1_500));
      expect(instance.isAlive()).toBe(true);
      expect(await instance.until('/', 200)).toBe(seen);
      const unseen = await instance.get('/policy');
      expect([unseen?.status, unseen?.headers.get('retry-after')]).toEqual([503, '5']);
      copyFileSync(`${file}.good`, file);
      await instance.until('/readyz', 200);
      expect(await post(instance, token)).toBe(201);
      expect(await instance.until('/policy', 200)).toContain('</html>');
    },
    120_000,
  );

  test('whose -wal is removed while it runs loses nothing that was acknowledged', async () => {
    const instance = await start(env);
    await instance.until('/', 200);
    expect(await post(instance, token)).toBe(201);
    rmSync(`${file}-wal`);
    expect(await post(instance, token)).toBe(201);
    await expect.poll(() => instance.said(), { timeout: 10_000 }).toContain('-wal or -shm was taken away');
    await instance.stop();
    const stored = new Sqlite(file, { readonly: true });
    expect(stored.prepare('select count(*) from incidents').pluck().get()).toBe(2);
    stored.close();
  }, 120_000);

  test('a log that cannot be written does not end the process', async () => {
    const port = await freePort();
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, ['src/start.mjs', 'serve'], {
      env: { PATH: process.env.PATH ?? '', PORT: `${port}`, ...env },
      stdio: ['ignore', full, 'ignore'],
    });
    try {
      let status = 0;
      for (let tries = 0; tries < 400 && status !== 200; tries += 1) {
        await new Promise((done) => setTimeout(done, 50));
        status = (await fetch(`http://127.0.0.1:${port}/`).catch(() => null))?.status ?? 0;
      }
      expect([status, child.exitCode]).toEqual([200, null]);
    } finally {
      child.kill('SIGTERM');
      await once(child, 'close');
    }
  }, 60_000);

  test('cutting the newest audit row is noticed by verify, and by the next entry', async () => {
    expect(await klartext(['verify'], env)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/Its head: entry \d+, [0-9a-f]{64}\.\nThe head is signed/),
    });
    const connection = new Sqlite(file);
    connection.exec('delete from audit_entries where sequence = (select max(sequence) from audit_entries)');
    connection.close();
    const cut = await klartext(['verify', '--json'], env);
    expect(cut.code).toBe(1);
    expect(JSON.parse(cut.out)).toMatchObject({
      ok: false,
      audit: { brokenAt: null },
      head: { state: 'cut' },
    });
    await klartext(['token', 'add', 'a@example.com', '--name', 'later'], env);
    const later = await klartext(['verify', '--json'], env);
    expect(JSON.parse(later.out)).toMatchObject({ ok: false, audit: { brokenAt: expect.any(Number) } });
    restore();
  }, 120_000);

  test('a lost key is told in a sentence, and the key is for its owner alone', async () => {
    const key = join(env.DATA_DIR ?? '', 'secret.key');
    expect(statSync(key).mode & 0o777).toBe(0o600);
    const text = readFileSync(key, 'utf8');
    rmSync(key);
    const lost = await klartext(['verify'], env);
    expect(lost.out).toContain('The key of this instance is not here');
    const other = await klartext(['verify'], { ...env, SECRET_KEY: 'x'.repeat(40) });
    expect([other.code, other.out]).toEqual([1, expect.stringContaining('signed with another key')]);
    writeFileSync(key, text, { mode: 0o600 });
    expect((await klartext(['verify'], env)).code).toBe(0);
  }, 120_000);
});

describe('a SQLite file that may only be read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'klartext-read-only-'));
  const disk = join(folder, 'disk');
  const env = { DATABASE_URL: `file:${join(disk, 'x.db')}`, DATA_DIR: join(folder, 'data') };
  const remount = (mode: 'ro' | 'rw') => execFileSync('mount', ['-o', `remount,${mode}`, disk]);
  let isMounted = false;
  beforeAll(async () => {
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m,mode=0700', 'tmpfs', disk], { stdio: 'ignore' });
      isMounted = true;
    } catch {
      process.stderr.write(
        '!!! SKIPPED: a file that may only be read, because this user may not mount one\n',
      );
    }
    if (isMounted) await klartext(['user', 'add', 'a@example.com', '--role', 'admin'], env);
  }, 60_000);
  afterAll(() => {
    if (isMounted) execFileSync('umount', ['-l', disk]);
    rmSync(folder, { recursive: true, force: true });
  });

  test('at the start does not end the process: it says so, and goes on when it can be written to', async (context) => {
    if (!isMounted) return context.skip();
    remount('ro');
    const instance = await start(env);
    await expect
      .poll(() => instance.until('/', 503), { timeout: 20_000 })
      .toContain('Its database cannot be written to.');
    await expect.poll(() => instance.said(), { timeout: 10_000 }).toContain('Make it writable');
    expect(instance.isAlive()).toBe(true);
    remount('rw');
    expect(await instance.until('/', 200)).toContain('</html>');
  }, 120_000);
});

describe.skipIf(!postgresUrl)('a PostgreSQL database', () => {
  const database = newDatabase();
  const url = new URL(database.url);
  const folder = mkdtempSync(join(tmpdir(), 'klartext-reach-pg-'));
  const env = { DATABASE_URL: url.href, DATA_DIR: folder };
  afterAll(async () => {
    await database.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  test('that is not there, then there, then dropped and made anew: 503 with why, served, old pages, and the empty one is refused', async () => {
    await database.remove();
    const instance = await start(env);
    await expect
      .poll(async () => instance.until('/', 503), { timeout: 20_000 })
      .toContain('Its database is missing.');
    await database.create();
    await instance.until('/', 200);
    await klartext(['user', 'add', 'a@example.com', '--role', 'admin'], env);
    const page = await instance.until('/', 200);
    await expect.poll(() => existsSync(join(folder, 'instance.json')), { timeout: 10_000 }).toBe(true);

    await database.remove();
    expect(await instance.until('/', 200)).toBe(page);
    expect((await instance.get('/readyz'))?.status).toBe(503);
    expect((await instance.get('/policy'))?.status).toBe(503);
    await database.create();
    await new Promise((done) => setTimeout(done, 1_000));
    expect((await instance.get('/readyz'))?.status).toBe(503);
    expect(instance.isAlive()).toBe(true);
    await instance.stop();

    const again = await start(env);
    await expect.poll(() => again.said(), { timeout: 20_000 }).toContain('missing or empty');
    expect(await again.until('/', 503)).toContain('cannot be shown');
  }, 120_000);

  test('that is stopped, starting and back: the start waits and says why, a page once rendered stays, writes are refused, and it goes on', async () => {
    const door = await openDoor(url);
    await database.remove();
    await database.create();
    const mine = { DATABASE_URL: door.url, DATA_DIR: join(folder, 'door') };
    try {
      door.state = 'starting';
      const instance = await start(mine);
      await expect
        .poll(() => instance.said(), { timeout: 20_000 })
        .toContain('the database system is starting up');
      expect(await instance.until('/', 503)).toContain('It is starting.');
      expect(instance.isAlive()).toBe(true);
      door.state = 'open';
      await instance.until('/', 200);
      await klartext(['user', 'add', 'a@example.com', '--role', 'admin', '--role', 'csup'], mine);
      const token = (await klartext(['token', 'add', 'a@example.com', '--name', 't'], mine)).out.trim();
      expect(await post(instance, token)).toBe(201);
      const page = await instance.until('/', 200);
      for (const state of ['closed', 'starting'] as const) {
        door.state = state;
        expect(await instance.until('/', 200)).toBe(page);
        expect(await post(instance, token)).toBe(503);
        expect((await instance.get('/readyz'))?.status).toBe(503);
        expect((await instance.get('/policy'))?.status).toBe(503);
      }
      door.state = 'open';
      await instance.until('/readyz', 200);
      expect(await post(instance, token)).toBe(201);
      expect(await instance.until('/policy', 200)).toContain('</html>');
    } finally {
      await door.close();
    }
  }, 120_000);
});

type Door = { state: 'open' | 'starting' | 'closed'; url: string; close: () => Promise<void> };

/** Stands before the PostgreSQL at `url`: lets through, answers as a server that is starting does (57P03), or refuses and cuts. */
async function openDoor(url: URL): Promise<Door> {
  const sockets = new Set<Socket>();
  let state: Door['state'] = 'open';
  const starting = 'SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0';
  const server = createServer((client) => {
    sockets.add(client.on('error', () => undefined));
    if (state === 'closed') return client.destroy();
    if (state === 'starting') {
      const length = Buffer.alloc(4);
      length.writeInt32BE(starting.length + 4);
      client.once('data', () => client.end(Buffer.concat([Buffer.from('E'), length, Buffer.from(starting)])));
      return;
    }
    const behind = connect(Number(url.port) || 5432, url.hostname).on('error', () => client.destroy());
    client.pipe(behind).pipe(client);
    client.on('close', () => behind.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const through = new URL(url);
  through.host = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  return {
    url: through.href,
    get state() {
      return state;
    },
    set state(next) {
      state = next;
      if (next !== 'open') for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
