/**
 * One gate decides what the world reads. A marker stands in every text of the schema, found by reflection, for
 * every kind of thing that is not public. Then a stranger asks for everything the site answers and must meet none.
 */
import { inArray } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import { feedFormats } from '../../src/feed-formats.ts';
import { addressesOf, apiAddresses, builtRoutes, crawl, look, type Seen } from '../support/crawl.ts';
import { type Kind, type Marker, markersIn, type Planted, plantEverything } from '../support/markers.ts';
import { readPublicColumns } from '../support/public-columns.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

/** What the world may read of a report's content, which is one column, and where. */
const publicContent: Record<string, string> = {
  'content.title': 'what management approved',
  'content.texts': 'what management approved, as Markdown in the JSON API',
  'content.html': 'what management approved',
  'content.entries': 'what management approved',
  'content.header.owner': 'the function that owns it',
  'content.header.author': 'the function that wrote it',
  'content.action': 'what was promised',
  'content.owner': 'the function that promised it',
  'content.supplier': 'who owes an analysis',
  'content.outstanding': 'what of it is open',
};
/** What the world may read when its row is public: of the schema, each column whose comment says "Public: …". The others are internal. */
const publicColumns = new Set([...readPublicColumns(), ...Object.keys(publicContent)]);
/** Of a wording that was corrected only this stays readable. */
const earlierColumns = new Set(['incidentUpdateTexts.title', 'incidentUpdateTexts.bodyHtml']);

let server: TestServer;
let routes: string[];
let planted: Planted;
let markers: Planted['markers'];
let addressId: Planted['incidents'];

beforeAll(async () => {
  server = await startTestServer();
  routes = await builtRoutes();
  planted = await plantEverything(server);
  ({ markers, incidents: addressId } = planted);
});
afterAll(() => server?.stop());

/** Every address of the public site, with ids of public and of other things, and of the admin area with some. */
function everyAddress(): string[] {
  const incidentIds = Object.values(addressId);
  const others = [...planted.ids.values()].flatMap((ids) => ids.slice(0, 3));
  const slugs = [...markers].filter(([, { column }]) => column === 'categories.slug').map(([slug]) => slug);
  const tokens = [...markers]
    .filter(([, { column }]) => column === 'oneTimeLinks.tokenHash')
    .map(([token]) => token);
  const reportIds = [...markers].filter(([, { column }]) => column === 'reports.id').map(([id]) => id);
  const reportSlugs = planted.reportSlugs.map(({ slug }) => slug);
  const values = (route: string): Record<string, readonly string[]> => ({
    lang: route === '/[...lang]' ? ['', 'de', 'xx'] : ['', 'de'],
    id: route.startsWith('/admin') ? others.slice(0, 4) : [...incidentIds, ...others],
    slug: route.endsWith('/reports/[slug]')
      ? [...reportSlugs, '2026', '1999', 'nowhere']
      : [...slugs, ...reportSlugs, 'api', 'security', 'nowhere'],
    version: ['v1', 'v2', 'v3', 'v4', 'v9', 'x'],
    priority: ['p0', 'p1', 'p9'],
    format: [...feedFormats, 'xml'],
    month: ['2026-10', '2026-11', '2026-12', '2026-13'],
    page: ['', '2', 'x'],
    path: apiAddresses([...incidentIds, ...reportIds]),
    token: [...tokens, 'x'],
    scope: [...slugs.slice(0, 3), 'base'],
    occasion: ['identified', 'nothing'],
  });
  return routes.flatMap((route) =>
    addressesOf(route, (parameter) => {
      const known = values(route)[parameter];
      if (!known)
        throw new Error(`Name values for [${parameter}] of ${route} here, so that its pages are looked at.`);
      return known;
    }),
  );
}

const strayAddresses = [
  '/nothing',
  '/de/nothing',
  '/robots.txt',
  '/favicon.svg',
  '/sitemap.xml',
  '/feed',
  '/api',
  '/api/v1',
  '/api/v2/summary.json',
  '/healthz',
  '/readyz',
  '/metrics',
  '/_actions/incidents.open',
  '/_image',
  '/_server-islands/x',
  '/?_action=incidents.open',
  '/admin?_action=audit',
  '/%61dmin/audit',
  '/../etc',
  '//evil.example',
  '/history.rss',
  '/history.atom',
  '/api/v1/incidents?before=000000000000',
  '/de/admin',
  '/subscribe/',
  '/dist/server/entry.mjs',
];

