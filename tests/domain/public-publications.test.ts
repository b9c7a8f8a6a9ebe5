/** That a report is out is news of the main feed and of home; on both engines. */
import { and, eq, isNotNull } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { readFeed } from '../../src/domain/public/read-feed.ts';
import { readPublications } from '../../src/domain/public/read-publications.ts';
import { readReportFeed } from '../../src/domain/public/read-report-feed.ts';
import { publishReport } from '../../src/domain/reports/reviews/publish-report.ts';
import { submitReport } from '../../src/domain/reports/reviews/submit-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { publicPaths } from '../../src/paths.ts';
import { feedEntries } from '../../src/render/feed-entries.ts';
import { describeEachEngine } from '../support/engines.ts';
import { open, say, statusPage } from '../support/incidents.ts';
import { approve, publishedForCustomers, publishedReport, submitted } from '../support/reports.ts';
import { minutesLater } from '../support/world.ts';
import { asAnybody } from './accounts-support.ts';

describeEachEngine('the main feed says that a report is out', (bench) => {
  const anybody = (context: Context): Context => ({ ...asAnybody(bench.store), now: context.now });
  const form = { format: 'rss', publicUrl: 'https://status.example.com', paths: publicPaths } as const;
  const model = async (context: Context, language: 'en' | 'de' = 'en', slug?: string) => {
    const feed = await readFeed(anybody(context), slug);
    if (!feed) throw new Error('There is no feed.');
    return feedEntries(feed, { ...form, language });
  };
  const reportsIn = async (...asked: Parameters<typeof model>) =>
    (await model(...asked)).entries.filter(({ id }) => id.includes(':report:'));

  /** What home names. */
  const newest = async (context: Context) =>
    (await readPublications(anybody(context), { limit: 1 }))[0] ?? null;

  test('the feed of reports has what came out last, however long ago its incident began', async () => {
    const people = await statusPage(bench.store);
    const { report, slug } = await publishedReport(people);
    const { csup } = people;
    // Fifty that began later and came out before.
    await bench.store.transaction(async ({ db, tables: { incidents, reports, reportRevisions } }) => {
      const [own] = await db.select().from(reports).where(eq(reports.id, report));
      const [told] = await db
        .select()
        .from(incidents)
        .where(eq(incidents.id, own?.incidentId ?? ''));
      const [out] = await db
        .select()
        .from(reportRevisions)
        .where(and(eq(reportRevisions.reportId, report), isNotNull(reportRevisions.version)));
      if (!own || !told || !out) throw new Error('There is no report.');
      const publishedAt = minutesLater(csup, 90).now;
      for (let at = 1; at <= 50; at += 1) {
        const [incidentId, reportId] = [newId(), newId()];
        const startedAt = minutesLater(csup, at).now;
        await db.insert(incidents).values({ ...told, id: incidentId, number: 100 + at, startedAt });
        const named = { incidentId, slug: `later-${at}`, number: `later-${at}`, publishedAt };
        await db.insert(reports).values({ ...own, id: reportId, ...named });
        await db.insert(reportRevisions).values({ ...out, id: newId(), reportId, publishedAt });
      }
    });
    const { events } = await readReportFeed(anybody(minutesLater(csup, 122)));
    expect(events).toHaveLength(50);
    expect(events[0]?.report.slug).toBe(slug);
  });

  test('once, dated when it was published, with a permanent id, and again for a new version', async () => {
    const people = await statusPage(bench.store);
    const { csup, engineer, manager } = people;
    const { report, slug } = await publishedReport(people);
    const link = `https://status.example.com/reports/${slug}`;
    const out = minutesLater(csup, 121).now;
    expect(await reportsIn(minutesLater(csup, 120))).toEqual([]);
    const first = { id: `urn:x-klartext:report:${report}:1`, link, publishedAt: out, updatedAt: out };
    expect(await reportsIn(minutesLater(csup, 122))).toMatchObject([
      { ...first, title: 'Incident report: API calls failed', categorySlug: 'api' },
    ]);
    expect(await reportsIn(minutesLater(csup, 122), 'de', 'api')).toMatchObject([
      { id: first.id, title: 'Störungsbericht: API-Anfragen schlugen fehl' },
    ]);
    expect(await reportsIn(minutesLater(csup, 122), 'en', 'website')).toEqual([]);
    const feed = await model(minutesLater(csup, 122));
    expect([feed.entries[0]?.id, feed.updatedAt]).toEqual([first.id, out]);

    await saveReport(minutesLater(engineer, 130), report, { change: { en: 'The number is known.' } });
    await submitReport(minutesLater(engineer, 130), report);
    await approve(minutesLater(manager, 130), report);
    const touched: string[] = [];
    const stop = bench.store.onChange((tags) => void touched.push(...(tags ?? ['all'])));
    await publishReport(minutesLater(csup, 140), report, { digest: await submitted(csup, report) });
    stop();
    expect(touched).toContain('incidents');
    const both = await reportsIn(minutesLater(csup, 141));
    expect(both).toMatchObject([
      {
        id: `urn:x-klartext:report:${report}:2`,
        title: 'Version 2 of the incident report: API calls failed',
        publishedAt: minutesLater(csup, 140).now,
      },
      first,
    ]);
    expect(both[0]?.html).toContain('The number is known.');
  });

  test('home names the newest report', async () => {
    const people = await statusPage(bench.store);
    expect(await newest(people.csup)).toBeNull();
    const { report } = await publishedReport(people);
    expect(await newest(minutesLater(people.csup, 122))).toMatchObject({
      reportId: report,
      version: 1,
      isFirst: true,
    });
  });

  test('a report for fewer readers than everybody is in neither', async () => {
    const people = await statusPage(bench.store);
    await publishedForCustomers(people);
    const later = minutesLater(people.csup, 130);
    expect(await reportsIn(later)).toEqual([]);
    expect(await newest(later)).toBeNull();
  });

  test('a full feed is never longer for it, and what is older than its oldest update is left out', async () => {
    const people = await statusPage(bench.store);
    const { report } = await publishedReport(people);
    const { id: incident } = await open(minutesLater(people.csup, 200));
    for (let n = 1; n < 49; n += 1) await say(minutesLater(people.csup, 200 + n), incident, 'investigating');
    const full = await model(minutesLater(people.csup, 300));
    expect(full.entries).toHaveLength(50);
    expect(full.entries.at(-1)?.id).toBe(`urn:x-klartext:report:${report}:1`);
    await say(minutesLater(people.csup, 301), incident, 'investigating');
    expect(await reportsIn(minutesLater(people.csup, 302))).toEqual([]);
  });
});
