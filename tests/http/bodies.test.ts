/** A text keeps its meaning wherever it is read: on the page, in every feed and in JSON. */
import { HtmlValidate } from 'html-validate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { feedFormats } from '../../src/feed-formats.ts';
import { publicPaths } from '../../src/paths.ts';
import { apiOf } from '../support/api.ts';
import { readers } from '../support/feeds.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const body = `#### What is affected

| Region | State |
|---|---|
| EU | disturbed |
| US | works |

- [x] Router replaced
- [ ] Cache cleared

1. first
2. second

Curve: ![Error rate fell to zero](https://pictures.example/curve.png) and [the maintenance](/maintenance).`;

let server: TestServer;
let id: string;
beforeAll(async () => {
  server = await startTestServer();
  ({ id } = await openIncident(server.context(), {
    category: 'api',
    phase: 'investigating',
    texts: { en: { title: 'Requests fail', body }, de: { title: 'Anfragen scheitern', body } },
    lintReason: 'Odd texts are what these tests are about.',
  }));
});
afterAll(() => server?.stop());

/** What is left of the meaning of `body` in HTML, whatever level its heading has. */
const meaning = (html: string) => ({
  heading: /<h[3-6]>What is affected<\/h[3-6]>/.test(html),
  header: /<th[^>]*>Region<\/th>\s*<th[^>]*>State<\/th>/.test(html),
  row: /<td[^>]*>EU<\/td>\s*<td[^>]*>disturbed<\/td>/.test(html),
  ticked: /<li>\s*(<p>)?☑ Router replaced/.test(html),
  unticked: /<li>\s*(<p>)?☐ Cache cleared/.test(html),
  numbered: /<ol>\s*<li>first<\/li>\s*<li>second<\/li>\s*<\/ol>/.test(html),
  picture: html.includes('Error rate fell to zero'),
  noPicture: !/<img/.test(html),
});
const all = Object.fromEntries(Object.keys(meaning('')).map((what) => [what, true]));
const linkOf = (html: string): string | undefined => /href="([^"]*)"[^>]*>the maintenance</.exec(html)?.[1];

test.each(['en', 'de'] as const)(
  'tables, ticks, a picture’s text, lists and headings survive on the page and in every feed, links are whole · %s',
  async (language) => {
    const page = await (await server.fetch(publicPaths.incident(language, id))).text();
    expect(meaning(page)).toEqual(all);
    expect([`${server.publicUrl}/maintenance`, '/maintenance']).toContain(linkOf(page));
    const validator = new HtmlValidate({
      rules: { 'heading-level': 'error', 'element-permitted-content': 'error', 'close-order': 'error' },
    });
    expect((await validator.validateString(page)).results.flatMap(({ messages }) => messages)).toEqual([]);
    for (const format of feedFormats) {
      const feed = readers[format](await (await server.fetch(publicPaths.feed(language, format))).text());
      const html = feed.entries[0]?.html ?? '';
      expect([format, meaning(html), linkOf(html)]).toEqual([format, all, `${server.publicUrl}/maintenance`]);
    }
  },
);

test('JSON keeps the text as typed and its HTML with the same meaning', async () => {
  const { incident } = await apiOf(server).call('readIncident', { id });
  const text = JSON.stringify(incident.updates[0]);
  expect(text).toContain('Error rate fell to zero');
  expect(text).toContain('the maintenance');
  expect(text).toContain('Router replaced');
  expect(text).not.toMatch(/href=\\"\/maintenance/);
});