/** Markers in these answers that `isPublic` does not allow, each with where it was met. A sign-in form leads back to where one was. */
function leaks(seen: readonly Seen[], isPublic: (marker: Marker) => boolean): string[] {
  const found = new Set<string>();
  for (const { method, path, status, headers, body } of seen) {
    for (const marker of markersIn(`${headers}\n${body}`, markers)) {
      const what = markers.get(marker);
      const isAsked = path.startsWith('/admin') && path.includes(marker);
      if (what && !isAsked && !isPublic(what))
        found.add(`${what.column} (${what.kind}) in ${method} ${path} → ${status}`);
    }
  }
  return [...found].slice(0, 20);
}

/** What is no longer offered keeps its page and feed, which say that. */
const archivedColumns: ReadonlySet<string> = new Set(
  ['slug', 'name', 'description'].map((column) => `categories.${column}`),
);

/** Public are the listed columns of rows of these kinds. */
const publicWhen =
  (...kinds: Kind[]) =>
  ({ column, kind }: Marker): boolean =>
    (kinds.includes(kind) && publicColumns.has(column)) ||
    (kind === 'archived' && archivedColumns.has(column)) ||
    (kind === 'earlier wording' && earlierColumns.has(column));

const statusOf = async (id: string): Promise<number[]> =>
  Promise.all(
    [`/incidents/${id}`, `/de/incidents/${id}`, `/api/v1/incidents/${id}`].map(
      async (path) => (await server.fetch(path)).status,
    ),
  );

test('every table of the schema has a planted row', () => {
  expect(Object.keys(server.app.store.tables).filter((table) => !planted.tables.has(table))).toEqual([]);
});

