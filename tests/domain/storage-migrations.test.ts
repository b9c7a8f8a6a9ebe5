import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';
import { ask, newDatabase, postgresUrl } from '../support/postgres.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'klartext-migrations-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Engine = 'sqlite' | 'postgres';

/** A root whose migrations are the given lists of statements, in order. */
function rootOf(engine: Engine, name: string, migrations: readonly string[][]): string {
  const root = join(folder, name);
  const at = join(root, 'db/migrations', engine);
  mkdirSync(join(at, 'meta'), { recursive: true });
  const entries = migrations.map((_, idx) => ({
    idx,
    version: '7',
    when: 1_000 + idx,
    tag: `000${idx}_step`,
    breakpoints: true,
  }));
  writeFileSync(join(at, 'meta/_journal.json'), JSON.stringify({ version: '7', dialect: engine, entries }));
  for (const [idx, statements] of migrations.entries()) {
    writeFileSync(join(at, `000${idx}_step.sql`), statements.join('\n--> statement-breakpoint\n'));
  }
  return root;
}

const family = [
  'create table parents (id text primary key, name text)',
  'create table children (id text primary key, parent_id text not null references parents(id) on delete cascade)',
  "insert into parents values ('p', 'Petra')",
  "insert into children values ('c', 'p')",
];
/** What drizzle-kit writes when a column changes: the parent is dropped and made anew. */
const rebuild = [
  'PRAGMA foreign_keys=OFF',
  'create table __new_parents (id text primary key, name text not null)',
  'insert into __new_parents select id, name from parents',
  'drop table parents',
  'alter table __new_parents rename to parents',
  'PRAGMA foreign_keys=ON',
];

describe('migrations of a SQLite file', () => {
  const file = () => join(folder, 'test.db');
  const url = () => `file:${file()}`;
  const rows = (sql: string, at = file()): unknown[] => {
    const connection = new Sqlite(at, { readonly: true });
    const found = connection.prepare(sql).all();
    connection.close();
    return found;
  };
  const tables = (at = file()) =>
    rows(
      "select name from sqlite_master where type = 'table' and name not like '\\_\\_%' escape '\\' order by name",
      at,
    );
  const backups = () => readdirSync(folder).filter((name) => name.includes('before-migration'));

  test('run twice: the second run does nothing and makes no backup', async () => {
    await (await openStore(url())).close();
    await migrate(url(), process.cwd());
    const before = rows('select * from __drizzle_migrations');
    await migrate(url(), process.cwd());
    expect(rows('select * from __drizzle_migrations')).toEqual(before);
    expect(backups()).toEqual([]);
    expect(tables()).toContainEqual({ name: 'incidents' });
  });

  test('written by a newer version are refused with a sentence, and the file stays as it is', async () => {
    await migrate(url(), rootOf('sqlite', 'newer', [family, ['create table future (x text)']]));
    const older = rootOf('sqlite', 'older', [family]);
    await expect(migrate(url(), older)).rejects.toThrow(
      `${file()} was written by a newer Klartext. Start that version, or restore a backup.`,
    );
    expect(tables()).toEqual([{ name: 'children' }, { name: 'future' }, { name: 'parents' }]);
    expect(backups()).toEqual([]);
  });

  test('copy the file before they change it, with everything in it, for its owner alone', async () => {
    await (await openStore(url())).close();
    await migrate(url(), rootOf('sqlite', 'one', [family]));
    const reader = new Sqlite(file());
    reader.pragma('journal_mode = WAL');
    reader.exec('begin; select * from parents');
    const writer = new Sqlite(file());
    writer.exec("insert into parents values ('q', 'written while somebody reads')");
    await migrate(url(), rootOf('sqlite', 'two', [family, ['drop table children']]));
    reader.close();
    writer.close();
    expect(backups()).toEqual(['test.db.before-migration-1']);
    const backup = `${file()}.before-migration-1`;
    expect(tables(backup)).toEqual([{ name: 'children' }, { name: 'parents' }]);
    expect(rows('select id from parents order by id', backup)).toEqual([{ id: 'p' }, { id: 'q' }]);
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    await (await openStore(`file:${backup}`)).close();
  });

  test('that rebuild a table keep the rows that point to it, and references stay enforced', async () => {
    await migrate(url(), rootOf('sqlite', 'one', [family]));
    await migrate(url(), rootOf('sqlite', 'two', [family, rebuild]));
    expect(rows('select * from children')).toEqual([{ id: 'c', parent_id: 'p' }]);
    expect(rows('select * from parents')).toEqual([{ id: 'p', name: 'Petra' }]);
    const connection = new Sqlite(file());
    expect(() => connection.exec("insert into children values ('d', 'nobody')")).toThrow('FOREIGN KEY');
    connection.close();
  });

  const broken: [string, string[], string | RegExp][] = [
    [
      'leave a reference to nothing',
      ["delete from parents where id = 'p'"],
      /Migration left 1 broken reference/,
    ],
    ['fail in the middle', ['create table half (x text)', 'insert into nowhere values (1)'], /nowhere/],
  ];
  test.each(broken)(
    'that %s change nothing, and the old version starts again',
    async (_what, statements, message) => {
      const old = rootOf('sqlite', 'one', [family]);
      await migrate(url(), old);
      const next = rootOf('sqlite', 'two', [family, statements]);
      await expect(migrate(url(), next)).rejects.toThrow(message);
      expect(tables()).toEqual([{ name: 'children' }, { name: 'parents' }]);
      expect(rows('select * from children')).toHaveLength(1);
      expect(rows('select count(*) as applied from __drizzle_migrations')).toEqual([{ applied: 1 }]);
      await migrate(url(), old);
      await expect(migrate(url(), next)).rejects.toThrow(message);
      expect(backups()).toEqual(['test.db.before-migration-1']);
    },
  );

  test('of two starts at once are applied once', async () => {
    const slow = [
      'create table marks (x text)',
      ...Array.from({ length: 300 }, (_, at) => `insert into marks values (${at})`),
    ];
    await (await openStore(url())).close();
    await migrate(url(), rootOf('sqlite', 'one', [family]));
    const root = rootOf('sqlite', 'two', [family, slow]);
    const start = () =>
      new Promise<string>((done) => {
        const script = `
          const { workerData, parentPort } = require('node:worker_threads');
          (async () => {
            const { openStore } = await import(workerData.client);
            const { migrate } = await import(workerData.migrate);
            parentPort.postMessage('ready');
            await new Promise((go) => parentPort.once('message', go));
            const store = await openStore(workerData.url);
            await migrate(workerData.url, workerData.root);
            await store.close();
            return 'done';
          })().catch((error) => error.stack).then((end) => parentPort.postMessage(end));`;
        const at = (path: string) => join(process.cwd(), 'db', path);
        const data = { client: at('client.ts'), migrate: at('migrate.ts'), url: url(), root };
        const worker = new Worker(script, { eval: true, workerData: data });
        workers.push(worker);
        worker.on('message', (message: string) => {
          if (message !== 'ready') return done(message);
          ready += 1;
          if (ready === 2) goTogether();
          return undefined;
        });
      });
    const workers: Worker[] = [];
    let ready = 0;
    // Both stand before the same lock until it opens.
    const holder = new Sqlite(file());
    const goTogether = () => {
      holder.exec('begin immediate');
      for (const each of workers) each.postMessage('go');
      setTimeout(() => holder.exec('rollback'), 700);
    };
    expect(await Promise.all([start(), start()])).toEqual(['done', 'done']);
    await Promise.all(workers.map((worker) => worker.terminate()));
    holder.close();
    expect(rows('select count(*) as count from marks')).toEqual([{ count: 300 }]);
    expect(rows('select count(*) as applied from __drizzle_migrations')).toEqual([{ applied: 2 }]);
    expect(backups()).toEqual(['test.db.before-migration-1']);
    expect(tables(`${file()}.before-migration-1`)).toEqual([{ name: 'children' }, { name: 'parents' }]);
  });
});

