import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Tables } from './schema.ts';

/** Reading alone: has no insert, update or delete, so that every write goes through `transaction`. */
export type Reader = Pick<NodePgDatabase, 'select' | 'selectDistinct' | '$count' | 'with'>;

/** Reading and writing inside one transaction. */
export type Writer = Pick<
  NodePgDatabase,
  'select' | 'selectDistinct' | '$count' | 'with' | 'insert' | 'update' | 'delete'
>;

export interface Transaction {
  db: Writer;
  /** The same, for what only reads: a transaction is taken wherever a store is. */
  read: Reader;
  tables: Tables;
  /** Names what this change touches; told to the published bytes of all instances after the commit. */
  touch: (...tags: (Tag | `${Tag}@${number}`)[]) => void;
}

/** What changes touch, and what shows it or waits for it; `all` is everything that is shown. */
export type Tag =
  | 'all'
  | 'settings'
  | 'catalogue'
  | 'policy'
  | 'incidents'
  | 'history'
  | 'reports'
  | 'notices'
  | 'outbox'
  | `${'incident' | 'category' | 'past' | 'report'}:${string}`;

/** A tag that is touched by the clock: what shows it is stale from `at` on, and not before. For what is held until then. */
export const tagAt = (tag: Tag, at: Date) => `${tag}@${at.getTime()}` as const;

/** Told after each commit which tags changed; `null` when changes may have been missed. */
export type ChangeListener = (tags: ReadonlySet<string> | null) => void;

/** One database of either engine, open. */
export interface Store {
  engine: 'sqlite' | 'postgres';
  tables: Tables;
  read: Reader;
  /**
   * Runs `work` alone: writes of one store never overlap, on both engines. Commits when it resolves, rolls back
   * when it throws. A transaction inside a transaction joins it. Never await the network inside.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  onChange(listener: ChangeListener): () => void;
  /** Told when the database cannot be used any more, and with null when it can again. */
  onTrouble(listener: (trouble: StorageError | null) => void): () => void;
  /** Counts statements at the driver, for tests and the query budget. */
  onQuery(listener: (sql: string, params: unknown[]) => void): () => void;
  /** Resolves when a trivial read works, throws otherwise. */
  ping(): Promise<void>;
  /** Resolves when a write would be taken now, throws a `StorageError` otherwise; waits a second for a lock at most. */
  probeWrite(): Promise<void>;
  /** What keeps the database from being read, as far as is known; null when nothing does. */
  trouble(): StorageError | null;
  /**
   * What a database must pass that comes back after it was away, before it is used again: whether it is the same one, and
   * of the newest schema. `id` is the instance's, asked for on every new connection; `prepare` may migrate.
   */
  admitOnly(id: string, prepare: () => Promise<void>): void;
  close(): Promise<void>;
}

/** Why a database cannot be used, in a word; the sentence for readers stands in `i18n/en/unavailable.ts`. */
export type Trouble =
  | 'starting'
  | 'unreachable'
  | 'missing'
  | 'empty'
  | 'foreign'
  | 'damaged'
  | 'locked'
  | 'read_only'
  | 'full'
  | 'newer'
  | 'unknown';

/** The database could not be used: full, locked, read-only, damaged or gone. `code` travels between module graphs. */
export class StorageError extends Error {
  readonly code = 'unavailable';
  readonly trouble: Trouble;
  constructor(cause: unknown, trouble: Trouble = troubleOf(cause)) {
    super('Nothing was saved: the database does not take writes at the moment. Please try again.', { cause });
    this.trouble = trouble;
  }
}

/** A database that must not be used as it is; the message says what to do. */
export class RefusedDatabase extends Error {
  readonly trouble: Trouble;
  constructor(trouble: Trouble, message: string) {
    super(message);
    this.trouble = trouble;
  }
}

const troubleByCode: readonly [RegExp, Trouble][] = [
  [/^SQLITE_(BUSY|LOCKED)|^55P03$/, 'locked'],
  [/^SQLITE_READONLY|^25006$|^EROFS$|^EACCES$|^EPERM$/, 'read_only'],
  [/^SQLITE_FULL|^53100$|^ENOSPC$|^EDQUOT$/, 'full'],
  [/^SQLITE_(CORRUPT|NOTADB)/, 'damaged'],
  [/^57P03$/, 'starting'],
  [/^3D000$/, 'missing'],
  [/^42P01$|^42703$/, 'empty'],
  [/^(08|28|53|55|57|58)|^SQLITE_(IOERR|CANTOPEN)|^E[A-Z]+$/, 'unreachable'],
];

/** The trouble behind any error, found by the codes of SQLite, PostgreSQL (appendix A) and the system in its chain of causes. */
export function troubleOf(error: unknown): Trouble {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof RefusedDatabase || cause instanceof StorageError) return cause.trouble;
    const code = 'code' in cause ? String(cause.code) : '';
    const found = troubleByCode.find(([codes]) => codes.test(code));
    if (found) return found[1];
  }
  return 'unknown';
}

export class Listeners<A extends unknown[]> {
  readonly #listeners = new Set<(...args: A) => void>();
  add(listener: (...args: A) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  /** Tells everybody. What a listener throws ends neither the telling nor the process: most of it comes from timers and sockets. */
  tell(...args: A): void {
    for (const listener of this.#listeners) {
      try {
        listener(...args);
      } catch (error) {
        process.stderr.write(`A listener of the database failed: ${error}\n`);
      }
    }
  }
}
