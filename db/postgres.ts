import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { postgresKit } from './columns.postgres.ts';
import { defineSchema } from './schema.ts';
import { type ChangeListener, Listeners, StorageError, type Store, type Transaction } from './store.ts';

/** Writes of all instances take turns on this lock, so that the audit chain has one order and both engines behave alike. */
const writeLock = 0x4b4c5458;
const channel = 'klartext';
/** Counted from when a transaction is asked for; who waited for others of this instance still gets a moment. */
const lockPatienceMs = 5_000;
const minimalPatienceMs = 100;
/** Class 08 connection, 25 read-only, 53 resources, 55 lock not available, 57 shutdown, 58 system (PostgreSQL, appendix A). */
const storageStates = /^(08|25006|53|55P03|57|58)/;
const storageCodes = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|ENOENT)$/;

/** Opens the PostgreSQL at `url` with a pool and a listener for what other instances change. */
export function openPostgres(url: string): Store {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5_000,
    options: '-c lock_timeout=5s -c statement_timeout=30s -c timezone=UTC',
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
  void listen(url, self, changes, listening.signal);

  let queue: Promise<unknown> = Promise.resolve();

  async function alone<T>(work: (tx: Transaction) => Promise<T>, deadline: number): Promise<T> {
    const tags = new Set<string>();
    const client = await pool.connect().catch((error) => Promise.reject(new StorageError(error)));
    const db = drizzle({ client, casing: 'snake_case', logger });
    const tx: Transaction = { db, tables, touch: (...touched) => void touched.map((tag) => tags.add(tag)) };
    let broken = false;
    try {
      await client.query('begin');
      const patience = Math.max(minimalPatienceMs, Math.ceil(deadline - performance.now()));
      const settings = "set_config('lock_timeout', $2, true)";
      await client.query(`select ${settings}, pg_advisory_xact_lock($1)`, [writeLock, `${patience}`]);
      const result = await joined.run(tx, () => work(tx));
      if (tags.size > 0) await client.query('select pg_notify($1, $2)', [channel, message(self, tags)]);
      await client.query('commit');
      if (tags.size > 0) changes.tell(tags);
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => {
        broken = true;
      });
      throw isStorageFailure(error) ? new StorageError(error) : error;
    } finally {
      client.release(broken);
    }
  }

  return {
    engine: 'postgres',
    tables,
    read: drizzle({ client: pool, casing: 'snake_case', logger }),
    transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
      const outer = joined.getStore();
      if (outer) return work(outer);
      // One at a time also within the instance: whoever waits for the lock must not hold a connection that readers need.
      const deadline = performance.now() + lockPatienceMs;
      const turn = queue.then(() => alone(work, deadline));
      queue = turn.catch(() => undefined);
      return turn;
    },
    onChange: (listener) => changes.add(listener),
    onQuery: (listener) => queries.add(listener),
    async ping() {
      await pool.query('select 1');
    },
    async close() {
      listening.abort();
      await pool.end();
    },
  };
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
    const code = 'code' in cause ? String(cause.code) : '';
    if (storageStates.test(code) || storageCodes.test(code)) return true;
    if (/Connection terminated|is not queryable|timeout exceeded when trying to connect/.test(cause.message))
      return true;
  }
  return false;
}
