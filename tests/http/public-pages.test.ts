/** What is true of every public page and feed, whoever reads it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contextOf } from '../../src/application.ts';
import { operator } from '../../src/domain/core/authorize.ts';
import { changeSettings } from '../../src/domain/core/settings/change-settings.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import type { PublicKind } from '../../src/domain/public/is-public.ts';
import { pathsOf } from '../../src/paths.ts';
import { publicRoutes } from '../../src/public-routes.ts';
import { spoken } from '../support/in-words.ts';
import { plantReports } from '../support/many-reports.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let pages: string[];
/** Feeds, the API, and what programs look for. */
let others: string[];
let person: { name: string; email: string };
let open: string;
let untranslated: string;

beforeAll(async () => {
  server = await startTestServer();
  person = await server.addPerson('csup', 'sre');
  const { id: userId } = person as { id: string } & typeof person;
  const actor = {
    ...operator('cli'),
    kind: 'user' as const,
    userId,
    credentialId: userId,
    name: person.name,
  };
  const as = () => contextOf(server.app, actor);
  await changeSettings(server.context(), {
    support_contact: 'help@nordlicht.example',
    security_contact: 'https://nordlicht.example/security',
  });
  const slots = { effect: { en: 'Requests fail', de: 'Anfragen schlagen fehl' }, scope: 'unknown' };
  const workaround = { en: 'Repeat them after a minute', de: 'Wiederholen Sie sie nach einer Minute' };
  ({ id: open } = await openIncident(as(), {
    category: 'api',
    occasion: 'investigating',
    slots: { ...slots, workaround },
  }));
  server.clock.forward(10);
  const explanation = { en: 'A change of ours had slowed the database down. It is taken back.' };
  const ended = await openIncident(as(), { category: 'dns', occasion: 'investigating', slots });
  server.clock.forward(1);
  await postUpdate(as(), ended.id, { occasion: 'resolved', slots: { explanation } });
  const [report = ''] = await plantReports(server, { count: 1 });
  const { reports } = await (await server.fetch('/api/v1/reports')).json();
  const [category] = await server.app.store.read.select().from(server.app.store.tables.categories);
  const addresses = addressesOf({
    month: server.clock.now.toISOString().slice(0, 7),
    incident: open,
    category: 'api',
    report,
    'report-by-id': reports[0].id,
    'reports-of-year': reports[0].publishedAt.slice(0, 4),
    'reports-of-category': category?.slug,
  });
  untranslated = `/de/incidents/${ended.id}`;
  const isPage = (path: string): boolean => !/^\/api\/|\.\w+$/.test(path);
  pages = [...addresses.filter(isPage), `/incidents/${ended.id}`, untranslated];
  others = addresses.filter((path) => !isPage(path));
});
afterAll(() => server.stop());

/** One address of each public route, so that a new one is among them by itself. Later pages of a list come by number (pages.test.ts). */
function addressesOf(names: Partial<Record<PublicKind, string>>): string[] {
  const { present } = pathsOf(spoken);
  return publicRoutes
    .filter(({ path }) => !/\{(page|version)\}/.test(path) && present(path) === path)
    .map((route) => route.path.replace(/\{\w+\}/, () => (route.names ? String(names[route.names]) : 'p0')));
}

describe('every public page and feed', () => {
  test('R-157: is read without account, cookie, consent or script, and may be indexed', async () => {
    expect(pages.length).toBeGreaterThan(25);
    expect(others.length).toBeGreaterThan(25);
    for (const path of [...pages, ...others]) {
      const answer = await server.fetch(path);
      expect(answer.status, path).toBe(200);
      expect(answer.headers.getSetCookie(), path).toEqual([]);
      expect(answer.headers.get('x-robots-tag'), path).toBeNull();
      expect(await answer.text(), path).not.toMatch(/noindex|<noscript/i);
    }
  });

  test('R-154: names no person of the team', async () => {
    for (const path of [...pages, ...others]) {
      const text = await server.text(path);
      expect(text, path).not.toContain(person.name);
      expect(text, path).not.toContain(person.email);
    }
  });

  test('R-158, R-055: has the support and the security contact in the same place, on 404 too', async () => {
    for (const path of [...pages, '/nothing-here', '/de/nothing-here']) {
      const html = await server.text(path);
      const footer = /<footer[\s\S]*<\/footer>/.exec(html)?.[0] ?? '';
      expect(footer, path).toContain('href="mailto:help@nordlicht.example"');
      expect(footer, path).toContain('href="https://nordlicht.example/security"');
      expect(footer, path).toContain(path.startsWith('/de') ? 'Problem melden' : 'Report a problem');
    }
  });

  test.each([
    ['', ['Impact', 'Next update by', 'What you can do', 'Updates, newest first']],
    ['/de', ['Auswirkung', 'Nächste Meldung bis', 'Was Sie tun können', 'Meldungen, neueste zuerst']],
  ])(
    'R-069: impact, next update and workaround come first on the page of an incident · "%s"',
    async (language, labels) => {
      const html = await server.text(`${language}/incidents/${open}`);
      const said = [...html.matchAll(/<(?:h1|h2|dt)[^>]*>([^<]+)</g)].map(([, label = '']) => label.trim());
      expect(said.filter((label) => labels.includes(label))).toEqual(labels);
      expect(said.indexOf(labels.at(-1) ?? '')).toBeLessThan(10);
      expect(html.indexOf(language ? 'Wiederholen Sie sie' : 'Repeat them')).toBeLessThan(
        html.indexOf('<ol class="timeline"'),
      );
    },
  );

  test('U-18: names its other language, and says when a text is not translated yet', async () => {
    for (const path of pages) {
      const html = await server.text(path);
      const other = path.startsWith('/de') ? path.slice(3) || '' : path === '/' ? '/de' : `/de${path}`;
      expect(html, path).toContain(
        `hreflang="${path.startsWith('/de') ? 'en' : 'de'}" href="${server.publicUrl}${other}"`,
      );
    }
    expect(await server.text(untranslated)).toMatch(/Übersetzung folgt[\s\S]*lang="en"/);
  });

  test('U-22: a 404 carries the present state in a sentence', async () => {
    const answer = await server.fetch('/incidents/000000000000');
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('The API is degraded. Everything else is working.');
  });
});
