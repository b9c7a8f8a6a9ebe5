/** What is not public touches no public tag: no act on something hidden moves one public byte or header. */
import { and, isNull, lte } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { operations } from '../../src/http/api/operations.ts';
import { look } from '../support/crawl.ts';
import { hiddenActs, hiddenWorld, publicByNature } from '../support/hidden-acts.ts';
import { postgresUrl } from '../support/postgres.ts';
import { publishedByApi, reportTeam } from '../support/report-calls.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

test('every act of the API is tried on something hidden, or says why it shows in public', () => {
  const acts = operations.filter(({ method }) => method !== 'GET').map(({ id }) => id);
  const tried = new Set([...hiddenActs.map(({ operation }) => operation), ...Object.keys(publicByNature)]);
  expect(acts.filter((id) => !tried.has(id))).toEqual([]);
  expect([...tried].filter((id) => !acts.includes(id))).toEqual([]);
});

const engines: { name: string; postgres: string | undefined; isThere: boolean }[] = [
  { name: 'sqlite', postgres: undefined, isThere: true },
  { name: 'postgres', postgres: postgresUrl, isThere: postgresUrl !== undefined },
];

describe.each(engines)('on $name', ({ postgres, isThere }) => {
  let server: TestServer;
  beforeAll(async () => {
    if (isThere) server = await startTestServer({ postgres });
  });
  afterAll(() => server?.stop());

  /** Waits for the work that is due, so that nothing of it comes between two looks. */
  async function settle(): Promise<void> {
    const { store } = server.app;
    const { outbox } = store.tables;
    const isDue = and(isNull(outbox.doneAt), lte(outbox.dueAt, server.clock.now));
    await vi.waitFor(async () => expect(await store.read.$count(outbox, isDue)).toBe(0), 20_000);
  }

  test.skipIf(!isThere)(
    'acts on a restricted incident change the public page’s "As of" and ETag: no act on what is hidden does',
    async () => {
      const team = await reportTeam(server);
      const published = await publishedByApi(server, team);
      const world = await hiddenWorld(server);
      world.ids['public report'] = published.report;
      await settle();
      const pages = [
        ...[
          '',
          '/history',
          '/history/2026-11',
          '/maintenance',
          '/categories/api',
          '/categories/dns',
          '/reports',
        ],
        ...[
          '/reports/2026',
          `/reports/${published.slug}`,
          `/incidents/${world.incident}`,
          '/policy',
          '/subscribe',
        ],
        ...[`/incidents/${published.incident}`, `/incidents/${world.maintenance}`],
      ];
      const german = [
        '/de',
        '/de/history',
        `/de/incidents/${world.incident}`,
        '/de/maintenance',
        '/de/reports',
      ];
      const feeds = [
        '/feed.rss',
        '/feed.atom',
        '/de/feed.json',
        '/categories/dns/feed.rss',
        '/reports/feed.atom',
      ];
      const api = [
        'status',
        'incidents',
        'categories',
        'components',
        'reports',
        `incidents/${world.incident}`,
      ];
      const asked = [
        ...pages.map((path) => path || '/'),
        ...german,
        ...feeds,
        ...api.map((path) => `/api/v1/${path}`),
      ];
      expect((await look(server, asked)).filter(({ status }) => status !== 200)).toEqual([]);
      const bytes = async (): Promise<string[]> =>
        (await look(server, asked)).map(
          ({ path, status, headers, body }) => `${path} ${status}\n${headers}\n\n${body}`,
        );

      const moved: string[] = [];
      for (const { operation, on, run } of hiddenActs) {
        // What the act before held back is over; then the clock moves, so that a page that is rendered once more says
        // another "as of". No page is older than four minutes, so that none is made anew for its age.
        server.clock.forward(2);
        await settle();
        const before = await bytes();
        server.clock.forward(1);
        await run(world).catch((error) => {
          throw new Error(`${operation} (${on}): ${error}`);
        });
        await settle();
        const after = await bytes();
        const changed = asked.filter((_, at) => before[at] !== after[at]);
        if (changed.length > 0) moved.push(`${operation} (${on}): ${changed.slice(0, 4).join(' ')}`);
      }
      expect(moved).toEqual([]);
    },
    600_000,
  );
});
