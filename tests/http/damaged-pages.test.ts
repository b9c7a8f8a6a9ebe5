/** A spread of damaged pages. All of them: `npm run bench -- damage`. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FilledDatabase, fillDatabase } from '../support/damaged-pages.ts';

const spread = 12;

describe('a page of the SQLite file that is overwritten before the start', () => {
  let database: FilledDatabase;
  beforeAll(async () => {
    database = await fillDatabase(20);
  }, 240_000);
  afterAll(() => database?.remove());

  test.each(Array.from({ length: spread }, (_, n) => n))(
    'is never a 200 with wrong or missing data and never a write that is taken, unless verify is clean too (%i)',
    async (n) => {
      const page = 1 + Math.floor((n * database.pages) / spread);
      const { wrong } = await database.strike(page, n % 2 === 0 ? 'random' : 'zeros');
      expect({ page, wrong }).toEqual({ page, wrong: [] });
    },
    120_000,
  );
});
