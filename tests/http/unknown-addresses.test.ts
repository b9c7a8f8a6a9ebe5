/** What nobody has costs nobody a render: one table of public addresses, one cheap question for each, one kept page that says so. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import { addCategory } from '../../src/domain/catalogue/categories/add-category.ts';
import { archiveCategory } from '../../src/domain/catalogue/categories/archive-category.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { feedFormats } from '../../src/feed-formats.ts';
import { siteOf } from '../../src/http/published/render-page.ts';
import { routePolicies } from '../../src/http/route-policies.ts';
import { languageNamedBy, publicPaths } from '../../src/paths.ts';
import { isPublicAddress, publicRoutes } from '../../src/public-routes.ts';
import { addressesOf } from '../support/crawl.ts';
import { spoken } from '../support/in-words.ts';
import { plantEverything } from '../support/markers.ts';
import { isOfPage } from '../support/page-queries.ts';
import { postgresUrl } from '../support/postgres.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const texts = (title: string) => ({ en: { title, body: `${title}. We are looking for the cause of it.` } });

const engines: [string, string | undefined][] = [
  ['sqlite', undefined],
  ...(postgresUrl ? [['postgres', postgresUrl] satisfies [string, string]] : []),
];

/** Unknown addresses of every kind: pages, ids, feeds, versions, months, in both spoken, encoded, with a slash, of the API. */
function unknown(): string[] {
  const id = newId();
  const local = [
    `/${id}`,
    `/wp-admin/${id}.php`,
    `/incidents/${id}`,
    `/incidents/${id}/`,
    `/incidents/${id.toUpperCase()}`,
    `/incident%73/${id}`,
    `/incidents/${id}?fresh=${id}`,
    `/categories/${id}`,
    ...feedFormats.flatMap((format) => [`/categories/${id}/feed.${format}`, `/${id}.${format}`]),
    '/feed.xml',
    '/history/2026-13',
    '/history/2026-00',
    '/history/1999-01',
    '/history/2150-12',
    '/history/26-11',
    `/reports/${id}`,
    `/reports/${id}/v1`,
    '/reports/1999',
    '/reports/2',
    '/reports/2026/1',
    '/reports/priority/p0/2',
    '/maintenance/1',
    '/maintenance/2',
    '/maintenance/02',
    '/maintenance/1000',
    '/history/2026-11/1',
    '/history/2026-11/2',
    `/incidents/${id}/2`,
    '/reports/priority/p9',
    `/reports/category/${id}`,
    `/sitemap-${id}.xml`,
  ];
  return [
    ...local,
    ...local.map((path) => `/de${path}`),
    ...local.slice(0, 2).map((path) => `/xx${path}`),
    `/admin/${id}`,
    `/admin/incidents/${id}/${id}`,
    `/_astro/${id}.js`,
    `/api/v1/incidents/${id}`,
    `/api/v1/reports/${id}`,
  ];
}

/** The answer without following, unpacking or normalising anything. */
function raw(
  server: TestServer,
  path: string,
  method: string,
): Promise<{ answer: IncomingMessage; size: number }> {
  return new Promise((done, fail) => {
    const asking = httpRequest(server.url + path, {
      method,
      path,
      headers: { 'accept-encoding': 'br, gzip' },
    });
    asking.on('error', fail).on('response', (answer) => {
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
      });
      answer.on('end', () => done({ answer, size }));
    });
    asking.end();
  });
}