// A story: what is not public yet, then its instants come.
describe('the world', { shuffle: false }, () => {
  describe('a stranger', () => {
    let seen: Seen[];
    beforeAll(async () => {
      seen = await crawl(server, [...everyAddress(), ...strayAddresses]);
    });

    test('meets nothing that is not public, at no address', () => {
      expect(seen.length).toBeGreaterThan(400);
      expect(leaks(seen, publicWhen('public'))).toEqual([]);
    });

    test('meets everything that is public, so that the list of public columns is true', () => {
      const met = new Set(
        seen.flatMap(({ headers, body }) => [...markersIn(`${headers}\n${body}`, markers)]),
      );
      const { languages } = server.app.offered;
      const isOffered = ({ language }: Marker): boolean => !language || languages.includes(language);
      const missed = [...markers].filter(
        ([marker, what]) => publicWhen('public')(what) && isOffered(what) && !met.has(marker),
      );
      expect(missed.map(([, { column, kind }]) => `${column} (${kind})`)).toEqual([]);
      const listed = new Set([...markers.values()].map(({ column }) => column));
      expect([...publicColumns].filter((column) => !listed.has(column))).toEqual([]);
    });

    test('gets 404 for what is not public, the same as for what does not exist', async () => {
      const { public: open, imported, ...hidden } = addressId;
      for (const id of [open, imported]) expect(await statusOf(id)).toEqual([200, 200, 200]);
      const nothing = await server.text(`/incidents/${newId()}`);
      for (const id of Object.values(hidden)) {
        expect(await statusOf(id)).toEqual([404, 404, 404]);
        expect(await server.text(`/incidents/${id}`)).toBe(nothing);
      }
      for (const [slug, { kind }] of [...markers].filter(([, { column }]) => column === 'categories.slug')) {
        const paths = ['', '/feed.rss', '/feed.atom', '/feed.json'].flatMap((end) => [
          `/categories/${slug}${end}`,
          `/de/categories/${slug}${end}`,
        ]);
        for (const path of paths)
          expect([path, (await server.fetch(path)).status]).toEqual([
            path,
            kind === 'public' || kind === 'archived' ? 200 : 404,
          ]);
      }
    });

    test('R-085, R-090, R-125: reads what of a report was published for everybody, version by version', async () => {
      const statuses = async (path: string): Promise<number[]> =>
        Promise.all(
          ['', '/v1', '/v2', '/v3', '/v4'].map(async (end) => (await server.fetch(path + end)).status),
        );
      expect(planted.reportSlugs).toHaveLength(5);
      for (const { slug, kind } of planted.reportSlugs) {
        // Version 1 was for customers alone, and the fourth one is not published.
        const wanted = kind === 'public' ? [200, 404, 200, 200, 404] : [404, 404, 404, 404, 404];
        for (const path of [`/reports/${slug}`, `/de/reports/${slug}`])
          expect([path, await statuses(path)]).toEqual([path, wanted]);
      }
    });

    test('finds no address that makes the server fail', () => {
      expect(
        seen.filter(({ path, status }) => status >= 500 && path !== '/500').map(({ path }) => path),
      ).toEqual([]);
    });

    test('gets no cookie, and pages that may be kept name nobody', () => {
      expect(seen.filter(({ headers }) => /^set-cookie:/m.test(headers)).map(({ path }) => path)).toEqual([]);
      const admin = seen.filter(({ path, method }) => method === 'GET' && path.startsWith('/admin'));
      expect(
        admin
          .filter(({ status }) => status === 200)
          .map(({ path }) => path)
          .filter((path) => !/^\/admin\/(sign-in|refused|setup\/\w+)(\?|$)/.test(path)),
      ).toEqual([]);
      expect(admin.filter(({ headers }) => !headers.includes('cache-control: no-store'))).toEqual([]);
    });
  });

  describe('then', () => {
    const everyPublicAddress = () => everyAddress().filter((path) => !path.startsWith('/admin'));
    const everywhere = async (id: string, marker: string): Promise<boolean[]> => {
      const pages = [
        '/',
        '/history',
        '/history/2026-11',
        `/incidents/${id}`,
        '/feed.rss',
        '/feed.atom',
        '/feed.json',
        '/api/v1/incidents',
        `/api/v1/incidents/${id}`,
      ];
      const german = pages
        .filter((path) => !path.startsWith('/api'))
        .map((path) => (path === '/' ? '/de' : `/de${path}`));
      const texts = await Promise.all([...pages, ...german].map(async (path) => server.text(path)));
      return [...new Set(texts.map((text) => text.includes(marker)))];
    };

    test('what was held is public everywhere when its instant has come, without a write', async () => {
      expect(await everywhere(addressId.held, addressId.held)).toEqual([false]);
      server.clock.forward(5);
      expect(await everywhere(addressId.held, addressId.held)).toEqual([true]);
      expect(await statusOf(addressId.held)).toEqual([200, 200, 200]);
      const seen = await look(server, everyPublicAddress());
      expect(leaks(seen, publicWhen('public', 'held'))).toEqual([]);
      const met = new Set(seen.flatMap(({ body }) => [...markersIn(body, markers)]));
      const missed = [...markers].filter(
        ([marker, what]) => what.kind === 'held' && publicWhen('held')(what) && !met.has(marker),
      );
      // An uncorrected text shows no note.
      expect(
        missed.map(([, { column }]) => column).filter((column) => column !== 'incidentUpdateTexts.note'),
      ).toEqual([]);
    });

    test('what was restricted appears when it is released, and nothing beside it', async () => {
      await server.app.store.transaction(async ({ db, tables, touch }) => {
        const released = inArray(tables.incidents.id, [addressId.restricted, addressId.ownRestricted]);
        await db.update(tables.incidents).set({ releasedAt: server.clock.now }).where(released);
        touch('all');
      });
      expect(await everywhere(addressId.restricted, addressId.restricted)).toEqual([true]);
      for (const id of [addressId.restricted, addressId.ownRestricted])
        expect(await statusOf(id)).toEqual([200, 200, 200]);
      for (const id of [addressId.still, addressId.later])
        expect(await statusOf(id)).toEqual([404, 404, 404]);
      // Its published report comes with it.
      for (const { slug, kind } of planted.reportSlugs) {
        const status = kind === 'public' || kind === 'restricted' ? 200 : 404;
        expect([kind, (await server.fetch(`/reports/${slug}`)).status]).toEqual([kind, status]);
      }
      const seen = await look(server, everyPublicAddress());
      expect(leaks(seen, publicWhen('public', 'held', 'restricted'))).toEqual([]);
    });

    test('a release that was set for later comes by itself', async () => {
      server.clock.forward(595);
      expect(await statusOf(addressId.later)).toEqual([200, 200, 200]);
      expect(await everywhere(addressId.later, addressId.later)).toEqual([true]);
    });
  });
});
