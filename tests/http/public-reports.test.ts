/** Published reports over HTTP: what readers get, in which size, at which cost, and who is never named in it. */
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoBegin, loadDemo } from '../../db/demo.ts';
import type { Language } from '../../db/words.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { readSettings } from '../../src/domain/core/settings/read-settings.ts';
import { settleItem } from '../../src/domain/reports/remediation/settle-item.ts';
import { feedFormats } from '../../src/feed-formats.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { apiPaths, publicPaths } from '../../src/paths.ts';
import { look } from '../support/crawl.ts';
import { readers } from '../support/feeds.ts';
import { spoken } from '../support/in-words.ts';
import { actingAs } from '../support/inside.ts';
import { plantReports, prose } from '../support/many-reports.ts';
import { committedCounts, isOfDesk, queriesOf, quiet } from '../support/page-queries.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { night } from '../support/world.ts';

let server: TestServer;
let slug = '';
let incident = '';
let report = '';

interface Report {
  id: string;
  url: string;
  incident: { id: string };
  commitments: { id: string; state: string }[];
}
const readReport = async (from = server): Promise<Report | undefined> =>
  (JSON.parse(await from.text('/api/v1/reports')) as { reports: Report[] }).reports[0];

/** The demo's report is the only one. */
async function startWithDemo(): Promise<TestServer> {
  const started = await startTestServer({ now: demoBegin(night) });
  const { store, safeHtml } = started.app;
  await loadDemo({ store, renderTexts: safeHtml.render, now: night }, process.cwd());
  started.clock.now = night;
  await store.transaction(async ({ touch }) => touch('all'));
  return started;
}

beforeAll(async () => {
  server = await startWithDemo();
  const found = await readReport();
  slug = found?.url.split('/').at(-1) ?? '';
  incident = found?.incident.id ?? '';
  report = found?.id ?? '';
}, 60_000);
afterAll(() => server?.stop());

/** Everything of the world that says something of reports. */
const everyAddress = (): string[] => [
  ...spoken.flatMap((language) => [
    publicPaths.reports(language),
    publicPaths.report(language, '2026'),
    publicPaths.reportsOfPriority(language, 'P1'),
    publicPaths.reportsOfCategory(language, 'sign-in-accounts'),
    publicPaths.report(language, slug),
    publicPaths.reportVersion(language, slug, 1),
    publicPaths.reportVersion(language, slug, 2),
    publicPaths.incident(language, incident),
    ...feedFormats.map((format) => publicPaths.reportFeed(language, format)),
  ]),
  '/api/v1/reports',
  apiPaths.report(report),
];

