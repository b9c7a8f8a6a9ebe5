/** Our own feeds: valid for strict readers, permanent, safe, in both languages (R-074). */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeCategory } from '../../src/domain/catalogue/categories/change-category.ts';
import { changeSettings } from '../../src/domain/core/settings/change-settings.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { feedFormats } from '../../src/feed-formats.ts';
import { publicPaths } from '../../src/paths.ts';
import { parseXml, type ReadFeed, readers } from '../support/feeds.ts';
import { inWords } from '../support/in-words.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { english } from '../support/world.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

const types = { rss: 'application/rss+xml', atom: 'application/atom+xml', json: 'application/feed+json' };
const allFeeds = (['en', 'de'] as const).flatMap((language) =>
  feedFormats.map((format) => ({ language, format })),
);
const read = async (path: string): Promise<ReadFeed> => {
  const format = feedFormats.find((known) => path.endsWith(known)) ?? 'rss';
  return readers[format](await server.text(path));
};

/** An incident in `category` with one update; its id, and the update's id as feeds name it. */
async function open(
  category: string,
  texts: object,
): Promise<{ id: string; updateId: string; entry: string }> {
  const message = { category, phase: 'investigating', texts };
  const made = await openIncident(server.context(), {
    ...message,
    lintReason: 'Odd texts are what these tests are about.',
  });
  return { ...made, entry: `urn:x-klartext:update:${made.updateId}` };
}