describe('the table of public addresses', () => {
  test('holds every address that is linked, in both languages', () => {
    const id = newId();
    const linked = spoken.flatMap((language) => [
      publicPaths.home(language),
      publicPaths.history(language),
      publicPaths.maintenance(language),
      publicPaths.historyMonth(language, '2026-11'),
      publicPaths.historyMonth(language, '2026-11', 2),
      publicPaths.maintenance(language, 2),
      publicPaths.incident(language, id),
      publicPaths.incident(language, id, 999),
      publicPaths.category(language, 'api'),
      publicPaths.reports(language),
      publicPaths.report(language, 'inc-2026-001'),
      publicPaths.report(language, '2026'),
      publicPaths.reportVersion(language, 'inc-2026-001', 12),
      publicPaths.reports(language, 2),
      publicPaths.reportsOfYear(language, '2026', 2),
      publicPaths.reportsOfPriority(language, 'P1'),
      publicPaths.reportsOfPriority(language, 'P1', 2),
      publicPaths.reportsOfCategory(language, 'api', 2),
      publicPaths.reportsOfCategory(language, 'api'),
      publicPaths.subscribe(language),
      publicPaths.policy(language),
      ...feedFormats.flatMap((format) => [
        publicPaths.feed(language, format),
        publicPaths.feed(language, format, 'api'),
        publicPaths.reportFeed(language, format),
      ]),
    ]);
    expect(linked.filter((path) => !isPublicAddress(path))).toEqual([]);
  });

  test('holds every public page of the built site, so that a new one is not forgotten', () => {
    const one = (name: string): string =>
      ({ lang: '', id: newId(), month: '2026-11', priority: 'p1', version: 'v1', format: 'rss', page: '2' })[
        name
      ] ?? 'some-words';
    const pages = Object.entries(routePolicies)
      .filter(
        ([pattern, policy]) => policy === 'public' && !/^\/(404|500|being-set-up)$|\[token\]/.test(pattern),
      )
      .flatMap(([pattern]) => addressesOf(pattern, (name) => [one(name)]));
    expect(pages.filter((path) => !isPublicAddress(path))).toEqual([]);
  });

  test('holds no address twice', () => {
    const paths = publicRoutes.map(({ path }) => path);
    expect(paths).toEqual([...new Set(paths)]);
  });
});

// A story: a page on which everything works, and what then happens on it.
for (const [engine, postgres] of engines)
  describe(`unknown addresses, on ${engine}`, { shuffle: false }, () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer(postgres ? { postgres } : {});
    });
    afterAll(() => server?.stop());

    const counted = async (work: () => Promise<unknown>): Promise<{ renders: number; queries: number }> => {
      const before = server.running.published.renders;
      let queries = 0;
      const stop = server.app.store.onQuery((sql) => {
        if (isOfPage(sql)) queries += 1;
      });
      await work();
      stop();
      return { renders: server.running.published.renders - before, queries };
    };

    test('64 connections on unknown addresses cost one render a language, two queries each, and few bytes', async () => {
      await Promise.all(['/', '/nothing', '/de/nothing'].map((path) => server.fetch(path)));
      const paths = Array.from({ length: 6 }, unknown).flat();
      const queue = [...paths];
      const wrong: unknown[] = [];
      const ask = async (): Promise<void> => {
        for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
          for (const method of ['GET', 'HEAD']) {
            const { answer, size } = await raw(server, path, method);
            const isFine = answer.statusCode === 404 && size < (method === 'HEAD' ? 1 : 4_500);
            if (!isFine) wrong.push([method, path, answer.statusCode, size]);
          }
        }
      };
      const { renders, queries } = await counted(() => Promise.all(Array.from({ length: 64 }, ask)));
      expect(wrong).toEqual([]);
      expect(renders).toBe(0);
      expect(queries / (paths.length * 2)).toBeLessThan(2);
      expect(server.running.published.stored.paths).toBeLessThan(40);
    });

    test('the page that says so tells the present in its language, and is new after each change', async () => {
      const now = async (path: string) =>
        (await server.text(path)).match(/class="now[^>]*><b[^>]*>(.*?)<\/b>/)?.[1];
      expect([await now('/nothing'), await now('/de/nichts')]).toEqual([
        'Everything is working.',
        'Alles funktioniert.',
      ]);
      await openIncident(server.context(), {
        category: 'api',
        phase: 'investigating',
        texts: texts('Requests fail'),
      });
      expect(await now('/nothing')).toContain('API');
      expect(await now(`/de/incidents/${newId()}`)).toContain('API');
    });

    test('it is told to nobody as something to keep, neither by validators nor by a 304', async () => {
      for (const path of ['/nothing', `/incidents/${newId()}`, `/api/v1/incidents/${newId()}`]) {
        const answer = await server.fetch(path, { headers: { 'if-none-match': '*' } });
        expect([answer.status, answer.headers.get('etag'), answer.headers.get('cache-control')]).toEqual([
          404,
          null,
          'no-store',
        ]);
      }
    });

    test('what was unknown is there with the answer of the write; what is archived keeps its page and its feed', async () => {
      const slug = `new-${newId()}`;
      const status = async (path: string) => (await server.fetch(path)).status;
      const paths = [`/categories/${slug}`, `/de/categories/${slug}/feed.atom`, `/reports/category/${slug}`];
      expect(await Promise.all(paths.map(status))).toEqual([404, 404, 404]);
      const { id } = await addCategory(server.context(), {
        slug,
        name: { en: 'New', de: 'Neu' },
        short: { en: 'New', de: 'Neu' },
        subject: { en: 'The new thing', de: 'Das Neue' },
      });
      expect(await Promise.all(paths.map(status))).toEqual([200, 200, 200]);
      await archiveCategory(server.context(), id, {});
      expect(await Promise.all(paths.map(status))).toEqual([200, 200, 404]);
      const page = await server.text(`/categories/${slug}`);
      expect(page).toContain('This category is no longer offered.');
      expect(page).not.toContain('Everything is working');
      expect(await server.text(`/de/categories/${slug}/feed.rss`)).toContain(
        'Diese Kategorie wird nicht mehr angeboten.',
      );
      expect(await server.text('/')).not.toContain(`/categories/${slug}`);

      const held = await openIncident(server.context(), {
        category: 'api',
        phase: 'investigating',
        texts: texts('Held at first'),
        holdSeconds: 30,
      });
      const pages = [`/incidents/${held.id}`, `/de/incidents/${held.id}`, `/api/v1/incidents/${held.id}`];
      expect(await Promise.all(pages.map(status))).toEqual([404, 404, 404]);
      server.clock.forward(1);
      expect(await Promise.all(pages.map(status))).toEqual([200, 200, 200]);
    });
  });

