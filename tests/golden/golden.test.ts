/** What the demo's company tells the world is what it told when `npm run golden -- --accept` last ran: a change of a word is a decision. */
import { describe, expect, test } from 'vitest';
import { postgresUrl } from '../support/postgres.ts';
import { crawlDemo } from './demo-crawl.ts';
import { differences, readGolden } from './golden-file.ts';

describe.each([
  ['sqlite', undefined],
  ['postgres', postgresUrl],
])('the demo · %s', (engine, postgres) => {
  test.skipIf(engine === 'postgres' && !postgres)(
    'tells the world what is committed; `npm run golden` shows the difference',
    async () => {
      const seen = await crawlDemo(postgres);
      expect([...differences(readGolden(), seen).keys()]).toEqual([]);

      // The page counts until it said so, the report until service was back: each says why.
      const all = Object.entries(seen);
      const telling = (words: string) => all.filter(([, text]) => text.includes(words)).map(([path]) => path);
      expect(telling('The report says 24 min: it counts until service had recovered')).toHaveLength(1);
      expect(telling('The status page says 52 min: it counts until').length).toBeGreaterThan(0);
      expect(telling('Im Bericht stehen 24 Min.')).toHaveLength(1);
      expect(telling('Auf der Statusseite stehen 52 Min.').length).toBeGreaterThan(0);
    },
    300_000,
  );
});
