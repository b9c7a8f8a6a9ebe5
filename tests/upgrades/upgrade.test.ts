/** A database that an earlier version filled is brought to today's schema at the start, and tells the world the same. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isLanguage } from '../../db/words.ts';
import { crawlServer, type Golden } from '../golden/demo-crawl.ts';
import { differences, readGolden } from '../golden/golden-file.ts';
import { spoken } from '../support/in-words.ts';
import { postgresUrl } from '../support/postgres.ts';
import { startTestServer } from '../support/server.ts';
import { afternoon } from '../support/world.ts';
import { fill, filledSchemas } from './filled.ts';

/** How the start of an upgrade ended that was killed after this part of its statements. */
function dieOnTheWay(url: string, schema: number, part: number): [number, NodeJS.Signals | null] {
  const script = join(import.meta.dirname, 'die-on-the-way.ts');
  return [
    part,
    spawnSync(process.execPath, [script, url, String(schema), String(part)], { timeout: 60_000 }).signal,
  ];
}

/** Without what the JSON tells in a language that came after these databases were filled. */
function asSpoken(golden: Golden): Golden {
  const isLater = (key: string): boolean => isLanguage(key) && !spoken.some((language) => language === key);
  const known = (_key: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).filter(([key]) => !isLater(key)))
      : value;
  return Object.fromEntries(
    Object.entries(golden).map(([address, told]) => {
      const end = told.indexOf('\n');
      const head = told.slice(0, end);
      return [address, /json/.test(head) ? head + JSON.stringify(JSON.parse(told.slice(end)), known) : told];
    }),
  );
}

describe.each([
  ['sqlite', undefined],
  ['postgres', postgresUrl],
])('a filled database · %s', (engine, postgres) => {
  test.skipIf(engine === 'postgres' && !postgres).each(filledSchemas)(
    'of the schema after %i migrations, its upgrade killed three times, tells the world what a new one does',
    async (schema) => {
      const server = await startTestServer({
        now: afternoon,
        isFresh: true,
        fill: async (url) => {
          await fill(url, schema);
          for (const part of [0.1, 0.5, 0.9])
            expect(dieOnTheWay(url, schema, part)).toEqual([part, 'SIGKILL']);
        },
        ...(postgres ? { postgres } : {}),
      });
      try {
        const seen = await crawlServer(server);
        expect([...differences(asSpoken(readGolden()), asSpoken(seen)).keys()]).toEqual([]);
      } finally {
        await server.stop();
      }
    },
    300_000,
  );
});
