/**
 * The column kit: the only vocabulary in which tables are written, so that one schema serves both engines.
 * Column types are those of PostgreSQL; SQLite's kit stores the same values in its own way. Each kit has a file of its
 * own, so that a start loads one engine.
 */
import * as pg from 'drizzle-orm/pg-core';
import { type Localised, readLocalised } from './localised.ts';

type Choices = readonly [string, ...string[]];

const localised = <T>(late: (others: readonly T[]) => T) =>
  pg.customType<{ data: Localised<T>; driverData: unknown }>({
    dataType: () => 'json',
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (stored) => readLocalised(stored, late),
  });

export const postgresKit = {
  table: pg.pgTable,
  text: () => pg.text(),
  choice: <const V extends Choices>(values: V) => pg.text({ enum: values as unknown as [...V] }),
  integer: () => pg.integer(),
  flag: () => pg.boolean(),
  /** A moment in UTC with milliseconds. */
  instant: () => pg.timestamp({ withTimezone: true, precision: 3, mode: 'date' }),
  json: <T>() => pg.json().$type<T>(),
  /** A text in each language. */
  localised: localised(() => ''),
  /** What something is called: nowhere without a name, so a later language has that of the first. */
  localisedName: localised<string>(([first = '']) => first),
  /** Whether something holds, by language. */
  localisedFlag: localised<boolean>(([first = false]) => first),
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  primaryKey: pg.primaryKey,
};

export type Kit = typeof postgresKit;
