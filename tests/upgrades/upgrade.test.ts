/** A database that an earlier version filled is brought to today's schema at the start, and tells the world the same. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { crawlServer } from '../golden/demo-crawl.ts';
import { differences, readGolden } from '../golden/golden-file.ts';
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
        expect([...differences(readGolden(), seen).keys()]).toEqual([]);
      } finally {
        await server.stop();
      }
    },
    300_000,
  );
});
