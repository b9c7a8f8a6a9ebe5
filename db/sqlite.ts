import { AsyncLocalStorage } from 'node:async_hooks';
import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { sqliteKit } from './columns.sqlite.ts';
import { refuseDamaged } from './examine-file.ts';
import { defineSchema } from './schema.ts';
import { besides, openOurs, type Print, printOf, refuseForeignHeader } from './sqlite-file.ts';
import {
  type ChangeListener,
  Listeners,
  RefusedDatabase,
  StorageError,
  type Store,
  type Transaction,
  type Writer,
} from './store.ts';

/** Counted from when a transaction is asked for; with what a request does beside, its answer comes within 5 s. */
const lockPatienceMs = 3_000;
/** Whoever comes when others have waited in vain already. */
const shortPatienceMs = 100;
/** A lock that nobody met for so long is over. */
const lockForgottenMs = 2_000;
const probePatienceMs = 1_000;
const openPatienceMs = 1_000;
const lookEveryMs = 500;
/** How soon a file that was refused is examined again although nothing changed it. */
const examineAgainMs = 30_000;
/** Committed pages go from the log into the file soon after, so that the file alone is whole and a lost log loses nothing. */
const checkpointAfterMs = 250;
const checkpointFromBytes = 4_194_304;
/** Below this a write may be refused although a small one would fit. */
const enoughRoomBytes = 1_048_576;
const storageCodes = /^SQLITE_(BUSY|LOCKED|FULL|READONLY|CANTOPEN|IOERR|CORRUPT|NOTADB)/;
/** After these the file is examined before anything is read from it or written to it. */
const damageCodes = /^SQLITE_(CORRUPT|NOTADB|IOERR|CANTOPEN)/;

interface Connections {
  writer: Sqlite.Database;
  reader: Sqlite.Database;
  db: Writer;
  read: Writer;
  file: Print;
  besides: string;
  /** Of the writer: changes only when another process commits. */
  dataVersion: unknown;
}

/**
 * Opens `file` with one writer and one read-only connection; creates it when it is not there. A file that is taken away,
 * replaced, cut or overwritten while it is open is let go, and taken up again once a good one is there. Each look, twice a
 * second and before each write, compares the file and those beside it with what our own checkpoint left. What anything but
 * SQLite changed is examined in a thread before the next write; what is damaged, gone or of another instance waits until it
 * stands still, and is examined again.
 */
