/** Over HTTP too, what was never seen is not called perfect, in both languages and in JSON. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addCategory } from '../../src/domain/catalogue/categories/add-category.ts';
import { addComponent } from '../../src/domain/catalogue/components/add-component.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  server.clock.now = new Date('2026-11-11T23:30:00.000Z');
  const name = { en: 'Sandbox', de: 'Spielwiese' };
  const { id: category } = await addCategory(server.context(), { name, slug: 'sandbox' });
  await addComponent(server.context(), {
    category,
    name: { en: 'Sandbox API', de: 'Spielwiesen-API' },
    type: 'api',
  });
});
afterAll(() => server?.stop());

/** The text of what stands about the new category: its row of the home page, or its own page. */
async function textOf(path: string): Promise<string> {
  const html = await server.text(path);
  const part = path.includes('sandbox') ? html : html.slice(html.search(/<b>(Sandbox|Spielwiese)</));
  return part
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
}
const perfect = /100 %|in the last 90 days\.|In den letzten 90 Tagen ist nichts/;

// A story: the clock only goes on, because what is published then is not for an earlier time.
describe('unseen time is called perfect', { shuffle: false }, () => {
  test('a component one second old has no "100 % available · nothing happened in 90 days"', async () => {
    server.clock.now = new Date('2026-11-11T23:30:01.000Z');
    for (const [path, since] of [
      ['/', 'Observed since 12 November'],
      ['/de', 'Beobachtet seit 12. November'],
      ['/categories/sandbox', 'Nothing happened since 12 November.'],
      ['/de/categories/sandbox', 'Seit 12. November ist nichts geschehen.'],
    ] as const) {
      const text = await textOf(path);
      expect(text, path).toContain(since);
      if (path.includes('sandbox')) expect(text, path).not.toMatch(perfect);
    }
  });

  test('younger than ninety days, the figure says since when; the days before are no fine days', async () => {
    server.clock.now = new Date('2026-11-20T02:12:00.000Z');
    for (const [path, ...said] of [
      ['/', '100 % available since 12 November'],
      ['/de', '100 % verfügbar seit 12. November'],
      [
        '/categories/sandbox',
        '100 % available since 12 November',
        'The days before 12 November were not observed.',
      ],
      [
        '/de/categories/sandbox',
        '100 % verfügbar seit 12. November',
        'Die Tage vor dem 12. November wurden nicht beobachtet.',
      ],
    ] as const) {
      const text = await textOf(path);
      for (const each of said) expect(text, path).toContain(each);
      expect(await server.text(path), path).toContain('class="unseen" d="M0 18h81v4h-81z"');
    }
  });

  test('JSON has since when', async () => {
    for (const list of ['components', 'categories']) {
      const body = await (await server.fetch(`/api/v1/${list}`)).json();
      const found = body[list].find((each: { name: { en: string } }) => each.name.en.startsWith('Sandbox'));
      expect(found, list).toMatchObject({ observedSince: '2026-11-11T23:30:00.000Z' });
    }
  });
});
