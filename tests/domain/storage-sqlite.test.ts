import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';
import type { Store } from '../../db/store.ts';
import { codeOf, count, counted, until } from '../support/counters.ts';

let folder = '';
let file = '';
const open: Store[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'klartext-sqlite-'));
  file = join(folder, 'test.db');
});
afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A migrated database, closed again after the test. */
async function ready(): Promise<Store> {
  await migrate(`file:${file}`, process.cwd());
  const store = await openStore(`file:${file}`);
  open.push(store);
  return store;
}

/** Another program with the file open. */
function outsider(): Sqlite.Database {
  return new Sqlite(file, { timeout: 0 });
}

describe('a SQLite file', () => {
  test('is made with its folder, for its owner alone', async () => {
    file = join(folder, 'new', 'deep', 'test.db');
    const store = await ready();
    await count(store, 'a');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o700);
    for (const ending of ['-wal', '-shm']) expect(statSync(file + ending).mode & 0o777).toBe(0o600);
  });

  test('keeps acknowledged writes through a loss of power, and references whole', async () => {
    await ready();
    const connection = outsider();
    expect(connection.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(connection.pragma('application_id', { simple: true })).toBe(0x4b4c5458);
    connection.close();
    const [store] = open;
    const orphan = { categoryId: 'nobody', groupId: 'nobody' };
    const work = store?.transaction((tx) => tx.db.insert(tx.tables.categoryGroups).values(orphan));
    await expect(work).rejects.toThrow();
  });

  const foreign: [string, () => void][] = [
    ['a text', () => writeFileSync(file, 'Dear diary, today nothing was down.\n'.repeat(200))],
    ['a text shorter than a header', () => writeFileSync(file, 'x')],
    ['zeros', () => writeFileSync(file, Buffer.alloc(8_192))],
    [
      'the database of another program',
      () => {
        const connection = new Sqlite(file);
        connection.exec('create table diary (entry text)');
        connection.close();
      },
    ],
    [
      'the database of another program with an id',
      () => {
        const connection = new Sqlite(file);
        connection.pragma('application_id = 1196444487');
        connection.exec('create table tiles (z integer)');
        connection.close();
      },
    ],
  ];
  test.each(foreign)('that is %s is refused with a sentence and stays as it was', async (_what, make) => {
    make();
    const before = readFileSync(file);
    await expect(openStore(`file:${file}`)).rejects.toThrow(
      `${file} is not a Klartext database. Name another file in DATABASE_URL.`,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(['test.db']);
  });

  test('that was opened before any table was made opens again', async () => {
    await (await openStore(`file:${file}`)).close();
    const store = await ready();
    await count(store, 'a');
    expect(await counted(store)).toBe(1);
  });

  test('that is gone fails the ping', async () => {
    const store = await ready();
    await store.ping();
    rmSync(file);
    await expect(store.ping()).rejects.toMatchObject({
      trouble: 'missing',
      cause: { message: `${file} is gone.` },
    });
  });
});

describe('a locked SQLite file', () => {
  test('is waited for', async () => {
    const store = await ready();
    const connection = outsider();
    connection.exec('begin immediate');
    setTimeout(() => connection.exec('commit'), 300);
    await count(store, 'a');
    connection.close();
    expect(await counted(store)).toBe(1);
  });

  test('answers "unavailable" within 5 s to all who wait, never "saved"; reading goes on, and so does the event loop', async () => {
    const store = await ready();
    const heard: unknown[] = [];
    store.onChange((tags) => heard.push(tags));
    const connection = outsider();
    connection.exec('begin immediate');
    let ticks = 0;
    const ticking = setInterval(() => {
      ticks += 1;
    }, 50);
    const from = performance.now();
    const writes = ['a', 'b', 'c'].map((name) => codeOf(count(store, name, ['reports'])));
    expect(await counted(store)).toBe(0);
    expect(await Promise.all(writes)).toEqual(['unavailable', 'unavailable', 'unavailable']);
    const took = performance.now() - from;
    clearInterval(ticking);
    connection.exec('rollback');
    connection.close();
    expect(took).toBeGreaterThan(2_900);
    expect(took).toBeLessThan(5_000);
    expect(ticks).toBeGreaterThan(35);
    expect(await counted(store)).toBe(0);
    await count(store, 'later', ['reports']);
    expect(heard).toEqual([new Set(['reports'])]);
    expect(await counted(store)).toBe(1);
  });
});

describe('what other programs write to a SQLite file', () => {
  test('is noticed within 1 s as "anything", once; own commits are not', async () => {
    const store = await ready();
    const heard: unknown[] = [];
    store.onChange((tags) => heard.push(tags));
    await count(store, 'own', ['policy']);
    await count(store, 'own without tags');
    await until(() => heard.length > 1, 1_100);
    expect(heard).toEqual([new Set(['policy'])]);

    const connection = outsider();
    connection.exec("insert into counters (name, value) values ('theirs', 1)");
    connection.close();
    expect(await until(() => heard.length > 1, 3_000)).toBeLessThan(1_000);
    expect(heard).toEqual([new Set(['policy']), null]);
    await until(() => heard.length > 2, 1_100);
    expect(heard).toHaveLength(2);
    expect(await counted(store)).toBe(3);
  });
});

test('closing a SQLite file waits for the writes that were begun', async () => {
  const store = await ready();
  open.pop();
  const writes = ['a', 'b', 'c'].map((name) => count(store, name));
  await store.close();
  await Promise.all(writes);
  expect(existsSync(`${file}-wal`)).toBe(false);
  expect(await counted(await ready())).toBe(3);
});
