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
  tables: Tables;
  /** Names what this change touches; told to the published bytes of all instances after the commit. */
  touch: (...tags: string[]) => void;
}

/** A tag that is touched by the clock: what shows it is stale from `at` on, and not before. For what is held until then. */
export const tagAt = (tag: string, at: Date): string => `${tag}@${at.getTime()}`;

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
  /** Counts statements at the driver, for tests and the query budget. */
  onQuery(listener: (sql: string, params: unknown[]) => void): () => void;
  /** Resolves when a trivial read works, throws otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The database could not take a write: full, locked, read-only or gone. `code` travels between module graphs. */
export class StorageError extends Error {
  readonly code = 'unavailable';
  constructor(cause: unknown) {
    super('Nothing was saved: the database does not take writes at the moment. Please try again.', { cause });
  }
}

export class Listeners<A extends unknown[]> {
  readonly #listeners = new Set<(...args: A) => void>();
  add(listener: (...args: A) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  tell(...args: A): void {
    for (const listener of this.#listeners) listener(...args);
  }
}