export function openSqlite(file: string): Store {
  const tables = defineSchema(sqliteKit);
  const changes = new Listeners<Parameters<ChangeListener>>();
  const queries = new Listeners<[string, unknown[]]>();
  const troubles = new Listeners<[StorageError | null]>();
  const joined = new AsyncLocalStorage<Transaction>();
  let queue: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const lock: Lock = { since: null, seenAt: 0 };
  let trouble: StorageError | null = null;
  let connections = connect();
  let isClosed = false;
  let examining: Promise<void> | null = null;
  /** A file in copy changes between two looks. */
  let seen = '';
  let rejected = { state: '', at: 0 };
  let refusal: { error: StorageError; at: number } | null = null;
  let admitted: { id: string; prepare: () => Promise<void> } | null = null;
  let checkpointTimer: NodeJS.Timeout | null = null;

  function connect(): Connections {
    const writer = openOurs(file, openPatienceMs);
    try {
      writer.pragma('journal_mode = WAL');
      prepare(writer);
      const reader = new Sqlite(file, { readonly: true, timeout: openPatienceMs });
      prepare(reader);
      const logger = { logQuery: (sql: string, params: unknown[]) => queries.tell(sql, params) };
      // The better-sqlite3 driver answers the same awaitable builders as the PostgreSQL one; the engine suite proves it.
      const open = (client: Sqlite.Database) =>
        drizzle({ client: noticing(client, noteFailure), casing: 'snake_case', logger }) as unknown as Writer;
      // The first look into it makes its side files.
      reader.prepare('select count(*) from sqlite_master').get();
      const print = printOf(file);
      if (!print) throw gone();
      const dataVersion = writer.pragma('data_version', { simple: true });
      return {
        writer,
        reader,
        db: open(writer),
        read: open(reader),
        file: print,
        besides: besides(file),
        dataVersion,
      };
    } catch (error) {
      writer.close();
      throw error;
    }
  }

  const gone = (): RefusedDatabase => new RefusedDatabase('missing', `${file} is gone.`);

  function disconnect(): void {
    for (const connection of [connections.reader, connections.writer]) {
      try {
        connection.close();
      } catch {
        // What cannot be closed was broken already.
      }
    }
  }

  /** From now on nothing is read or written, until `takeUp` finds a good file. */
  function letGo(reason: unknown): void {
    if (trouble) return;
    trouble = new StorageError(reason);
    seen = '';
    rejected = { state: '', at: 0 };
    disconnect();
    troubles.tell(trouble);
  }

  /** Any failed statement passes here on its way out. */
  function noteFailure(error: unknown): unknown {
    if (trouble) return trouble;
    if (!isStorageFailure(error) && !isWithoutTables(error)) return error;
    const code = error instanceof Sqlite.SqliteError ? error.code : '';
    // Not while a statement of it runs.
    if (damageCodes.test(code) || isWithoutTables(error)) setImmediate(() => letGo(error));
    return new StorageError(error, isWithoutTables(error) ? 'empty' : undefined);
  }

  /** Looks at the file itself; runs from a timer and before each write, never in the middle of one. */
  function look(): void {
    if (isClosed || examining || (!trouble && connections.writer.inTransaction)) return;
    try {
      const now = printOf(file);
      if (trouble) return void takeUpLater(now);
      if (now?.file !== connections.file.file) {
        intoTheFile();
        return void letGo(now ? new RefusedDatabase('missing', `${file} was replaced.`) : gone());
      }
      if (besides(file) !== connections.besides) return void joinAnew();
      if (now.state !== connections.file.state) {
        refuseForeignHeader(file);
        examining = examine(now);
      }
    } catch (error) {
      letGo(error);
    }
  }

  function tellOthersChanges(): void {
    if (isClosed || trouble || examining) return;
    try {
      const version = connections.writer.pragma('data_version', { simple: true });
      if (version === connections.dataVersion) return;
      connections.dataVersion = version;
      changes.tell(null);
    } catch (error) {
      noteFailure(error);
    }
  }

  /** The log was taken away: what is in it is still open here, so it goes into the file, and a new log is begun. */
  function joinAnew(): void {
    troubles.tell(
      new StorageError(
        new RefusedDatabase('missing', `${file}-wal or -shm was taken away; it is made anew.`),
      ),
    );
    intoTheFile();
    disconnect();
    connections = connect();
    changes.tell(null);
    troubles.tell(null);
  }

  function intoTheFile(): void {
    try {
      connections.writer.pragma('wal_checkpoint(TRUNCATE)');
    } catch {
      // A reader of another process keeps it from being emptied; then the log stays.
    }
  }

  function takeUpLater(now: Print | null): void {
    if (!now) {
      if (trouble?.trouble !== 'missing') trouble = new StorageError(gone());
      return;
    }
    const state = `${now.file}:${now.state}`;
    const isStill = state === seen;
    seen = state;
    const isDue = state !== rejected.state || performance.now() > rejected.at + examineAgainMs;
    if (isStill && isDue) examining = examine(now);
  }

  /** Reads the whole file in another thread, then opens it anew, or lets it go. */
  async function examine(found: Print): Promise<void> {
    try {
      const { id } = await refuseDamaged(file);
      if (isClosed) return;
      if (admitted && id !== admitted.id) throw otherInstance(file, id);
      while (!trouble && connections.writer.inTransaction) await pause(5);
      if (!trouble) disconnect();
      if (trouble) await admitted?.prepare();
      if (isClosed) return;
      connections = connect();
      const wasAway = trouble !== null;
      trouble = null;
      changes.tell(null);
      if (wasAway) troubles.tell(null);
    } catch (error) {
      const state = `${found.file}:${found.state}`;
      if (trouble) trouble = new StorageError(error);
      else letGo(error);
      if (rejected.state !== state) troubles.tell(trouble);
      rejected = { state, at: performance.now() };
    } finally {
      examining = null;
    }
  }

  async function ready(): Promise<void> {
    look();
    if (examining) await examining;
    if (trouble) throw trouble;
  }

  async function alone<T>(work: (tx: Transaction) => Promise<T>, deadline: number): Promise<T> {
    const tags = new Set<string>();
    const touch: Transaction['touch'] = (...touched) => void touched.map((tag) => tags.add(tag));
    let result: T;
    try {
      await ready();
      await begin(() => connections.writer, deadline, lock);
      const { writer, db } = connections;
      const tx: Transaction = { db, read: db, tables, touch };
      try {
        result = await joined.run(tx, () => work(tx));
        writer.exec('COMMIT');
      } catch (error) {
        if (writer.open && writer.inTransaction) writer.exec('ROLLBACK');
        throw error;
      }
    } catch (error) {
      const failure = noteFailure(error);
      if (failure instanceof StorageError) refusal = { error: failure, at: performance.now() };
      throw failure;
    }
    refusal = null;
    checkpointSoon();
    if (tags.size > 0) changes.tell(tags);
    return result;
  }

  function checkpointSoon(): void {
    const size = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    if (size > checkpointFromBytes) checkpoint();
    else checkpointTimer ??= setTimeout(checkpoint, checkpointAfterMs).unref();
  }

  function checkpoint(): void {
    if (checkpointTimer) clearTimeout(checkpointTimer);
    checkpointTimer = null;
    if (isClosed || trouble) return;
    try {
      const { writer, file: known } = connections;
      const now = printOf(file);
      if (writer.inTransaction || now?.file !== known.file || now.state !== known.state) return;
      writer.pragma('wal_checkpoint(TRUNCATE)');
      connections.file = printOf(file) ?? known;
    } catch (error) {
      noteFailure(error);
    }
  }

  /** In turn with the others; `deadline` bounds the wait for another process's lock. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    waiting += 1;
    const turn = queue.then(work).finally(() => {
      waiting -= 1;
    });
    queue = turn.catch(() => undefined);
    return turn;
  }

  /** Begins and ends; after a refusal it writes a page as well, because a full disk shows only then. */
  async function tryToWrite(deadline: number): Promise<void> {
    await ready();
    try {
      await begin(() => connections.writer, deadline, lock);
      const { writer } = connections;
      try {
        if (!refusal) return;
        const { bavail, bsize } = statfsSync(dirname(file));
        if (bavail * bsize < enoughRoomBytes) throw refusal.error;
        writer.pragma(`user_version = ${writer.pragma('user_version', { simple: true })}`);
        writer.exec('COMMIT');
        refusal = null;
      } finally {
        if (writer.open && writer.inTransaction) writer.exec('ROLLBACK');
      }
    } catch (error) {
      const failure = noteFailure(error);
      if (failure instanceof StorageError && failure.trouble !== 'locked')
        refusal = { error: failure, at: performance.now() };
      throw failure;
    }
  }

  const watch = setInterval(() => {
    look();
    tellOthersChanges();
  }, lookEveryMs);
  watch.unref();

  return {
    engine: 'sqlite',
    tables,
    get read() {
      if (trouble) throw trouble;
      return connections.read;
    },
    transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
      const outer = joined.getStore();
      if (outer) return work(outer);
      const deadline = deadlineUnder(lock);
      return inTurn(() => alone(work, deadline));
    },
    onChange: (listener) => changes.add(listener),
    onTrouble: (listener) => troubles.add(listener),
    onQuery: (listener) => queries.add(listener),
    async ping() {
      look();
      if (trouble) throw trouble;
      connections.reader.prepare('select 1').get();
    },
    async probeWrite() {
      const deadline = performance.now() + probePatienceMs;
      while (waiting > 0 && lock.since !== null && performance.now() < deadline) await pause(20);
      if (waiting > 0 && lock.since !== null)
        throw new StorageError(new Error(`${file} is locked.`), 'locked');
      // Writes of our own are at work, and are not refused.
      if (waiting > 0 && !refusal) return;
      await inTurn(() => tryToWrite(deadline));
    },
    trouble: () => trouble,
    admitOnly(id, again) {
      admitted = { id, prepare: again };
    },
    async close() {
      isClosed = true;
      clearInterval(watch);
      if (checkpointTimer) clearTimeout(checkpointTimer);
      await queue;
      await examining;
      disconnect();
    },
  };
}

