import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';
import { codeOf, count, counted, until } from '../support/counters.ts';
import { ask, newDatabase, postgresUrl } from '../support/postgres.ts';

const database = newDatabase();
const { name } = database;
const url = new URL(database.url);
const run = (sql: string) => ask(url.href, sql);

/** A store that listens already, and what it is told from then on. */
async function listening(at = url.href) {
  const store = await openStore(at);
  const heard: (string[] | null)[] = [];
  store.onChange((tags) => heard.push(tags && [...tags].sort()));
  await until(() => heard.length > 0);
  expect(heard.splice(0)).toEqual([null]);
  return { store, heard };
}

/** A wire to the database that can be cut, held up and mended. */
async function wire() {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return near.destroy();
    const far = connect(Number(url.port || 5432), url.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
    return undefined;
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String(typeof address === 'object' ? address?.port : '');
  return {
    url: through.href,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      isCut = false;
    },
    async remove() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

describe.skipIf(!postgresUrl)('storage · postgres', () => {
  beforeAll(async () => {
    await database.create();
    await migrate(url.href, process.cwd());
  });
  beforeEach(() => run('delete from counters'));
  afterAll(() => database.remove());

  test('another instance is told which tags changed, after the commit; the own instance once', async () => {
    const one = await listening();
    const other = await listening();
    await count(one.store, 'a', ['reports', 'history']);
    await until(() => other.heard.length > 0);
    expect(other.heard).toEqual([['history', 'reports']]);
    expect(await counted(other.store)).toBe(1);
    await new Promise((done) => setTimeout(done, 100));
    expect(one.heard).toEqual([['history', 'reports']]);
    await one.store.close();
    await other.store.close();
  });

  test('a rollback and a change without tags tell nobody', async () => {
    const one = await listening();
    const other = await listening();
    const failed = one.store.transaction(async (tx) => {
      tx.touch('history');
      throw new Error('on purpose');
    });
    await expect(failed).rejects.toThrow('on purpose');
    await count(one.store, 'a');
    await count(one.store, 'b', ['policy']);
    await until(() => other.heard.length > 0);
    expect(other.heard).toEqual([['policy']]);
    await one.store.close();
    await other.store.close();
  });

  test('more tags than a notification holds are told as "anything"', async () => {
    const one = await listening();
    const other = await listening();
    const tags = Array.from({ length: 600 }, (_, at) => `incident:zzzzzzzz${1_000 + at}` as const);
    await count(one.store, 'a', tags);
    await until(() => other.heard.length > 0);
    expect(other.heard).toEqual([null]);
    expect(one.heard).toEqual([tags]);
    await one.store.close();
    await other.store.close();
  });

  test('a listener that lost its connection tells "anything" when it is back, and hears again', async () => {
    const { store, heard } = await listening();
    const writer = await openStore(url.href);
    const listeners = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = '${name}' and query like 'listen%'`;
    await run(listeners);
    await count(writer, 'a', ['reports']);
    await until(() => heard.includes(null));
    expect(heard).toContain(null);
    await count(writer, 'b', ['policy']);
    await until(() => heard.at(-1)?.[0] === 'policy');
    expect(heard.at(-1)).toEqual(['policy']);
    await store.close();
    await writer.close();
  });

  test.each([0, 100])(
    'a connection that ended %d ms ago is "unavailable" and leaves nothing; the next works',
    async (pauseMs) => {
      const store = await openStore(url.href);
      const cut = store.transaction(async (tx) => {
        await tx.db.insert(tx.tables.counters).values({ name: 'cut', value: 1 });
        await run(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = '${name}' and state = 'idle in transaction'`);
        await until(() => false, pauseMs);
        await tx.db.insert(tx.tables.counters).values({ name: 'never', value: 1 });
      });
      expect(await codeOf(cut)).toBe('unavailable');
      await count(store, 'next');
      expect(await counted(store)).toBe(1);
      await store.close();
    },
  );

  test('a database that is not there is "unavailable" for writing and fails the ping', async () => {
    const gone = new URL(url);
    gone.port = '1';
    const store = await openStore(gone.href);
    expect(await codeOf(count(store, 'a'))).toBe('unavailable');
    await expect(store.ping()).rejects.toThrow();
    await store.close();
  });

  test('a database that was away is used again, without a restart, and everything counts as changed', async () => {
    const cable = await wire();
    const { store, heard } = await listening(cable.url);
    await count(store, 'before');
    cable.cut();
    expect(await codeOf(count(store, 'meanwhile'))).toBe('unavailable');
    await expect(store.ping()).rejects.toThrow();
    cable.mend();
    await until(() => heard.includes(null));
    expect(heard).toContain(null);
    await count(store, 'after');
    expect(await counted(store)).toBe(2);
    await store.close();
    await cable.remove();
  });

  test('a database that takes no writes is "unavailable", and is read', async () => {
    const store = await openStore(url.href);
    await ask(postgresUrl, `alter database ${name} set default_transaction_read_only = on`);
    expect(await codeOf(count(store, 'a'))).toBe('unavailable');
    expect(await counted(store)).toBe(0);
    await store.close();
    await ask(postgresUrl, `alter database ${name} reset default_transaction_read_only`);
  });

  test('while another instance writes for long, all who wait are refused within 5 s, and reading goes on', async () => {
    const store = await openStore(url.href);
    const other = await openStore(url.href);
    const { promise, resolve: release } = Promise.withResolvers<void>();
    const long = other.transaction(() => promise);
    await until(() => false, 100);
    const from = performance.now();
    const writes = Array.from({ length: 15 }, (_, at) => codeOf(count(store, `w${at}`)));
    await until(() => false, 100);
    const read = performance.now();
    await counted(store);
    expect(performance.now() - read).toBeLessThan(1_000);
    expect(new Set(await Promise.all(writes))).toEqual(new Set(['unavailable']));
    expect(performance.now() - from).toBeGreaterThan(2_900);
    expect(performance.now() - from).toBeLessThan(5_000);
    release();
    await long;
    await count(store, 'later');
    expect(await counted(store)).toBe(1);
    await store.close();
    await other.close();
  });

  test('writes that read beside their transaction do not run out of connections', async () => {
    const store = await openStore(url.href);
    const work = Array.from({ length: 30 }, (_, at) =>
      store.transaction(async (tx) => {
        await tx.db.insert(tx.tables.counters).values({ name: `w${at}`, value: 1 });
        await counted(store);
      }),
    );
    await Promise.all(work);
    expect(await counted(store)).toBe(30);
    await store.close();
  });
});
