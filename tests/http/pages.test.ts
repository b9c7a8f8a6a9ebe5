/** Long lists go on by page, at addresses of their own: nothing is missing, nothing stands twice, nothing is beyond the end. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { lastWords } from '../support/incidents.ts';
import { plantIncidents } from '../support/many-incidents.ts';
import { plantReports } from '../support/many-reports.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let incidents: string[];
let work: string[];
let reports: string[];
let long: string;
/** Told before all the others. */
let first: string;

const days = 86_400_000;

beforeAll(async () => {
  server = await startTestServer();
  const { store } = server.app;
  const { now } = server.clock;
  server.clock.now = new Date(now.getTime() - 60 * days);
  const texts = {
    en: { title: 'The first of many', body: 'Some requests fail; we look for the cause.' },
    de: { title: 'Die erste von vielen', body: 'Manche Anfragen schlagen fehl; wir suchen die Ursache.' },
  };
  ({ id: first } = await openIncident(server.context(), { category: 'dns', phase: 'investigating', texts }));
  server.clock.forward(10);
  await postUpdate(server.context(), first, lastWords);
  server.clock.now = now;
  incidents = await plantIncidents(store, { count: 1_500, updates: 2, days: 17, now });
  work = await plantIncidents(store, { count: 210, updates: 2, days: 700, now, kind: 'maintenance' });
  const [id = ''] = await plantIncidents(store, {
    count: 1,
    updates: 500,
    days: 1,
    now: new Date(now.getTime() - 40 * days),
  });
  long = id;
  reports = await plantReports(server, { count: 230 });
}, 120_000);
afterAll(() => server?.stop());

/** Follows "older" from an address to the end; the addresses on the way and what `pattern` found on each. */
async function follow(start: string, pattern: RegExp): Promise<{ paths: string[]; found: string[][] }> {
  const paths: string[] = [];
  const found: string[][] = [];
  for (let path: string | undefined = start; path !== undefined && paths.length < 50; ) {
    const answer = await server.fetch(path);
    expect([path, answer.status]).toEqual([path, 200]);
    const html = await answer.text();
    expect(html).toContain(`<link rel="canonical" href="${server.publicUrl}${path}"`);
    paths.push(path);
    found.push([...html.matchAll(pattern)].map(([, one]) => one ?? ''));
    const pager: string | undefined = /<nav class="as-of service"[^>]*>([\s\S]*?)<\/nav>/.exec(html)?.[1];
    path = /rel="next" href="([^"]+)"/.exec(pager ?? '')?.[1];
  }
  return { paths, found };
}

describe.each(['', '/de'])('below "%s"', (language) => {
  const incident = new RegExp(`href="${language}/incidents/([0-9a-z]{12})"`, 'g');

  test('months of a thousand incidents go on by page', async () => {
    const { paths, found } = await follow(`${language}/history/2026-11`, incident);
    expect(paths[1]).toBe(`${language}/history/2026-11/2`);
    expect(paths.length).toBeGreaterThan(9);
    const all = found.flat();
    expect(all).toEqual([...new Set(all)]);
    expect(all.filter((id) => incidents.includes(id))).toEqual(incidents);
    for (const some of found.slice(0, -1)) expect(some).toHaveLength(100);
    const beyond = `${language}/history/2026-11/${paths.length + 1}`;
    expect((await server.fetch(beyond)).status).toBe(404);
    expect((await server.fetch(`${language}/history/2026-11/1`)).status).toBe(404);
  }, 60_000);

  test('incidents of 500 updates go on by page, newest updates first', async () => {
    const { paths, found } = await follow(`${language}/incidents/${long}`, /<li id="([0-9a-z]{12})">/g);
    expect(paths.slice(1)).toEqual([2, 3, 4, 5].map((page) => `${language}/incidents/${long}/${page}`));
    expect(new Set(found.flat()).size).toBe(500);
    const last = await server.text(`${language}/incidents/${long}/5`);
    expect(last).toContain('<ol class="timeline" reversed start="100">');
    expect(last).toContain(language === '' ? 'Page 5 of 5' : 'Seite 5 von 5');
    expect(last).toContain(`rel="prev" href="${language}/incidents/${long}/4"`);
    expect((await server.fetch(`${language}/incidents/${long}/6`)).status).toBe(404);
  }, 60_000);

  test('past maintenance goes on by page', async () => {
    const { paths, found } = await follow(`${language}/maintenance`, incident);
    const all = found.flat();
    expect(all).toEqual(work);
    expect((await server.fetch(`${language}/maintenance/${paths.length + 1}`)).status).toBe(404);
  }, 60_000);

  test('/reports goes on by page, with the same pages of a priority and a category', async () => {
    const link = new RegExp(`href="${language}/reports/(outage-[0-9a-z-]+)"`, 'g');
    const { paths, found } = await follow(`${language}/reports`, link);
    expect(paths).toEqual([`${language}/reports`, `${language}/reports/2`, `${language}/reports/3`]);
    expect(found.flat()).toEqual(reports);
    const ofPriority = await follow(`${language}/reports/priority/p0`, link);
    expect(ofPriority.found.flat()).toEqual(reports);
    expect((await server.fetch(`${language}/reports/4`)).status).toBe(404);
    expect((await server.fetch(`${language}/reports/2026/2`)).status).toBe(404);
  }, 60_000);
});

test('R-001: the address of an incident answers with the same incident after 1,500 further ones', async () => {
  for (const [path, title] of [
    [`/incidents/${first}`, 'The first of many'],
    [`/de/incidents/${first}`, 'Die erste von vielen'],
  ]) {
    const answer = await server.fetch(path ?? '');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toMatch(new RegExp(`<h1[^>]*>${title}</h1>`));
  }
  const answer = await server.fetch(`/api/v1/incidents/${first}`);
  expect([answer.status, (await answer.json()).incident.id]).toEqual([200, first]);
});

describe('without a token', () => {
  async function all(list: 'incidents' | 'reports'): Promise<{ ids: string[]; answers: number }> {
    const ids: string[] = [];
    let answers = 0;
    for (let next: string | null = ''; next !== null && answers < 60; answers += 1) {
      const answer = await server.fetch(`/api/v1/${list}${next && `?before=${next}`}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('etag')).not.toBeNull();
      const body = (await answer.json()) as Record<string, { id: string }[]> & { next: string | null };
      ids.push(...(body[list] ?? []).map(({ id }) => id));
      next = body.next;
    }
    return { ids, answers };
  }

  test('/api/v1/incidents goes on by page', async () => {
    const { ids } = await all('incidents');
    expect(ids).toEqual([...new Set(ids)]);
    expect([...incidents, ...work, long].filter((id) => !ids.includes(id))).toEqual([]);
  }, 60_000);

  test('/api/v1/reports goes on by page', async () => {
    const { ids, answers } = await all('reports');
    expect([new Set(ids).size, ids.length, answers]).toEqual([230, 230, 5]);
  }, 60_000);

  test('an unknown cursor is 404, another query is none', async () => {
    expect((await server.fetch('/api/v1/incidents?before=000000000000')).status).toBe(404);
    expect((await server.fetch('/api/v1/incidents%3Fbefore=000000000000')).status).toBe(404);
    const plain = await server.text('/api/v1/incidents');
    expect(await server.text(`/api/v1/incidents?x=1&before=${long}`)).toBe(plain);
  });
});
