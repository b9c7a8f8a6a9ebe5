import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { postgresKit } from './columns.postgres.ts';
import { defineSchema } from './schema.ts';
import {
  type ChangeListener,
  Listeners,
  RefusedDatabase,
  StorageError,
  type Store,
  type Transaction,
} from './store.ts';

/** Writes of all instances take turns on this lock, so that the audit chain has one order and both engines behave alike. */
const writeLock = 0x4b4c5458;
const channel = 'klartext';
/** Counted from when a transaction is asked for; who waited for others of this instance still gets a moment. */
const lockPatienceMs = 3_000;
const minimalPatienceMs = 20;
/** Whoever comes right after one that waited in vain; a request may write more than once. */
const shortPatienceMs = 200;
const probePatienceMs = 1_000;
/**
 * Class 08 connection, 25 read-only, 28 sign-in, 3D the database itself, 53 resources, 55 lock or database not available, 57 shutdown,
 * 58 system (PostgreSQL, appendix A); and tables or columns that were there at the start.
 */
const storageStates = /^(08|25006|28|3D000|42P01|42703|53|55|57|58)/;
const storageCodes =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENOENT)$/;
/** These say that the database is there and only did not take this write. */
const onlyThisWrite = new Set(['locked', 'read_only', 'full']);

/**
 * Opens the PostgreSQL at `url` with a pool and a listener for what other instances change. Each new connection is asked for
 * the id of the instance.
 */
export function openPostgres(url: string): Store {
  let admitted: { id: string; prepare: () => Promise<void> } | null = null;
  let trouble: StorageError | null = null;
  let refusal: { error: StorageError; at: number } | null = null;
  const troubles = new Listeners<[StorageError | null]>();
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 4_000,
    // Pages lie in memory or on an SSD: at the server's costs for a turning disk it reads whole tables for 500 rows.
    options: '-c lock_timeout=5s -c statement_timeout=30s -c timezone=UTC -c random_page_cost=1.1',
    // Before anybody is given it: a database that was dropped and made anew answers like the one before.
    onConnect: async (client: pg.ClientBase) => {
      client.on('error', () => undefined);
      if (admitted) await refuseOther(client, admitted.id);
    },
  });
  pool.on('error', () => undefined);
  // The pool listens to its idle connections only; one that breaks in use fails its next statement, not the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const tables = defineSchema(postgresKit);
  const changes = new Listeners<Parameters<ChangeListener>>();
  const queries = new Listeners<[string, unknown[]]>();
  const logger = { logQuery: (sql: string, params: unknown[]) => queries.tell(sql, params) };
  const joined = new AsyncLocalStorage<Transaction>();
  const self = crypto.randomUUID();
  const listening = new AbortController();

  function noteFailure(error: unknown): unknown {
    if (!isStorageFailure(error)) return error;
    const failure = error instanceof StorageError ? error : new StorageError(error);
    if (!onlyThisWrite.has(failure.trouble)) {
      const isNews = trouble?.trouble !== failure.trouble;
      trouble = failure;
      if (isNews) troubles.tell(trouble);
    }
    return failure;
  }
  function noteSuccess(): void {
    if (!trouble) return;
    trouble = null;
    troubles.tell(null);
  }

  // Every read goes through it. The driver's overloads have no common type; it is called as drizzle calls the pool.
  const query = pool.query.bind(pool) as (...statement: unknown[]) => Promise<pg.QueryResult>;
  const reading = {
    query: async (...statement: unknown[]) => {
      try {
        const result = await query(...statement);
        noteSuccess();
        return result;
      } catch (error) {
        throw noteFailure(error);
      }
    },
  };
  void listen(url, self, changes, listening.signal, async (client) => {
    if (!admitted) return;
    await refuseOther(client, admitted.id);
    await admitted.prepare();
  });

  let queue: Promise<unknown> = Promise.resolve();

  async function alone<T>(work: (tx: Transaction) => Promise<T>, deadline: number): Promise<T> {
    const tags = new Set<string>();
    let client: pg.PoolClient | null = null;
    let broken = false;
    try {
      client = await pool.connect();
      const db = drizzle({ client, casing: 'snake_case', logger });
      const touch = (...touched: string[]) => void touched.map((tag) => tags.add(tag));
      const tx: Transaction = { db, read: db, tables, touch };
      await client.query('begin');
      const patience = Math.max(minimalPatienceMs, Math.ceil(deadline - performance.now()));
      const settings = "set_config('lock_timeout', $2, true)";
      await client.query(`select ${settings}, pg_advisory_xact_lock($1)`, [writeLock, `${patience}`]);
      const result = await joined.run(tx, () => work(tx));
      if (tags.size > 0) await client.query('select pg_notify($1, $2)', [channel, message(self, tags)]);
      await client.query('commit');
      refusal = null;
      noteSuccess();
      if (tags.size > 0) changes.tell(tags);
      return result;
    } catch (error) {
      await client?.query('rollback').catch(() => {
        broken = true;
      });
      const failure = noteFailure(error);
      if (failure instanceof StorageError) refusal = { error: failure, at: performance.now() };
      throw failure;
    } finally {
      client?.release(broken);
    }
  }

  function inTurn<T>(work: (tx: Transaction) => Promise<T>, patienceMs: number): Promise<T> {
    // One at a time also within the instance: whoever waits for the lock must not hold a connection that readers need.
    const deadline = performance.now() + patienceMs;
    const turn = queue.then(() => alone(work, deadline));
    queue = turn.catch(() => undefined);
    return turn;
  }

  return {
    engine: 'postgres',
    tables,
    read: drizzle({ client: reading as unknown as pg.Pool, casing: 'snake_case', logger }),
    transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
      const outer = joined.getStore();
      if (outer) return work(outer);
      const isAfterLock =
        refusal?.error.trouble === 'locked' && performance.now() < refusal.at + lockPatienceMs;
      return inTurn(work, isAfterLock ? shortPatienceMs : lockPatienceMs);
    },
    onChange: (listener) => changes.add(listener),
    onTrouble: (listener) => troubles.add(listener),
    onQuery: (listener) => queries.add(listener),
    async ping() {
      await reading.query('select 1');
    },
    async probeWrite() {
      const wasRefused = refusal !== null;
      await inTurn(async ({ db }) => {
        // After a refusal a row is written, because a full disk shows only then; else it is enough to be asked to wait in vain.
        const row = { name: 'write-probe', value: 0 };
        const { counters } = tables;
        if (wasRefused)
          await db
            .insert(counters)
            .values(row)
            .onConflictDoUpdate({ target: counters.name, set: { value: 0 } });
        else await db.select().from(counters).where(eq(counters.name, row.name)).for('update');
      }, probePatienceMs);
    },
    trouble: () => trouble,
    admitOnly(id, prepare) {
      admitted = { id, prepare };
    },
    async close() {
      listening.abort();
      await pool.end();
    },
  };
}

