/** The languages that the page offers, and their order: what follows on every page, in feeds, JSON and at the desk. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoBegin } from '../../db/demo.ts';
import { type Language, languages, roles } from '../../db/words.ts';
import { changeSettings } from '../../src/domain/core/settings/change-settings.ts';
import { readSettings } from '../../src/domain/core/settings/read-settings.ts';
import { shareReport } from '../../src/domain/reports/links.ts';
import { feedFormats } from '../../src/feed-formats.ts';
import { refusalText } from '../../src/i18n/refusals.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { pathsOf, publicPaths } from '../../src/paths.ts';
import { type Api, apiOf } from '../support/api.ts';
import { crawl, type Seen } from '../support/crawl.ts';
import { deskPages } from '../support/desk-pages.ts';
import { loadDemoDesk } from '../support/desk-states.ts';
import { inWords } from '../support/in-words.ts';
import { type Insider, insideOf, insider } from '../support/inside.ts';
import { postgresUrl } from '../support/postgres.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { afternoon } from '../support/world.ts';

const engines = [
  { name: 'sqlite', postgres: undefined, isThere: true },
  { name: 'postgres', postgres: postgresUrl, isThere: postgresUrl !== undefined },
].filter(({ isThere }) => isThere);

const pageOf = ({ path, method, status, headers }: Seen): boolean =>
  method === 'GET' && status === 200 && headers.includes('text/html') && !path.startsWith('/admin');

describe.each(engines)('the demo on $name', ({ postgres }) => {
  let server: TestServer;
  let person: Insider;
  let german: Insider;
  let api: Api;
  const { show, send } = insideOf(() => server);
  const offer = (...offered: Language[]) => changeSettings(server.context(), { languages: offered });
  const ask = async (path: string) => {
    const { status, headers } = await server.fetch(path);
    return [status, headers.get('location')];
  };
  const entryIds = async (path: string): Promise<string[]> => {
    const { items } = (await (await server.fetch(path)).json()) as { items: { id: string }[] };
    return items.map(({ id }) => id);
  };
  /** Every public page with its language, before anything is changed. */
  let before: { path: string; language: Language }[];

  beforeAll(async () => {
    server = await startTestServer({
      now: demoBegin(afternoon),
      isFresh: true,
      ...(postgres ? { postgres } : {}),
    });
    await loadDemoDesk(server);
    person = await insider(server, ...roles);
    german = await insider(server, 'csup');
    await send(german, '/admin/account', 'account.changeLanguage', { language: 'de' });
    api = apiOf(server, await server.token(['csup', 'admin', 'manager']));
    const seen = (await crawl(server, ['/', '/de'])).filter(pageOf);
    before = seen.map(({ path }) => ({ path, language: publicPaths.languageOf(path) }));
  }, 60_000);
  afterAll(() => server?.stop());

  test('a later language of the product is offered when somebody says so, not by an upgrade', async () => {
    const fresh = await startTestServer({ offersAll: true, ...(postgres ? { postgres } : {}) });
    try {
      const { read, tables } = fresh.app.store;
      const rows = await read.select().from(tables.settings).where(eq(tables.settings.key, 'languages'));
      expect(rows.map(({ value }) => value)).toEqual([[...languages]]);
    } finally {
      await fresh.stop();
    }
  });

  test('the page that is asked about has both, and says what is not translated', () => {
    expect(before.filter(({ language }) => language === 'de').length).toBeGreaterThan(40);
    expect(before.filter(({ language }) => language === 'en').length).toBeGreaterThan(40);
  });

  test('a changed order shows at once, leads old addresses on, and keeps what feeds call their entries', async () => {
    await offer('en', 'de');
    const ids = { en: await entryIds('/feed.json'), de: await entryIds('/de/feed.json') };
    expect(ids.en.length).toBeGreaterThan(10);
    await offer('de', 'en');
    const now = pathsOf(['de', 'en']);
    expect(await server.text('/')).toContain('<html lang="de"');
    expect(await server.text('/en')).toContain('<html lang="en"');
    for (const { path, language } of before) {
      const address = now.inLanguage(path, language);
      const answer = await server.fetch(address);
      expect([address, answer.status]).toEqual([address, 200]);
      expect(await answer.text(), address).toContain(`<html lang="${language}"`);
      if (language === 'de') expect([path, ...(await ask(path))]).toEqual([path, 301, address]);
    }
    expect(await entryIds('/feed.json')).toEqual(ids.de);
    expect(await entryIds('/en/feed.json')).toEqual(ids.en);
    expect(await ask('/de/feed.rss')).toEqual([301, '/feed.rss']);
    const home = await server.text('/en/history');
    expect(home).toContain(`<link rel="canonical" href="${server.publicUrl}/en/history"`);
    expect(home).toContain(`<link rel="alternate" hreflang="de" href="${server.publicUrl}/history"`);
    const map = await server.text('/sitemap.xml');
    expect([map.includes(`${server.publicUrl}/en/history<`), map.includes('/de')]).toEqual([true, false]);
    // A link for programs leads to the page at the root.
    const { incidents } = (await api.call('listIncidents')) as { incidents: { id: string; url: string }[] };
    expect(incidents[0]?.url).toBe(`${server.publicUrl}/incidents/${incidents[0]?.id}`);
    expect((await server.fetch('/en/nothing')).status).toBe(404);
    expect(await server.text('/en/nothing')).toContain('<html lang="en"');
    expect((await server.fetch('/de/nothing')).status).toBe(404);
    expect((await server.fetch('/de/incidents/000000000000')).status).toBe(404);
    expect((await server.fetch('/xx/history')).status).toBe(404);
    await offer('en', 'de');
    expect(await ask('/en/history')).toEqual([301, '/history']);
    expect(await server.text('/de')).toContain('<html lang="de"');
  });

  test('a report opens with its link in each language, whatever stands at the root', async () => {
    const { reports } = (await (await server.fetch('/api/v1/reports')).json()) as {
      reports: { id: string }[];
    };
    const expiresAt = '2026-12-01T00:00:00.000Z';
    const { token } = await shareReport(server.context(), reports[0]?.id ?? '', { expiresAt });
    const open = async (path: string) => {
      const answer = await server.fetch(`${path}/reports/link/${token}`);
      const said = /<html lang="(\w+)"/.exec(await answer.text())?.[1];
      return [answer.status, said ?? answer.headers.get('location')?.replace(token, '…')];
    };
    await offer('de', 'en');
    expect(await open('')).toEqual([200, 'de']);
    expect(await open('/en')).toEqual([200, 'en']);
    expect(await open('/de')).toEqual([301, '/reports/link/…']);
    await offer('de');
    expect(await open('/en')).toEqual([301, '/reports/link/…']);
    await offer('en');
    expect(await open('/de')).toEqual([301, '/reports/link/…']);
  });

  test('an English-only page shows no “translation pending”, no switch, no German address', async () => {
    await offer('en');
    const seen = await crawl(server, ['/', '/sitemap.xml', '/subscribe']);
    expect(seen.filter(pageOf).length).toBeGreaterThan(40);
    for (const { path, headers, body } of seen) {
      const told = `${path}\n${headers}\n${body}`;
      // The document of the API names every language of the product.
      if (path.includes('openapi')) continue;
      expect(path).not.toMatch(/^\/de(\/|$)/);
      expect([path, /hreflang/.test(told)]).toEqual([path, false]);
      expect([path, /href="(https:\/\/status\.example\.com)?\/de[/"]/.test(told)]).toEqual([path, false]);
      expect([path, told.includes(wordsIn.en.page.translationPending)]).toEqual([path, false]);
      expect([path, told.includes(wordsIn.de.terms.ownName)]).toEqual([path, false]);
    }
    const old = before.filter(({ language }) => language === 'de');
    for (const { path } of old)
      expect([path, ...(await ask(path))]).toEqual([path, 301, path.slice(3) || '/']);
    for (const format of feedFormats) {
      expect(await ask(`/de/feed.${format}`)).toEqual([301, `/feed.${format}`]);
      expect(await ask(`/de/reports/feed.${format}`)).toEqual([301, `/reports/feed.${format}`]);
    }
  }, 60_000);

  test('the desk of an English-only page asks for no German word, whatever its reader reads', async () => {
    await offer('en');
    const pending = [wordsIn.en.desk.translationPending, wordsIn.de.desk.translationPending];
    for (const who of [person, german]) {
      let count = 0;
      const wrong: string[] = [];
      for await (const { path, html } of deskPages(server, who.cookie)) {
        count += 1;
        if (pending.some((word) => html.includes(word))) wrong.push(`pending on ${path}`);
        // What was said in German stays and can be corrected.
        if (path.startsWith('/admin/updates/')) continue;
        for (const [, name] of html.matchAll(/<(?:input|textarea|select)\b[^>]*\bname="([^"]*\.de\b[^"]*)"/g))
          wrong.push(`${name} on ${path}`);
      }
      expect(wrong).toEqual([]);
      expect(count).toBeGreaterThan(40);
    }
  }, 120_000);

  test('an update, a category and a component are complete without German, and have a name when German comes back', async () => {
    await offer('en');
    const category = await api.call('addCategory', { body: { name: { en: 'Print shop' } } });
    const component = await api.call('addComponent', {
      body: { category: category.category.id, name: { en: 'Press' }, type: 'website' },
    });
    expect(category.category.name).toEqual(inWords({ en: 'Print shop' }));
    const renamed = await api.call('changeCategory', {
      id: category.category.id,
      body: { name: { en: 'Print works' } },
    });
    expect(renamed.category.name).toEqual(inWords({ en: 'Print works' }));
    expect(component.component.name.de).toBe('Press');

    const composed = await show(german, `/admin/compose?category=print-shop`);
    expect(composed.html).not.toMatch(/name="texts\.de/);
    const opened = await api.call('openIncident', {
      body: {
        category: category.category.id,
        phase: 'investigating',
        texts: { en: { title: 'Paper is out', body: 'We look for paper and tell you more.' } },
      },
    });
    expect(await server.text('/')).toContain('Paper is out');
    const desk = await show(person, '/admin');
    expect(desk.html).toContain('Paper is out');
    expect(desk.html).not.toContain(wordsIn.en.desk.translationPending);
    const refused = await api.send('POST', `/incidents/${opened.incident.id}/updates`, {
      phase: 'identified',
      texts: { de: { title: 'Kein Papier', body: 'Wir haben die Ursache gefunden.' } },
    });
    expect([refused.status, refused.body.error.fields]).toEqual([
      422,
      [
        {
          path: 'texts.de',
          message: 'The page does not offer this language. An administrator can add it in the settings.',
        },
      ],
    ]);
    expect(await server.text('/api/v1/incidents')).not.toContain('Kein Papier');

    await offer('en', 'de');
    expect(await server.text('/de')).toContain('Print works');
    expect((await show(person, '/admin')).html).toContain(wordsIn.en.desk.translationPending);
    const own = await api.call('changeCategory', {
      id: category.category.id,
      body: { name: { en: 'Print works', de: 'Druckerei' } },
    });
    expect(own.category.name).toMatchObject({ en: 'Print works', de: 'Druckerei' });
    await offer('en');
    const again = await api.call('changeCategory', {
      id: category.category.id,
      body: { name: { en: 'Printers' } },
    });
    expect(again.category.name).toMatchObject({ en: 'Printers', de: 'Druckerei' });
    await offer('en', 'de');
    const missing = await api.send('POST', '/categories', { name: { en: 'Only English' } });
    expect([missing.status, missing.body.error.fields[0].path]).toEqual([422, 'name.de']);
  });

  test('coverage counts the languages of the page', async () => {
    await offer('en');
    const { html } = await show(person, '/admin/templates');
    const covered = /(\d+) of (\d+) cells approved/.exec(html);
    expect(covered?.slice(1)).toEqual([covered?.[2], covered?.[2]]);
    expect(html).not.toMatch(/aria-hidden="true">DE /);
  });

  test('the settings ask for the first and the others; twice the same, or none, is refused at its field', async () => {
    await offer('en', 'de');
    const post = (...order: string[]) =>
      send(
        person,
        '/admin/settings',
        'settings.change',
        Object.fromEntries(order.map((code, at) => [`languages:place${at + 1}`, code])),
      );
    const twice = await post('de', 'de');
    expect([twice.status, twice.html.includes(refusalText('en', 'repeated'))]).toEqual([422, true]);
    expect(twice.html).toMatch(
      /<option value="de" selected[^>]*>[^<]*<\/option>[\s\S]*<option value="de" selected/,
    );
    expect((await api.send('PATCH', '/settings', { languages: [] })).status).toBe(422);
    expect((await api.send('PATCH', '/settings', { languages: ['xx'] })).status).toBe(422);
    expect((await readSettings(server.app.store)).languages).toEqual(['en', 'de']);
    expect((await post('de', '')).status).toBe(303);
    expect((await readSettings(server.app.store)).languages).toEqual(['de']);
    expect(await server.text('/')).toContain('<html lang="de"');
    expect(await ask('/en/history')).toEqual([301, '/history']);
  });
});
