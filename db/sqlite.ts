import { AsyncLocalStorage } from 'node:async_hooks';
import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { sqliteKit } from './columns.ts';
import { defineSchema } from './schema.ts';
import { type ChangeListener, Listeners, StorageError, type Store, type Transaction, type Writer } from './store.ts';

/** "KLTX": tells our files from other SQLite files and from empty ones. */
const applicationId = 0x4b4c5458;
const lockPatienceMs = 5_000;
const storageCodes = /^SQLITE_(BUSY|LOCKED|FULL|READONLY|CANTOPEN|IOERR|CORRUPT|NOTADB)/;

/** Opens `file` with one writer and one read-only connection; creates it when it is not there. */
export function openSqlite(file: string): Store {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const isNew = !existsSync(file) || statSync(file).size === 0;
  const writer = connect(file, {});
  const found = writer.pragma('application_id', { simple: true });
  if (!isNew && found !== applicationId) {
    writer.close();
    throw new Error(`${file} is not a Klartext database. Name another file in DATABASE_URL.`);
  }
  if (isNew) {
    writer.pragma(`application_id = ${applicationId}`);
    chmodSync(file, 0o600);
  }
  const reader = connect(file, { readonly: true });

  const tables = defineSchema(sqliteKit);
  const changes = new Listeners<Parameters<ChangeListener>>();
  const queries = new Listeners<[string]>();
  const logger = { logQuery: (sql: string) => queries.tell(sql) };
  // The better-sqlite3 driver answers the same awaitable builders as the PostgreSQL one; the engine suite proves it.
  const open = (client: Sqlite.Database) =>
    drizzle({ client, casing: 'snake_case', logger }) as unknown as Writer;
  const db = open(writer);
  const joined = new AsyncLocalStorage<Transaction>();
  let queue: Promise<unknown> = Promise.resolve();

  async function alone<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const tags = new Set<string>();
    const tx: Transaction = { db, tables, touch: (...touched) => touched.forEach((tag) => tags.add(tag)) };
    await begin(writer);
    let result: T;
    try {
      result = await joined.run(tx, () => work(tx));
      writer.exec('COMMIT');
    } catch (error) {
      if (writer.inTransaction) writer.exec('ROLLBACK');
      throw isStorageFailure(error) ? new StorageError(error) : error;
    }
    if (tags.size > 0) changes.tell(tags);
    return result;
  }

  // Seen from the writer, `data_version` changes only when another process (the CLI) commits; what it touched is unknown.
  const dataVersion = () => writer.pragma('data_version', { simple: true });
  let seenVersion = dataVersion();
  const watch = setInterval(() => {
    const version = dataVersion();
    if (version !== seenVersion) changes.tell(null);
    seenVersion = version;
  }, 500);
  watch.unref();

  return {
    engine: 'sqlite',
    tables,
    read: open(reader),
    transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
      const outer = joined.getStore();
      if (outer) return work(outer);
      const turn = queue.then(() => alone(work));
      queue = turn.catch(() => undefined);
      return turn;
    },
    onChange: (listener) => changes.add(listener),
    onQuery: (listener) => queries.add(listener),
    async ping() {
      reader.prepare('select 1').get();
      if (!existsSync(file)) throw new Error(`${file} is gone.`);
    },
    async close() {
      clearInterval(watch);
      await queue;
      reader.close();
      writer.close();
    },
  };
}

function connect(file: string, options: Sqlite.Options): Sqlite.Database {
  const connection = new Sqlite(file, { ...options, timeout: 0 });
  if (!options.readonly) connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('trusted_schema = OFF');
  connection.pragma('cell_size_check = ON');
  connection.pragma('journal_size_limit = 16777216');
  return connection;
}

/** Waits for another process's lock without sleeping the event loop, as a busy timeout would. */
async function begin(writer: Sqlite.Database): Promise<void> {
  const deadline = performance.now() + lockPatienceMs;
  for (;;) {
    try {
      writer.exec('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      const isBusy = error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!isBusy || performance.now() > deadline) throw isStorageFailure(error) ? new StorageError(error) : error;
      await pause(10);
    }
  }
}

function isStorageFailure(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Sqlite.SqliteError ? error.cause : error;
  return cause instanceof Sqlite.SqliteError && storageCodes.test(cause.code);
}