const otherInstance = (file: string, id: string | null): RefusedDatabase =>
  id === null
    ? new RefusedDatabase('empty', `${file} is not the database that was there before: it was never set up.`)
    : new RefusedDatabase('foreign', `${file} belongs to another instance (${id}).`);

/** Each kept one is a few kilobytes; the product has about as many different statements. */
const keptStatements = 300;

/** The same connection; what goes wrong with a statement of it is told first, and each text is compiled once. */
function noticing(client: Sqlite.Database, note: (error: unknown) => unknown): Sqlite.Database {
  const guard =
    <A extends unknown[], R>(call: (...args: A) => R) =>
    (...args: A): R => {
      try {
        return call(...args);
      } catch (error) {
        throw note(error);
      }
    };
  const prepareStatement = client.prepare.bind(client);
  const kept = new Map<string, Sqlite.Statement>();
  const compiled = (sql: string): Sqlite.Statement => {
    const statement = prepareStatement(sql);
    for (const name of ['all', 'get', 'run'] as const)
      Object.defineProperty(statement, name, { value: guard(statement[name].bind(statement)) });
    return statement;
  };
  const watched = (sql: string): Sqlite.Statement => {
    const known = kept.get(sql);
    // Rows as arrays is a mode of the statement, which whoever had it before may have set.
    if (known?.reader) known.raw(false);
    const statement = known ?? compiled(sql);
    // The one that was used last is the last to go.
    kept.delete(sql);
    kept.set(sql, statement);
    const [oldest] = kept.keys();
    if (kept.size > keptStatements && oldest !== undefined) kept.delete(oldest);
    return statement;
  };
  Object.defineProperty(client, 'prepare', { value: guard(watched) });
  return client;
}