describe.skipIf(!postgresUrl)('migrations of a PostgreSQL database', () => {
  const database = newDatabase();
  const { url } = database;
  const run = (sql: string) => ask(url, sql);
  beforeAll(database.create);
  beforeEach(() =>
    run('drop schema public cascade; create schema public; drop schema if exists drizzle cascade'),
  );
  afterAll(database.remove);

  test('run twice, and by three instances at once, are applied once', async () => {
    const root = rootOf('postgres', 'one', [
      family,
      ['create table marks (x int)', 'insert into marks values (1)'],
    ]);
    await Promise.all([1, 2, 3].map(() => migrate(url, root)));
    await migrate(url, root);
    expect(await run('select * from marks')).toEqual([{ x: 1 }]);
    expect(await run('select count(*)::int as applied from drizzle.__drizzle_migrations')).toEqual([
      { applied: 2 },
    ]);
  });

  test('written by a newer version are refused with a sentence', async () => {
    await migrate(url, rootOf('postgres', 'newer', [family, ['create table future (x text)']]));
    await expect(migrate(url, rootOf('postgres', 'older', [family]))).rejects.toThrow(
      'The database was written by a newer Klartext. Start that version, or restore a backup.',
    );
  });

  test('that fail in the middle change nothing', async () => {
    const old = rootOf('postgres', 'one', [family]);
    await migrate(url, old);
    const next = rootOf('postgres', 'two', [
      family,
      ['create table half (x text)', 'insert into nowhere values (1)'],
    ]);
    await expect(migrate(url, next)).rejects.toThrow();
    expect(await run("select to_regclass('half')::text as half")).toEqual([{ half: null }]);
    await migrate(url, old);
  });
});

test('both engines have the same migrations by name, and a copy of the folders is enough to run them', async () => {
  const names = (engine: Engine) =>
    readdirSync(join(process.cwd(), 'db/migrations', engine)).filter((name) => name.endsWith('.sql'));
  expect(names('sqlite')).toEqual(names('postgres'));
  cpSync(join(process.cwd(), 'db/migrations'), join(folder, 'db/migrations'), { recursive: true });
  await migrate(`file:${join(folder, 'test.db')}`, folder);
  expect(existsSync(join(folder, 'test.db'))).toBe(true);
});
