import { expect, test } from 'vitest';
import { changeCategory } from '../../src/domain/catalogue/categories/change-category.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import { readFeed } from '../../src/domain/public/read-feed.ts';
import { readHome } from '../../src/domain/public/read-home.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { publicPaths } from '../../src/paths.ts';
import { feedEntries } from '../../src/render/feed-entries.ts';
import { describeEachEngine } from '../support/engines.ts';
import { latest, open, plan, say, statusPage } from '../support/incidents.ts';
import { minutesLater, night } from '../support/world.ts';
import { asAnybody } from './accounts-support.ts';

describeEachEngine('R-074, G-16: a feed', (bench) => {
  const anybody = (context: Context): Context => ({ ...asAnybody(bench.store), now: context.now });
  /** What a reader of the feed keeps: id, publication and last change of each entry. */
  const entries = async (context: Context, slug?: string) =>
    (await readFeed(anybody(context), slug))?.entries.map(({ update, updatedAt }) => [
      update.id,
      update.publishedAt,
      updatedAt,
    ]);

  test('has one entry per update, newest publication first, with a permanent id', async () => {
    const { csup } = await statusPage(bench.store);
    const a = await open(csup);
    const b = await open(minutesLater(csup, 1), { category: 'website' });
    const c = await say(minutesLater(csup, 2), a.id, 'identified');
    const d = await plan(minutesLater(csup, 3));
    // What tells of earlier is news when it is posted.
    const e = await say(minutesLater(csup, 4), a.id, 'investigating', {
      displayAt: minutesLater(csup, 0.5).now.toISOString(),
    });
    const expected = [e, d, c, b, a].map(({ updateId }, at) => {
      const posted = minutesLater(csup, 4 - at).now;
      return [updateId, posted, posted];
    });
    expect(await entries(minutesLater(csup, 5))).toEqual(expected);
    expect(await entries(minutesLater(csup, 60 * 24 * 90))).toEqual(expected);
    expect(await readFeed(anybody(minutesLater(csup, 5)))).toMatchObject({
      category: null,
      updatedAt: minutesLater(csup, 4).now,
    });
  });

  test('names the day of the next update in a maintenance of 48 hours', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await plan(csup, 60, 60 + 48 * 60);
    await say(minutesLater(csup, 61), id, 'in_progress');
    const feed = await readFeed(anybody(minutesLater(csup, 62)));
    if (!feed) throw new Error('There is no feed.');
    const form = { format: 'rss', publicUrl: 'https://status.example.com', paths: publicPaths } as const;
    const said = (language: 'en' | 'de') => feedEntries(feed, { ...form, language }).entries[0]?.html;
    expect(said('en')).toContain('Next update by 22 Nov 2026, 04:12 CET (03:12 UTC)');
    expect(said('de')).toContain('Nächste Meldung bis 22. Nov. 2026, 04:12 MEZ (03:12 UTC)');
  });

  test('of a category has that category’s alone; of none or an unknown one there is none', async () => {
    const { csup, website } = await statusPage(bench.store);
    const a = await open(csup);
    const b = await open(csup, { category: 'website' });
    expect((await entries(csup, 'api'))?.map(([id]) => id)).toEqual([a.updateId]);
    expect((await entries(csup, 'website'))?.map(([id]) => id)).toEqual([b.updateId]);
    expect((await readFeed(anybody(csup), 'website'))?.category).toMatchObject({
      id: website,
      slug: 'website',
      name: { en: 'Website', de: 'Website (de)' },
      isArchived: false,
    });
    expect(await readFeed(anybody(csup), 'nothing')).toBeNull();
    expect(await readFeed(anybody(csup), '')).toBeNull();
  });

  test('without entries has never changed', async () => {
    const { csup } = await statusPage(bench.store);
    expect(await readFeed(anybody(csup))).toMatchObject({ entries: [], updatedAt: null });
  });

  test('changes only with its content: a correction and a translation date the entry anew, nothing else does', async () => {
    const { csup, sre, manager, api } = await statusPage(bench.store);
    const { id, updateId } = await open(csup, { slots: { effect: { en: 'Calls fail' }, scope: 'some' } });
    const first = [[updateId, night, night]];
    const now = minutesLater(csup, 20);
    await classifyIncident(sre, id, { priority: 'P1', reason: 'Many customers' });
    await changeCategory(manager, api, { name: { en: 'Interface', de: 'Schnittstelle' } });
    expect(await entries(now)).toEqual(first);
    await correctUpdate(minutesLater(csup, 21), updateId, {
      texts: { de: { title: 'Aufrufe scheitern', body: 'Einige.' } },
    });
    expect(await entries(minutesLater(csup, 22))).toEqual([[updateId, night, minutesLater(csup, 21).now]]);
    await correctUpdate(minutesLater(csup, 23), updateId, {
      texts: { en: { title: 'Some calls fail' } },
      isOtherRight: true,
    });
    expect(await entries(minutesLater(csup, 24))).toEqual([[updateId, night, minutesLater(csup, 23).now]]);
    const late = await say(minutesLater(csup, 25), id, 'identified', {
      displayAt: minutesLater(csup, 2).now.toISOString(),
    });
    expect((await entries(minutesLater(csup, 26)))?.[0]).toEqual([
      late.updateId,
      minutesLater(csup, 25).now,
      minutesLater(csup, 25).now,
    ]);
  });

  test('a held update enters when it is published, dated then', async () => {
    const { csup } = await statusPage(bench.store);
    const { updateId } = await open(csup, { holdSeconds: 30 });
    expect(await entries(minutesLater(csup, 0.4))).toEqual([]);
    const then = minutesLater(csup, 0.5).now;
    expect(await entries(minutesLater(csup, 0.5))).toEqual([[updateId, then, then]]);
  });

  test('has the fifty newest', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    for (let n = 1; n <= 51; n += 1) await say(minutesLater(csup, n), id, 'investigating');
    const found = await entries(minutesLater(csup, 60));
    expect(found).toHaveLength(50);
    expect(found?.[0]?.[0]).toBe((await latest(minutesLater(csup, 60), id)).id);
  });

  test('imported incidents make no entries, promise nothing and are never "posted later"; they are on the pages', async () => {
    const { csup, gateway } = await statusPage(bench.store);
    const { id, updateId } = await open(csup, { components: { [gateway]: 'partial_outage' } });
    await bench.store.transaction(async ({ db, tables }) => {
      const displayAt = new Date('2026-11-19T20:00:00.000Z');
      await db.update(tables.incidents).set({ importedFrom: 'https://status.example', startedAt: displayAt });
      await db.update(tables.incidentUpdates).set({ displayAt, nextUpdateBy: null, source: {} });
    });
    const now = anybody(minutesLater(csup, 1));
    expect((await readFeed(now))?.entries).toEqual([]);
    expect((await readFeed(now, 'api'))?.entries).toEqual([]);
    expect((await readIncidentPage(now, id))?.incident).toMatchObject({
      isImported: true,
      nextUpdateBy: null,
      updates: [{ id: updateId, isPostedLater: false }],
    });
    expect((await readHome(now)).active).toMatchObject([{ id, isImported: true }]);
  });
});
