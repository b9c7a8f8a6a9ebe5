import { AsyncLocalStorage } from 'node:async_hooks';
import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { sqliteKit } from './columns.sqlite.ts';
import { defineSchema } from './schema.ts';
import {
  type ChangeListener,
  Listeners,
  StorageError,
  type Store,
  type Transaction,
  type Writer,
} from './store.ts';

/** "KLTX": tells our files from other SQLite files and from empty ones. */
const applicationId = 0x4b4c5458;
const lockPatienceMs = 5_000;
const storageCodes = /^SQLITE_(BUSY|LOCKED|FULL|READONLY|CANTOPEN|IOERR|CORRUPT|NOTADB)/;

/** Opens `file` with one writer and one read-only connection; creates it when it is not there. */
export function openSqlite(file: string): Store {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const writer = openOurs(file);
  writer.pragma('journal_mode = WAL');
  prepare(writer);
  const reader = new Sqlite(file, { readonly: true, timeout: lockPatienceMs });
  prepare(reader);

  const tables = defineSchema(sqliteKit);
  const changes = new Listeners<Parameters<ChangeListener>>();
  const queries = new Listeners<[string, unknown[]]>();
  const logger = { logQuery: (sql: string, params: unknown[]) => queries.tell(sql, params) };
  // The better-sqlite3 driver answers the same awaitable builders as the PostgreSQL one; the engine suite proves it.
  const open = (client: Sqlite.Database) =>
    drizzle({ client, casing: 'snake_case', logger }) as unknown as Writer;
  const db = open(writer);
  const joined = new AsyncLocalStorage<Transaction>();
  let queue: Promise<unknown> = Promise.resolve();
  const { ino } = statSync(file);

  async function alone<T>(work: (tx: Transaction) => Promise<T>, deadline: number): Promise<T> {
    const tags = new Set<string>();
    const tx: Transaction = { db, tables, touch: (...touched) => void touched.map((tag) => tags.add(tag)) };
    // A file that was taken away or replaced would take writes that nobody can read again.
    if (statSync(file, { throwIfNoEntry: false })?.ino !== ino)
      throw new StorageError(new Error(`${file} is gone.`));
    await begin(writer, deadline);
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
      const deadline = performance.now() + lockPatienceMs;
      const turn = queue.then(() => alone(work, deadline));
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

/** Opens the file for writing, or makes it; a file of somebody else is left as it is. */
function openOurs(file: string): Sqlite.Database {
  const isNew = !existsSync(file) || statSync(file).size === 0;
  // SQLite gives its other files the mode that this one has when they are made.
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  const connection = new Sqlite(file, { timeout: lockPatienceMs });
  try {
    // Before WAL: a crash in between must not leave a file that is not known as ours.
    if (isNew) connection.pragma(`application_id = ${applicationId}`);
    if (connection.pragma('application_id', { simple: true }) === applicationId) return connection;
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError) || error.code !== 'SQLITE_NOTADB') {
      connection.close();
      throw error;
    }
  }
  connection.close();
  throw new Error(`${file} is not a Klartext database. Name another file in DATABASE_URL.`);
}

function prepare(connection: Sqlite.Database): void {
  connection.pragma('busy_timeout = 0');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('trusted_schema = OFF');
  connection.pragma('cell_size_check = ON');
  connection.pragma('journal_size_limit = 16777216');
}

/**
 * Waits for another process's lock without sleeping the event loop, as a busy timeout would. The patience counts from
 * when the transaction was asked for, so that those in the queue are not refused one after the other.
 */
async function begin(writer: Sqlite.Database, deadline: number): Promise<void> {
  for (;;) {
    try {
      writer.exec('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      const isBusy = error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!isBusy || performance.now() > deadline)
        throw isStorageFailure(error) ? new StorageError(error) : error;
      await pause(10);
    }
  }
}

function isStorageFailure(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Sqlite.SqliteError ? error.cause : error;
  return cause instanceof Sqlite.SqliteError && storageCodes.test(cause.code);
}
