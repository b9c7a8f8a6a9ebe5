/** What is true of every public page and feed, whoever reads it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contextOf } from '../../src/application.ts';
import { operator } from '../../src/domain/core/authorize.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { changeSettings } from '../../src/domain/settings/change-settings.ts';
import { postUpdate } from '../../src/domain/updates/post-update.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let pages: string[];
let feeds: string[];
let person: { name: string; email: string };

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
  const { id } = await openIncident(as(), { category: 'api', occasion: 'investigating', slots });
  server.clock.forward(10);
  const explanation = { en: 'A change of ours had slowed the database down. It is taken back.' };
  const ended = await openIncident(as(), { category: 'dns', occasion: 'investigating', slots });
  server.clock.forward(1);
  await postUpdate(as(), ended.id, { occasion: 'resolved', slots: { explanation } });
  const month = server.clock.now.toISOString().slice(0, 7);
  const english = [
    '/',
    '/history',
    `/history/${month}`,
    `/incidents/${id}`,
    `/incidents/${ended.id}`,
    '/categories/api',
    '/subscribe',
  ];
  pages = english.flatMap((path) => [path, path === '/' ? '/de' : `/de${path}`]);
  feeds = ['rss', 'atom', 'json'].flatMap((f) => [
    `/feed.${f}`,
    `/de/feed.${f}`,
    `/categories/api/feed.${f}`,
  ]);
});
afterAll(() => server.stop());

describe('every public page and feed', () => {
  test('R-157: is read without account, cookie, consent or script, and may be indexed', async () => {
    for (const path of [...pages, ...feeds]) {
      const answer = await server.fetch(path);
      expect(answer.status, path).toBe(200);
      expect(answer.headers.getSetCookie(), path).toEqual([]);
      expect(answer.headers.get('x-robots-tag'), path).toBeNull();
      expect(await answer.text(), path).not.toMatch(/noindex|<noscript/i);
    }
  });

  test('R-154: names no person of the team', async () => {
    for (const path of [...pages, ...feeds, '/api/v1/incidents', '/api/v1/status']) {
      const text = await (await server.fetch(path)).text();
      expect(text, path).not.toContain(person.name);
      expect(text, path).not.toContain(person.email);
    }
  });

  test('R-158, R-055: has the support and the security contact in the same place, on 404 too', async () => {
    for (const path of [...pages, '/nothing-here', '/de/nothing-here']) {
      const html = await (await server.fetch(path)).text();
      const footer = /<footer[\s\S]*<\/footer>/.exec(html)?.[0] ?? '';
      expect(footer, path).toContain('href="mailto:help@nordlicht.example"');
      expect(footer, path).toContain('href="https://nordlicht.example/security"');
      expect(footer, path).toContain(path.startsWith('/de') ? 'Problem melden' : 'Report a problem');
    }
  });

  test('U-18: names its other language, and says when a text is not translated yet', async () => {
    for (const path of pages) {
      const html = await (await server.fetch(path)).text();
      const other = path.startsWith('/de') ? path.slice(3) || '' : path === '/' ? '/de' : `/de${path}`;
      expect(html, path).toContain(
        `hreflang="${path.startsWith('/de') ? 'en' : 'de'}" href="${server.publicUrl}${other}"`,
      );
    }
    const untranslated = pages.filter((path) => path.startsWith('/de/incidents/'))[1] ?? '';
    expect(await (await server.fetch(untranslated)).text()).toMatch(/Übersetzung folgt[\s\S]*lang="en"/);
  });

  test('U-22: a 404 carries the present state in a sentence', async () => {
    const answer = await server.fetch('/incidents/000000000000');
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('The API is degraded. Everything else is working.');
  });
});