/** Throws unless the database behind this connection is the instance's own. */
async function refuseOther(client: pg.ClientBase, id: string): Promise<void> {
  const { rows } = await client.query<{ value: unknown }>(
    "select value from settings where key = 'instance_id'",
  );
  const found = rows[0]?.value ?? null;
  if (found === null)
    throw new RefusedDatabase(
      'empty',
      'The database is not the one that was there before: it was never set up.',
    );
  if (found !== id)
    throw new RefusedDatabase('foreign', `The database belongs to another instance (${found}).`);
}

/** A notification holds at most 8,000 bytes; a longer list of tags becomes "everything". */
function message(sender: string, tags: ReadonlySet<string>): string {
  const list = [...tags].join(' ');
  return `${sender} ${list.length > 7_000 ? '*' : list}`;
}

/** Keeps one connection listening; every new one may have missed changes, so it tells `null` first. */
async function listen(
  url: string,
  self: string,
  changes: Listeners<Parameters<ChangeListener>>,
  signal: AbortSignal,
  admit: (client: pg.ClientBase) => Promise<void>,
): Promise<void> {
  for (let wait = 100; !signal.aborted; wait = Math.min(wait * 2, 5_000)) {
    const client = new pg.Client({ connectionString: url, keepAlive: true });
    const ended = new Promise<void>((resolve) => {
      client.on('end', resolve);
      client.on('error', () => resolve());
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    client.on('notification', ({ payload = '' }) => {
      const [sender, ...tags] = payload.split(' ');
      if (sender !== self) changes.tell(tags.includes('*') ? null : new Set(tags));
    });
    try {
      await client.connect();
      await admit(client);
      await client.query(`listen ${channel}`);
      changes.tell(null);
      wait = 50;
      await ended;
    } catch {
      // Reconnects below; reads and writes report their own failures.
    }
    await client.end().catch(() => undefined);
    await pause(wait, undefined, { signal }).catch(() => undefined);
  }
}

function isStorageFailure(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof RefusedDatabase || cause instanceof StorageError) return true;
    const code = 'code' in cause ? String(cause.code) : '';
    if (storageStates.test(code) || storageCodes.test(code)) return true;
    if (/Connection terminated|is not queryable|timeout exceeded when trying to connect/.test(cause.message))
      return true;
  }
  return false;
}