describe.each(engines)('the cheap question, on %s', (_engine, postgres) => {
  test('says of every address, of things of every kind, what its page says', async () => {
    const server = await startTestServer(postgres ? { postgres } : {});
    try {
      const planted = await plantEverything(server);
      const { tables, read } = server.app.store;
      const built = await import(pathToFileURL(resolve('dist/server/entry.mjs')).href);
      const site = siteOf(server.app, built.handler);
      const ids = [
        ...new Set([
          ...Object.values(planted.incidents),
          ...[...planted.ids.values()].flatMap((some) => some.slice(0, 2)),
          newId(),
        ]),
      ];
      const slugs = (await read.select({ slug: tables.categories.slug }).from(tables.categories)).map(
        ({ slug }) => slug,
      );
      const values: Record<string, readonly string[]> = {
        id: ids,
        slug: [...slugs, 'nowhere'],
        report: [...planted.reportSlugs.map(({ slug }) => slug), 'nowhere'],
        year: ['2024', '2025', '2026', '2027'],
        version: ['1', '2', '3', '4', '9'],
        month: ['2024-01', '2026-09', '2026-10', '2026-11', '2026-12', '2027-01'],
        priority: ['p0', 'p3'],
        page: ['2', '3', '999'],
      };
      // What stands under the code of a language asks the same reads.
      const routes = publicRoutes.filter(
        ({ path, names }) => names !== null && languageNamedBy(path) === undefined,
      );
      const addresses = routes.flatMap(({ path }) =>
        addressesOf(path.replaceAll(/\{(\w+)\}/g, '[$1]'), (name) => values[name] ?? []),
      );
      const differing: string[] = [];
      let found = 0;
      for (const path of addresses) {
        const isThere = await site.isThere(path);
        const { status } = await site.render(path);
        if (isThere !== (status === 200)) differing.push(`${path}: ${isThere}, ${status}`);
        if (isThere) found += 1;
      }
      expect(differing).toEqual([]);
      expect(found).toBeGreaterThan(30);
      expect(addresses.length - found).toBeGreaterThan(100);
    } finally {
      await server.stop();
    }
  }, 120_000);
});
