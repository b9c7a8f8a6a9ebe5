/**
 * R-051 inside the team: somebody who is signed in but may not see what is restricted asks for every page of the admin
 * area and every address of the JSON API, and meets no text, id or trace of it.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../db/words.ts';
import { addressesOf, apiAddresses, builtRoutes, crawl, look, type Seen } from '../support/crawl.ts';
import { markersIn, type Planted, plantEverything } from '../support/markers.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let planted: Planted;
let routes: string[];

beforeAll(async () => {
  server = await startTestServer();
  routes = await builtRoutes();
  planted = await plantEverything(server);
});
afterAll(() => server?.stop());

const isSecret = (marker: string): boolean => /restricted/.test(planted.markers.get(marker)?.kind ?? '');

/** Secret markers that an answer tells although its address did not name them. */
function leaks(seen: readonly Seen[]): string[] {
  const found = new Set<string>();
  for (const { method, path, status, headers, body } of seen)
    for (const marker of markersIn(`${headers}\n${body}`, planted.markers)) {
      const what = planted.markers.get(marker);
      if (isSecret(marker) && !path.includes(marker))
        found.add(`${what?.column} (${what?.kind}) in ${method} ${path.slice(0, 80)} → ${status}`);
    }
  return [...found].slice(0, 20);
}

/** What an address of the admin area or the API can name. */
const addressed =
  /^(incidents|incidentUpdates|categories|components|updateTemplates|users|reports|problems|remediationItems|postmortemMeetings|jointDecisions|reportComments|supplierAnalyses)\.id$/;

/** Ids of everything restricted that an address can name, and one of each kind beside it. */
function idsToAsk(): string[] {
  const seen = new Set<string>();
  return [...planted.markers].flatMap(([marker, { column, kind }]) => {
    if (!addressed.test(column)) return [];
    const isFirst = !seen.has(`${column} ${kind}`);
    seen.add(`${column} ${kind}`);
    return isFirst || /restricted/.test(kind) ? [marker] : [];
  });
}

/** Every page of the admin area with ids of everything that was planted, restricted things too. */
function everyPage(): string[] {
  const ids = idsToAsk();
  const incidents = Object.values(planted.incidents);
  const slugs = [...planted.markers]
    .filter(([, { column }]) => column === 'categories.slug')
    .map(([slug]) => slug);
  const pages = routes
    .filter((route) => route.startsWith('/admin') && !route.includes('[token]'))
    .flatMap((route) =>
      addressesOf(route, (parameter) =>
        parameter === 'occasion' ? ['identified', 'nothing'] : [...ids, ...slugs, 'new'],
      ),
    );
  const questions = [
    ...incidents.map((id) => `/admin/compose?incident=${id}`),
    ...slugs.map((slug) => `/admin/compose?category=${slug}`),
    ...incidents.map((id) => `/admin/incidents?before=${id}`),
    '/admin/not-public?restricted=true',
  ];
  return [...pages, ...questions];
}

const secretIncidents = () => {
  const { restricted, ownRestricted, still, later } = planted.incidents;
  return [restricted, ownRestricted, still, later];
};

const outsiders: Role[][] = [['csup'], ['csup', 'sre', 'engineer', 'manager', 'admin']];

describe.each(outsiders.map((roles) => [roles.join(', '), roles] as const))('%s', (_name, roles) => {
  let pages: Seen[];
  let answers: Seen[];
  beforeAll(async () => {
    const person = await server.addPerson(...roles);
    pages = await crawl(server, everyPage(), { cookie: await server.cookie(person) });
    const paths = apiAddresses(idsToAsk()).map((path) => `/api/v1/${path}`);
    answers = await crawl(server, paths, { authorization: `Bearer ${await server.token(person)}` });
  }, 300_000);

  test('R-051: meets nothing of what is restricted on any page of the admin area', () => {
    expect(pages.filter(({ status }) => status === 200).length).toBeGreaterThan(50);
    expect(leaks(pages)).toEqual([]);
  });

  test('R-051: meets nothing of it at any address of the API', () => {
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(20);
    expect(leaks(answers)).toEqual([]);
  });

  test('gets the same 404 for it as for what does not exist', () => {
    for (const id of secretIncidents()) {
      const found = [...pages, ...answers].filter(
        ({ path, method }) =>
          method === 'GET' && path.endsWith(`/incidents/${id}`) && !path.startsWith('/de'),
      );
      expect(new Set(found.map(({ status }) => status))).toEqual(new Set([404]));
    }
  });

  test('meets what the team may see, so that the walk is one of the team; no page fails', () => {
    const met = new Set([...pages, ...answers].flatMap(({ body }) => [...markersIn(body, planted.markers)]));
    for (const column of ['incidents.internalTitle', 'incidents.labels', 'incidentUpdateTexts.title'])
      expect([...planted.markers].some(([marker, what]) => what.column === column && met.has(marker))).toBe(
        true,
      );
    expect([...pages, ...answers].filter(({ status }) => status >= 500).map(({ path }) => path)).toEqual([]);
  });
});

test('the walk would notice: the security role meets what is restricted on the same pages', async () => {
  const person = await server.addPerson('security', 'csup');
  const seen = await look(server, ['/admin', '/admin/incidents'], { cookie: await server.cookie(person) });
  expect(leaks(seen).length).toBeGreaterThan(5);
}, 120_000);
