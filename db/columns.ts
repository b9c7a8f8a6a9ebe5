/**
 * The column kit: the only vocabulary in which tables are written, so that one schema serves both engines.
 * Column types are those of PostgreSQL; SQLite's kit stores the same values in its own way.
 */
import * as pg from 'drizzle-orm/pg-core';
import * as sqlite from 'drizzle-orm/sqlite-core';

type Choices = readonly [string, ...string[]];

export const postgresKit = {
  table: pg.pgTable,
  text: () => pg.text(),
  choice: <const V extends Choices>(values: V) => pg.text({ enum: values as unknown as [...V] }),
  integer: () => pg.integer(),
  flag: () => pg.boolean(),
  /** A moment in UTC with milliseconds. */
  instant: () => pg.timestamp({ withTimezone: true, precision: 3, mode: 'date' }),
  json: <T>() => pg.json().$type<T>(),
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  primaryKey: pg.primaryKey,
};

export type Kit = typeof postgresKit;

const sqliteColumns = {
  table: sqlite.sqliteTable,
  text: () => sqlite.text(),
  choice: <const V extends Choices>(values: V) => sqlite.text({ enum: values as unknown as [...V] }),
  integer: () => sqlite.integer(),
  flag: () => sqlite.integer({ mode: 'boolean' }),
  instant: () => sqlite.integer({ mode: 'timestamp_ms' }),
  json: <T>() => sqlite.text({ mode: 'json' }).$type<T>(),
  index: sqlite.index,
  uniqueIndex: sqlite.uniqueIndex,
  primaryKey: sqlite.primaryKey,
};

/** Both kits give and take the same JavaScript values (proved by the round-trip test on both engines), so one type stands for both. */
export const sqliteKit = sqliteColumns as unknown as Kit;
