/** The same domain tests on both engines, each test on an empty, migrated database. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { openStore } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';
import type { Store } from '../../db/store.ts';
import { newDatabase, postgresUrl } from './postgres.ts';
import { reverseUnordered } from './unordered.ts';

export interface Bench {
  readonly store: Store;
  readonly url: string;
}

/** Runs `tests` once per engine; without TEST_POSTGRES_URL the PostgreSQL half is skipped and the report says so. */
export function describeEachEngine(name: string, tests: (bench: Bench) => void): void {
  describe(`${name} · sqlite`, () => tests(prepare(createFile)));
  describe.skipIf(!postgresUrl)(`${name} · postgres`, () => tests(prepare(createDatabase)));
}

interface Prepared {
  url: string;
  remove: () => Promise<unknown>;
}

function prepare(create: () => Promise<Prepared>): Bench {
  let prepared: Prepared;
  let store: Store;
  beforeAll(async () => {
    reverseUnordered();
    prepared = await create();
    await migrate(prepared.url, process.cwd());
    store = await openStore(prepared.url);
  });
  beforeEach(() => empty(prepared.url));
  afterAll(async () => {
    await store?.close();
    await prepared?.remove();
  });
  return {
    get store() {
      return store;
    },
    get url() {
      return prepared.url;
    },
  };
}

async function createFile(): Promise<Prepared> {
  const folder = mkdtempSync(join(tmpdir(), 'klartext-test-'));
  return {
    url: `file:${join(folder, 'test.db')}`,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** One migrated file for who asks once of a lot of data, which no engine answers differently. */
export async function freshFile(): Promise<{ store: Store; remove: () => Promise<unknown> }> {
  const { url, remove } = await createFile();
  const store = await openStore(url);
  await migrate(url, process.cwd());
  return {
    store,
    remove: async () => {
      await store.close();
      await remove();
    },
  };
}

/** A database of its own, so that test files can run side by side. */
async function createDatabase(): Promise<Prepared> {
  const database = newDatabase();
  await database.create();
  return database;
}

async function empty(url: string): Promise<void> {
  if (url.startsWith('file:')) {
    const { default: Sqlite } = await import('better-sqlite3');
    const connection = new Sqlite(url.slice('file:'.length), { timeout: 5_000 });
    connection.pragma('foreign_keys = OFF');
    const tables = connection
      .prepare(
        "select name from sqlite_master where type = 'table' and name not like '\\_\\_%' escape '\\' and name not like 'sqlite%'",
      )
      .pluck()
      .all();
    connection.transaction(() => {
      for (const table of tables) connection.exec(`delete from "${table}"`);
    })();
    connection.close();
  } else {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<{ tablename: string }>(
      "select tablename from pg_tables where schemaname = 'public'",
    );
    const tables = rows.map((row) => `"${row.tablename}"`);
    // Deleting from small tables is thirty times as fast as truncating them, but needs a superuser to leave references aside.
    const deletes = [
      'set session_replication_role = replica',
      ...tables.map((table) => `delete from ${table}`),
    ];
    await client.query(deletes.join(';')).catch(() => client.query(`truncate ${tables.join(', ')} cascade`));
    await client.end();
  }
}