describe.each(spoken)('the published report · %s', (language: Language) => {
  const words = wordsIn[language].reports;

  test('R-098, R-092, R-093: has the nine fields, the computed duration, and every moment in two zones', async () => {
    const page = await server.text(publicPaths.report(language, slug));
    const fields = [...page.matchAll(/<dt>([^<]+)<\/dt>/g)].map(([, label]) => label).slice(0, 9);
    expect(fields).toEqual([
      words.document,
      words.organisation,
      words.owner,
      words.author,
      words.approvedBy,
      words.revision,
      words.status,
      words.classification,
      words.lastChange,
    ]);
    // recovered − started, and the restoration from the detection on.
    expect(page).toContain(language === 'de' ? '<b>24 Min.</b>' : '<b>24 min</b>');
    const zone = language === 'de' ? 'MESZ' : 'CEST';
    expect(page).toContain(`19:55–20:19 ${zone} (17:55–18:19 UTC)`);
    const rows = [
      ...page.matchAll(/<time datetime="[^"]+">(\d\d:\d\d)<\/time><\/td>\s*<td[^>]*>(\d\d:\d\d)</g),
    ];
    expect(rows).toHaveLength(16);
    for (const [, local = '', utc = ''] of rows)
      expect(Number(local.slice(0, 2)) - Number(utc.slice(0, 2))).toBe(2);
  });

  test('R-090: says what version 2 changed and why, and keeps version 1 readable at its own address', async () => {
    const newest = await server.text(publicPaths.report(language, slug));
    const first = await server.text(publicPaths.reportVersion(language, slug, 1));
    const count = language === 'de' ? ['2.317', '2.170'] : ['2,317', '2,170'];
    const impactOf = (page: string): string =>
      /<li>(?:<strong>)(?:Wer|Who)[\s\S]*?<\/li>/.exec(page)?.[0] ?? '';
    expect(impactOf(newest)).toContain(count[0]);
    expect(impactOf(first)).toContain(count[1]);
    expect(newest).toContain(`href="${publicPaths.reportVersion(language, slug, 1)}"`);
    expect(first).toContain(words.older(1, 2));
    expect(first).toContain(`href="${publicPaths.report(language, slug)}"`);
    expect((await server.fetch(publicPaths.reportVersion(language, slug, 3))).status).toBe(404);
  });

  test('R-080: is linked from its incident and back, in the history with duration and impact, and as JSON', async () => {
    expect(await server.text(publicPaths.incident(language, incident))).toContain(
      `href="${publicPaths.report(language, slug)}"`,
    );
    const page = await server.text(publicPaths.report(language, slug));
    expect(page).toContain(`href="${publicPaths.incident(language, incident)}"`);
    expect(page).toContain(`href="${apiPaths.report(report)}"`);
    for (const path of [publicPaths.reports(language), publicPaths.report(language, '2026')]) {
      const list = await server.text(path);
      expect(list).toContain(`href="${publicPaths.report(language, slug)}"`);
      expect(list).toContain(words.lasted(language === 'de' ? '24 Min.' : '24 min'));
      expect(list).toContain(words.promisesDone(3, 5));
      expect(list).toMatch(
        language === 'de' ? /24 Minuten lang niemand an der/ : /no customer could sign in/,
      );
    }
  });

  test('names the feeds of reports in its head, on the history and among the subscriptions', async () => {
    const subscribe = publicPaths.subscribe(language);
    for (const format of feedFormats) {
      const href = `href="${publicPaths.reportFeed(language, format)}"`;
      for (const path of [publicPaths.reports(language), publicPaths.report(language, slug)])
        expect((await server.text(path)).split('</head>')[0]).toContain(href);
      expect(await server.text(subscribe)).toContain(href);
    }
  });

  test.each(feedFormats)(
    'R-074, R-100: the %s feed is valid and has versions and progress with permanent ids',
    async (format) => {
      const feed = readers[format](await server.text(publicPaths.reportFeed(language, format)));
      expect(feed).toMatchObject({
        language,
        home: `${server.publicUrl}${publicPaths.reports(language)}`,
        self: `${server.publicUrl}${publicPaths.reportFeed(language, format)}`,
      });
      const kinds = feed.entries.map(({ id }) =>
        id
          .split(':')
          .slice(2)
          .join(':')
          .replace(/:[0-9a-z]{12}/, ''),
      );
      expect(kinds.map((kind) => kind.replace(/\d{5,}/, ''))).toEqual([
        'commitment:moved:',
        'commitment:done:',
        'commitment:done:',
        'report:2',
        'commitment:done:',
        'report:1',
      ]);
      for (const { link } of feed.entries) expect(link).toContain(publicPaths.report(language, slug));
    },
  );
});

test('R-154: no public byte of a report names a person', async () => {
  const { users } = server.app.store.tables;
  // The company's own mailboxes stand on every page.
  const { support_contact, security_contact } = await readSettings(server.app.store);
  const people = await server.app.store.read.select().from(users);
  expect(people.length).toBeGreaterThan(6);
  const seen = await look(server, everyAddress());
  expect(seen.filter(({ status }) => status !== 200).map(({ path }) => path)).toEqual([]);
  const named = seen.flatMap(({ path, headers, body }) =>
    people
      .flatMap(({ id, name, email }) => [id, name, email, ...name.split(' ')])
      .filter((word) => word !== support_contact && word !== security_contact)
      .filter((word) => new RegExp(`(?<![\\p{L}\\d])${word}(?![\\p{L}\\d])`, 'u').test(`${headers}\n${body}`))
      .map((word) => `${word} in ${path}`),
  );
  expect(named).toEqual([]);
});

