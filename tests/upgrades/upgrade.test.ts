/** A database that an earlier version filled is brought to today's schema at the start, and tells the world the same. */
import { describe, expect, test } from 'vitest';
import { crawlServer } from '../golden/demo-crawl.ts';
import { differences, readGolden } from '../golden/golden-file.ts';
import { postgresUrl } from '../support/postgres.ts';
import { startTestServer } from '../support/server.ts';
import { afternoon } from '../support/world.ts';
import { fill, filledSchemas } from './filled.ts';

describe.each([
  ['sqlite', undefined],
  ['postgres', postgresUrl],
])('a filled database · %s', (engine, postgres) => {
  test.skipIf(engine === 'postgres' && !postgres).each(filledSchemas)(
    'of the schema after %i migrations tells the world what a new one does',
    async (schema) => {
      const server = await startTestServer({
        now: afternoon,
        isFresh: true,
        fill: (url) => fill(url, schema),
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