// A story: nothing happened yet, then more and more.
describe('the feeds', { shuffle: false }, () => {
  test.each(allFeeds)(
    'the $format feed in $language is valid before anything happened',
    async ({ language, format }) => {
      const feed = await read(publicPaths.feed(language, format));
      expect(feed.entries).toEqual([]);
      expect(feed).toMatchObject({
        language,
        home: `${server.publicUrl}${publicPaths.home(language)}`,
        self: `${server.publicUrl}${publicPaths.feed(language, format)}`,
      });
    },
  );

  describe('entries', () => {
    test('one per update, newest publication first, the same ids in every format and language', async () => {
      const first = await open('api', english('Requests to the API fail'));
      server.clock.forward(10);
      const second = await postUpdate(server.context(), first.id, {
        phase: 'identified',
        texts: english('Requests to the API fail'),
      });
      server.clock.forward(10);
      const other = await open('dns', english('Lookups are slow'));
      const wanted = [other.entry, `urn:x-klartext:update:${second.updateId}`, first.entry];
      for (const { language, format } of allFeeds) {
        const { entries, updated } = await read(publicPaths.feed(language, format));
        expect(entries.map((entry) => entry.id)).toEqual(wanted);
        expect(entries[2]?.link).toBe(
          `${server.publicUrl}${publicPaths.update(language, first.id, first.updateId)}`,
        );
        expect(entries[2]?.category).toBe(language === 'de' ? 'Programmierschnittstelle (API)' : 'API');
        expect(updated).toEqual(new Date(server.clock.now));
      }
    });

    test('a correction moves the date of its entry and makes no new one', async () => {
      const { updateId, entry } = await open('dns', english('Lookups fail'));
      const before = await read('/feed.atom');
      server.clock.forward(7);
      const note = { en: 'The name was wrong.' };
      await correctUpdate(server.context(), updateId, {
        texts: { en: { body: 'Lookups of some names fail. We look for the cause.' } },
        note,
      });
      for (const { language, format } of allFeeds) {
        const after = await read(publicPaths.feed(language, format));
        expect(after.entries.map(({ id }) => id)).toEqual(before.entries.map(({ id }) => id));
        const [now, then] = [after, before].map((feed) => feed.entries.find(({ id }) => id === entry));
        expect(now?.html).toContain('Lookups of some names fail.');
        expect(now?.published).toEqual(then?.published);
        expect(after.updated).toEqual(server.clock.now);
        if (format !== 'rss') expect(now?.updated).toEqual(server.clock.now);
      }
    });

    test('a held update is in no feed before its instant and in all from then on', async () => {
      const texts = english('Held for a minute');
      const { updateId } = await openIncident(server.context(), {
        category: 'api',
        phase: 'investigating',
        texts,
        holdSeconds: 60,
      });
      const seen = async () => {
        const feeds = await Promise.all(
          allFeeds.map(({ language, format }) => read(publicPaths.feed(language, format))),
        );
        return new Set(feeds.map(({ entries }) => entries.some(({ id }) => id.endsWith(updateId))));
      };
      expect([...(await seen())]).toEqual([false]);
      server.clock.forward(1);
      expect([...(await seen())]).toEqual([true]);
    });

    test('the newest fifty stay', async () => {
      const { id } = await open('network-delivery', english('A long night'));
      for (let at = 0; at < 51; at += 1) {
        server.clock.forward(1);
        await postUpdate(server.context(), id, {
          phase: 'identified',
          texts: english(`A long night, part ${at}`),
        });
      }
      const { entries } = await read('/feed.json');
      expect(entries).toHaveLength(50);
      expect(entries[0]?.title).toBe('Identified: A long night, part 50');
      expect(entries[49]?.title).toBe('Identified: A long night, part 1');
    });
  });

  test('rendering twice gives the same bytes, also a day later', async () => {
    const paths = allFeeds.map(({ language, format }) => publicPaths.feed(language, format));
    const first = await Promise.all(paths.map(server.text));
    for (const minutes of [0, 24 * 60]) {
      server.clock.forward(minutes);
      await server.app.store.transaction(async ({ touch }) => touch('all'));
      expect(await Promise.all(paths.map(server.text))).toEqual(first);
    }
  });

  describe('languages', () => {
    test('each feed has its own words; a missing translation is told, in the language of the feed', async () => {
      const { entry } = await open('api', english('Only in English', 'Nobody has translated this.'));
      const both = await open('api', {
        ...english('In both', 'This is English.'),
        de: { title: 'In beiden', body: 'Das ist Deutsch.' },
      });
      for (const format of feedFormats) {
        const [en, de] = [await read(`/feed.${format}`), await read(`/de/feed.${format}`)];
        const find = (feed: ReadFeed, id: string) => feed.entries.find((candidate) => candidate.id === id);
        expect(find(en, entry)?.html).not.toContain('pending');
        expect(find(de, entry)?.html).toContain('Die Übersetzung folgt. Dieser Text ist auf Englisch.');
        expect(find(de, entry)?.html).toContain('Nobody has translated this.');
        expect(find(en, both.entry)).toMatchObject({
          title: 'Investigating: In both',
          html: expect.stringContaining('This is English.'),
        });
        expect(find(de, both.entry)).toMatchObject({
          title: 'Wird untersucht: In beiden',
          html: expect.stringContaining('Das ist Deutsch.'),
        });
        expect(find(de, both.entry)?.html).not.toContain('Übersetzung');
        expect(de.title).not.toBe('');
      }
    });
  });

  describe('categories', () => {
    test('a category has feeds of its own with nothing else in them', async () => {
      const { entry } = await open('data-storage', english('A disk is full'));
      for (const { language, format } of allFeeds) {
        const path = publicPaths.feed(language, format, 'data-storage');
        const feed = await read(path);
        expect(feed.entries.map(({ id }) => id)).toEqual([entry]);
        expect(feed).toMatchObject({
          self: server.publicUrl + path,
          home: server.publicUrl + publicPaths.category(language, 'data-storage'),
        });
      }
    });

    test.each([
      '/categories/nowhere/feed.rss',
      '/de/categories/nowhere/feed.json',
      '/feed.xml',
      '/xx/feed.rss',
      '/categories/api/feed.csv',
      '/feed',
    ])('%s is not there', async (path) => {
      expect((await server.fetch(path)).status).toBe(404);
    });
  });

  describe('over HTTP', () => {
    beforeAll(() => server.clock.forward(1));

    test.each(allFeeds)(
      '$format in $language has its type, a charset, and may be read from every origin',
      async ({ language, format }) => {
        const path = publicPaths.feed(language, format);
        for (const method of ['GET', 'HEAD']) {
          const { status, headers } = await server.fetch(path, { method });
          expect(status).toBe(200);
          expect(Object.fromEntries(headers)).toMatchObject({
            'content-type': `${types[format]}; charset=utf-8`,
            'access-control-allow-origin': '*',
            'x-content-type-options': 'nosniff',
            'last-modified': expect.stringMatching(/ GMT$/),
            etag: expect.stringMatching(/^"/),
          });
          expect(headers.get('set-cookie')).toBeNull();
        }
        const etag = (await server.fetch(path)).headers.get('etag') ?? '';
        const date = (await server.fetch(path)).headers.get('last-modified') ?? '';
        expect((await server.fetch(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
        expect((await server.fetch(path, { headers: { 'if-modified-since': date } })).status).toBe(304);
      },
    );

    test.each(['/', '/de', '/categories/api', '/de/categories/api'])('%s names its feeds', async (path) => {
      const links = [
        ...(await server.text(path)).matchAll(/<link rel="alternate" type="([^"]+)"[^>]* href="([^"]+)"/g),
      ];
      const found = links.filter(([, type]) => Object.values(types).includes(type ?? ''));
      expect(found).toHaveLength(3);
      for (const [, type, href] of found) {
        const answer = await server.fetch(href ?? '');
        expect([answer.status, answer.headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`]);
        expect(href).toContain(path === '/' ? '/feed.' : `${path}/feed.`);
      }
    });
  });

  describe('what people type', () => {
    const payloads = [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '<svg onload=alert(1)><a xlink:href="javascript:alert(1)">x</a></svg>',
      '[link](javascript:alert(1)) [data](data:text/html;base64,PHNjcmlwdD4=) <javascript:alert(1)>',
      '<a href="&#106;avascript:alert(1)" onclick="alert(1)" style="x:expression(1)">x</a>',
      '<iframe src="https://xss.invalid/"></iframe><form action="https://xss.invalid/"><input name=q></form>',
      '<math><mtext></p><style><img src onerror=alert(1)></style></math>',
      'end ]]> and ]]> again ]]>',
      '<![CDATA[ <!-- <?php ?> <!DOCTYPE x> <!ENTITY e SYSTEM "file:///etc/passwd"> &e; &amp; &amp;lt; &#0;',
      '5 < 6 & 7 > 6 "quoted" \'single\' <b>bold</b>',
      'ünïcödé 🦦 \u200f \u00a0 x',
    ];
    const allowed =
      /^(p|br|strong|em|del|ul|ol|li|code|pre|a|blockquote|hr|h[1-6]|table|thead|tbody|tr|th|td|b|i|s|u|tt|small|var)$/;

    test.each(payloads)('%s reaches readers as text, never as markup', async (payload) => {
      const { entry } = await open('api', english(payload, `Before ${payload} after`));
      for (const { language, format } of allFeeds) {
        const found = (await read(publicPaths.feed(language, format))).entries.find(({ id }) => id === entry);
        expect(found?.title).toMatch(/^(Investigating|Wird untersucht): /);
        expect(found?.title.endsWith(payload)).toBe(true);
        for (const [, tag = '', attributes = ''] of found?.html.matchAll(/<\/?([\w:]+)([^>]*)>/g) ?? []) {
          expect(tag).toMatch(allowed);
          expect(attributes).toMatch(
            /^( href="(https?:|mailto:)[^"]*"| (title|start)="[^"]*"| rel="[^"]*")*\s*\/?$/,
          );
        }
        expect(found?.html).not.toMatch(/<[!?]/);
      }
    });

    test('characters that XML cannot hold are left out, wherever they come from', async () => {
      const { updateId } = await open('api', english('Clean'));
      const odd = 'a\u0000b\u0008c\u000bd\u001fe\ufffef\ud800g';
      await server.app.store.transaction(async ({ db, tables, touch }) => {
        await db.update(tables.incidentUpdateTexts).set({ title: odd, bodyHtml: `<p>${odd}</p>` });
        await db.update(tables.categories).set({ name: inWords({ en: `${odd} <&"]]>`, de: 'Seltsam' }) });
        touch('all');
      });
      for (const format of feedFormats) {
        for (const path of [`/feed.${format}`, `/categories/api/feed.${format}`]) {
          const { entries } = await read(path);
          const found = entries.find(({ id }) => id.endsWith(updateId));
          expect(found?.title).toMatch(/^Investigating: abcdef.?g$/u);
          expect(found?.category).toMatch(/^abcdef.?g <&"\]\]>$/u);
        }
      }
    });

    test('the names of organisation and category stand in the feed as they are typed', async () => {
      const odd = 'Smith & Sons <b> ]]> "x"';
      await changeSettings(server.context(), { organisation_name: odd });
      const { id = '' } =
        (await server.app.store.read.select().from(server.app.store.tables.categories)).find(
          ({ slug }) => slug === 'dns',
        ) ?? {};
      await changeCategory(server.context(), id, { name: { en: odd, de: odd } });
      for (const { language, format } of allFeeds) {
        expect((await read(publicPaths.feed(language, format))).title).toContain(odd);
        const feed = await read(publicPaths.feed(language, format, 'dns'));
        expect(feed.title).toContain(odd);
        expect(feed.entries[0]?.category).toBe(odd);
      }
    });
  });

  test.each([
    '<a>&e;</a>',
    '<a>]]></a>',
    '<a b="<"/>',
    '<a><b></a></b>',
    '<a/><b/>',
    '<a b=1/>',
    '<a>&#0;</a>',
    '<a>\u0001</a>',
    '<a b="1" b="2"/>',
    '<a>x',
    'x',
  ])('the strict reader refuses %j', (wrong) => {
    expect(() => parseXml(`<?xml version="1.0" encoding="utf-8"?>${wrong}`)).toThrow();
  });
});