function prepare(connection: Sqlite.Database): void {
  connection.pragma('busy_timeout = 0');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('trusted_schema = OFF');
  connection.pragma('cell_size_check = ON');
  connection.pragma('journal_size_limit = 16777216');
  // Ours alone, so that any other change of the file shows.
  connection.pragma('wal_autocheckpoint = 0');
}

/** Another process's lock, as far as our writes met it. */
interface Lock {
  since: number | null;
  seenAt: number;
}

function noteLock(lock: Lock): void {
  const now = performance.now();
  if (lock.since === null || now > lock.seenAt + lockForgottenMs) lock.since = now;
  lock.seenAt = now;
}

/** All who come while a lock lasts wait to the same instant; a request that writes more than once must not wait twice. */
function deadlineUnder({ since, seenAt }: Lock): number {
  const now = performance.now();
  if (since === null || now > seenAt + lockForgottenMs) return now + lockPatienceMs;
  return Math.max(since + lockPatienceMs, now + shortPatienceMs);
}

/**
 * Waits for another process's lock without sleeping the event loop, as a busy timeout would. The patience counts from
 * when the transaction was asked for, so that those in the queue are not refused one after the other.
 */
async function begin(writer: () => Sqlite.Database, deadline: number, lock: Lock): Promise<void> {
  for (;;) {
    try {
      writer().exec('BEGIN IMMEDIATE');
      lock.since = null;
      return;
    } catch (error) {
      const isBusy = error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (isBusy) noteLock(lock);
      if (!isBusy || performance.now() > deadline) throw error;
      await pause(10);
    }
  }
}

function sqliteCause(error: unknown): InstanceType<typeof Sqlite.SqliteError> | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof Sqlite.SqliteError) return cause;
  return null;
}

function isStorageFailure(error: unknown): boolean {
  const cause = sqliteCause(error);
  if (cause) return storageCodes.test(cause.code);
  return (
    error instanceof RefusedDatabase ||
    (error instanceof TypeError && /connection is not open/.test(error.message))
  );
}

/** The tables that were there at the start are not: somebody put another file in place. */
const isWithoutTables = (error: unknown): boolean =>
  /^no such (table|column)/.test(sqliteCause(error)?.message ?? '');