test('R-100: progress shows at once on the report, in the history and as a new entry of the feed', async () => {
  const own = await startWithDemo();
  try {
    const open = (await readReport(own))?.commitments.find(({ state }) => state === 'in_progress');
    const before = readers.atom(await own.text('/reports/feed.atom')).entries.map(({ id }) => id);
    const person = await own.addPerson('engineer');
    const context: Context = actingAs(own, person);
    await settleItem(context, open?.id ?? '', { state: 'done' });
    expect(await own.text(publicPaths.report('en', slug))).toContain(wordsIn.en.reports.progress(4, 5));
    expect(await own.text('/reports')).toContain(wordsIn.en.reports.promisesDone(4, 5));
    const after = readers.atom(await own.text('/reports/feed.atom')).entries.map(({ id }) => id);
    expect(after).toEqual([expect.stringContaining(`${open?.id}:done`), ...before]);
  } finally {
    await own.stop();
  }
}, 60_000);

test('is kept like any public page: a strong ETag answers 304, and the second reader costs no query', async () => {
  await quiet(server);
  for (const path of everyAddress()) {
    const first = await server.fetch(path);
    await first.arrayBuffer();
    const etag = first.headers.get('etag') ?? '';
    expect([path, etag]).toEqual([path, expect.stringMatching(/^"/)]);
    const again = () => server.fetch(path, { headers: { 'if-none-match': etag } });
    const queries = await queriesOf(server, async () => expect((await again()).status).toBe(304));
    expect([path, queries]).toEqual([path, 0]);
  }
});

test('a long report is at most 14,000 compressed bytes', async () => {
  const own = await startTestServer();
  const [long = ''] = await plantReports(own, {
    count: 1,
    promises: 6,
    entries: 25,
    say: (section, at) => prose(110, section.length * 1_000 + at),
  });
  const page = Buffer.from(await own.text(publicPaths.report('en', long)));
  await own.stop();
  expect(page.length).toBeGreaterThan(15_000);
  expect(gzipSync(page).length).toBeLessThanOrEqual(14_000);
  expect(brotliCompressSync(page).length).toBeLessThanOrEqual(14_000);
});

test('a page of reports costs the number in query-counts.json with one report and with fifty', async () => {
  const own = await startTestServer();
  try {
    const { '/reports/[slug]': _one, ...committed } = reportCounts();
    const [first = ''] = await plantReports(own, { count: 1, promises: 2 });
    const count = async (path: string): Promise<number> => {
      // Whether it is there at all is asked of a cold address only.
      await (await own.fetch(path)).arrayBuffer();
      // No day passes, which would bring work for the jobs.
      await own.app.store.transaction(async ({ touch }) => touch('reports'));
      return queriesOf(own, async () => (await own.fetch(path)).arrayBuffer());
    };
    const counted = async (): Promise<Record<string, number>> => {
      const counts: Record<string, number> = {};
      for (const path of [...Object.keys(committed), `/reports/${first}`])
        counts[path.replace(first, '[slug]')] = await count(path);
      return counts;
    };
    const pause = () => new Promise((done) => setTimeout(done, 1_500));
    await pause();
    expect(await counted()).toEqual(reportCounts());
    await plantReports(own, { count: 49, promises: 4, prefix: 'other' });
    await pause();
    expect(await counted()).toEqual(reportCounts());
  } finally {
    await own.stop();
  }
});

const reportCounts = (): Record<string, number> =>
  committedCounts((path) => !isOfDesk(path) && path.includes('/reports'));
