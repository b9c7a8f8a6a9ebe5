/** The column kit of SQLite; `columns.postgres.ts` says what a kit is. */
import * as sqlite from 'drizzle-orm/sqlite-core';
import type { Kit } from './columns.postgres.ts';
import { type Localised, readLocalised } from './localised.ts';

type Choices = readonly [string, ...string[]];

const localised = <T>(late: (others: readonly T[]) => T) =>
  sqlite.customType<{ data: Localised<T>; driverData: string }>({
    dataType: () => 'text',
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (stored) => readLocalised(stored, late),
  });

const sqliteColumns = {
  table: sqlite.sqliteTable,
  text: () => sqlite.text(),
  choice: <const V extends Choices>(values: V) => sqlite.text({ enum: values as unknown as [...V] }),
  integer: () => sqlite.integer(),
  flag: () => sqlite.integer({ mode: 'boolean' }),
  instant: () => sqlite.integer({ mode: 'timestamp_ms' }),
  json: <T>() => sqlite.text({ mode: 'json' }).$type<T>(),
  localised: localised(() => ''),
  localisedName: localised<string>(([first = '']) => first),
  localisedFlag: localised<boolean>(([first = false]) => first),
  index: sqlite.index,
  uniqueIndex: sqlite.uniqueIndex,
  primaryKey: sqlite.primaryKey,
};

/** Both kits give and take the same JavaScript values (proved by the round-trip test on both engines), so one type stands for both. */
export const sqliteKit = sqliteColumns as unknown as Kit;
