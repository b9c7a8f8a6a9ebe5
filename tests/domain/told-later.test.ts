import { expect, test } from 'vitest';
import type { Context } from '../../src/domain/core/context.ts';
import { readDesk } from '../../src/domain/desk/read-desk.ts';
import { recordIncident } from '../../src/domain/incidents/not-public/record-incident.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { postUpdate, reopenIncident } from '../../src/domain/incidents/updates/post-update.ts';
import { undoUpdate } from '../../src/domain/incidents/updates/undo-update.ts';
import { readCategoryPage } from '../../src/domain/public/read-category-page.ts';
import { readFeed } from '../../src/domain/public/read-feed.ts';
import { readHistoryMonth } from '../../src/domain/public/read-history.ts';
import { readHome } from '../../src/domain/public/read-home.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { publicPaths } from '../../src/paths.ts';
import { feedEntries } from '../../src/render/feed-entries.ts';
import { describeEachEngine } from '../support/engines.ts';
import { explanation, firstWords, open, say, statusPage } from '../support/incidents.ts';
import { minutesLater } from '../support/world.ts';
import { asAnybody, refusal, refusedFor } from './accounts-support.ts';

/** 14:00 to 15:00 of the day before, in Berlin. */
const startedAt = '2026-11-19T13:00:00.000Z';
const endedAt = '2026-11-19T14:00:00.000Z';
const over = {
  category: 'api',
  occasion: 'resolved',
  slots: { effect: 'requests_fail', explanation },
  startedAt,
  endedAt,
};

describeEachEngine('An outage that is over can be told truly', (bench) => {
  const anybody = (context: Context): Context => ({ ...asAnybody(bench.store), now: context.now });

  test('one hour of yesterday published today is one hour, in days, figures and history', async () => {
    const page = await statusPage(bench.store);
    const { id, updateId } = await openIncident(page.csup, {
      ...over,
      components: { [page.gateway]: 'major_outage' },
    });
    const shown = (await readIncidentPage(anybody(page.csup), id))?.incident;
    expect(shown).toMatchObject({
      phase: 'resolved',
      startedAt: new Date(startedAt),
      resolvedAt: new Date(endedAt),
      nextUpdateBy: null,
      impact: 'major',
      components: [{ id: page.gateway, status: 'operational', was: 'major_outage' }],
      updates: [{ id: updateId, publishedAt: page.csup.now, isToldLater: true, isPostedLater: true }],
    });
    const category = await readCategoryPage(anybody(page.csup), 'api');
    const gateway = category?.category.components.find((component) => component.id === page.gateway);
    expect(gateway?.marks).toEqual([{ day: 88, status: 'major_outage', minutes: 60 }]);
    const home = await readHome(anybody(page.csup));
    expect(home).toMatchObject({ status: 'operational', active: [] });
    expect(home.recent.map(({ incidents }) => incidents.length)).toEqual([0, 1, 0, 0, 0, 0, 0]);
    expect((await readHistoryMonth(anybody(page.csup))).incidents.map((one) => one.id)).toEqual([id]);
  });

  test('is one feed entry, dated when it was told and titled so', async () => {
    const page = await statusPage(bench.store);
    const { updateId } = await openIncident(page.csup, over);
    const feed = await readFeed(anybody(minutesLater(page.csup, 60)));
    if (!feed) throw new Error('There is no feed.');
    const form = { format: 'rss', publicUrl: 'https://status.example.com', paths: publicPaths } as const;
    const [entry, ...more] = feedEntries(feed, { ...form, language: 'en' }).entries;
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      id: `urn:x-klartext:update:${updateId}`,
      title: 'Posted later · Resolved: API requests fail',
      publishedAt: page.csup.now,
    });
    expect(entry?.html).toContain('It lasted: 19 Nov 2026, 14:00–15:00 CET (13:00–14:00 UTC).');
    const [german] = feedEntries(feed, { ...form, language: 'de' }).entries;
    expect(german?.title).toBe('Nachgetragen · Behoben: API-Anfragen schlagen fehl');
  });

  test('without components its category bears it, and the present stays as it is', async () => {
    const page = await statusPage(bench.store);
    const before = await readHome(anybody(page.csup));
    const said = { ...over, components: undefined, slots: { effect: 'all_fail', explanation } };
    await openIncident(page.csup, said);
    const after = await readHome(anybody(page.csup));
    expect(after.status).toBe(before.status);
    expect(after.categories.map(({ status }) => status)).toEqual(
      before.categories.map(({ status }) => status),
    );
    const line = (await readCategoryPage(anybody(page.csup), 'api'))?.category;
    expect(line?.marks).toEqual([{ day: 88, status: 'major_outage', minutes: 60 }]);
  });

  test('makes no promise and nothing stands open on the desk', async () => {
    const page = await statusPage(bench.store);
    const { id } = await openIncident(page.csup, over);
    expect((await readDesk(page.csup)).open).toEqual([]);
    const { promises } = bench.store.tables;
    expect(await bench.store.read.select().from(promises)).toEqual([]);
    expect((await readIncident(page.csup, id)).updates).toHaveLength(1);
  });

  test.each([
    [{ startedAt: undefined }, 'startedAt: start_required'],
    [{ endedAt: undefined }, 'endedAt: end_required'],
    [{ startedAt: undefined, endedAt: undefined }, 'startedAt: start_required, endedAt: end_required'],
    [{ endedAt: '2026-11-20T02:12:00.001Z' }, 'endedAt: in_future'],
    [{ endedAt: '2026-11-20T02:12:05.000Z', holdSeconds: 10 }, 'endedAt: in_future'],
    [{ startedAt: '2026-11-20T02:12:00.001Z' }, 'startedAt: in_future'],
    [{ startedAt: endedAt }, 'endedAt: end_not_after_start'],
    [{ startedAt: endedAt, endedAt: startedAt }, 'endedAt: end_not_after_start'],
    [{ slots: { effect: 'requests_fail' } }, 'slots.explanation: slot_missing'],
    [{ slots: { explanation } }, 'texts.en.title: title_missing, texts.de.title: title_missing'],
    [{ endedAt: 'yesterday' }, 'endedAt: wrong_time'],
    [{ occasion: 'investigating', slots: firstWords.slots }, 'endedAt: not_over'],
  ])('refuses %o in a clear sentence', async (more, refused) => {
    const page = await statusPage(bench.store);
    expect(await refusal(openIncident(page.csup, { ...over, ...more }))).toEqual(
      refusedFor(...refused.split(', ')),
    );
    expect((await readHome(anybody(page.csup))).recent.flatMap(({ incidents }) => incidents)).toEqual([]);
  });

  test('up to this very moment is allowed, held too, and undone it leaves nothing', async () => {
    const page = await statusPage(bench.store);
    const now = page.csup.now.toISOString();
    const { id, updateId } = await openIncident(page.csup, { ...over, endedAt: now, holdSeconds: 10 });
    expect((await readIncident(page.csup, id)).resolvedAt).toEqual(page.csup.now);
    await undoUpdate(page.csup, updateId);
    const again = minutesLater(page.csup, 1);
    expect(await readIncident(again, id)).toMatchObject({ phase: null, resolvedAt: null });
    // Its times can be put right with the next try.
    const { category: _category, ...message } = over;
    const moved = '2026-11-19T13:20:00.000Z';
    await postUpdate(again, id, { ...message, startedAt: moved });
    expect((await readIncidentPage(anybody(again), id))?.incident).toMatchObject({
      startedAt: new Date(moved),
      resolvedAt: new Date(endedAt),
    });
  });

  test('of what was only known inside, with its start from there', async () => {
    const page = await statusPage(bench.store);
    const { id } = await recordIncident(page.csup, { category: 'api', internalTitle: 'Gateway', startedAt });
    const words = { occasion: 'resolved', slots: over.slots };
    expect(await refusal(postUpdate(page.csup, id, words))).toEqual(refusedFor('endedAt: end_required'));
    await postUpdate(page.csup, id, { ...words, endedAt });
    expect((await readIncidentPage(anybody(page.csup), id))?.incident).toMatchObject({
      startedAt: new Date(startedAt),
      resolvedAt: new Date(endedAt),
      updates: [{ isToldLater: true }],
    });
  });

  test('taken up again, its components are as they were; told of from before, too', async () => {
    const page = await statusPage(bench.store);
    const { id } = await openIncident(page.csup, {
      ...over,
      components: { [page.gateway]: 'partial_outage' },
    });
    const early = '2026-11-19T13:30:00.000Z';
    await say(minutesLater(page.csup, 1), id, 'identified', { displayAt: early });
    const state = [{ id: page.gateway, status: 'partial_outage' }];
    const { updates } = await readIncident(page.csup, id);
    expect(updates.find(({ phase }) => phase === 'identified')?.components).toEqual(state);
    const line = (await readCategoryPage(anybody(minutesLater(page.csup, 2)), 'api'))?.category;
    expect(line?.components[0]?.marks).toEqual([{ day: 88, status: 'partial_outage', minutes: 60 }]);
  });

  test('reopened, it is out again', async () => {
    const page = await statusPage(bench.store);
    const { id } = await openIncident(page.csup, {
      ...over,
      components: { [page.gateway]: 'partial_outage' },
    });
    const again = minutesLater(page.csup, 1);
    await reopenIncident(again, id, { slots: { effect: 'requests_fail' } });
    expect((await readIncidentPage(anybody(again), id))?.incident.components).toEqual([
      { id: page.gateway, status: 'partial_outage' },
    ]);
  });
});

describeEachEngine('A backdated update never changes the present', (bench) => {
  const anybody = (context: Context): Context => ({ ...asAnybody(bench.store), now: context.now });

  test('nor does it begin before the incident does', async () => {
    const page = await statusPage(bench.store);
    const { id } = await open(page.csup);
    const displayAt = minutesLater(page.csup, -30).now;
    await say(minutesLater(page.csup, 1), id, 'investigating', { displayAt: displayAt.toISOString() });
    const shown = (await readIncidentPage(anybody(minutesLater(page.csup, 2)), id))?.incident;
    expect(shown).toMatchObject({ startedAt: displayAt, phase: 'investigating' });
    const feed = await readFeed(anybody(minutesLater(page.csup, 2)));
    if (!feed) throw new Error('There is no feed.');
    const form = {
      format: 'rss',
      publicUrl: 'https://status.example.com',
      paths: publicPaths,
      language: 'en',
    } as const;
    expect(feedEntries(feed, form).entries.map(({ title }) => title)).toEqual([
      'Posted later · Investigating: API requests fail',
      'Investigating: API requests fail',
    ]);
  });

  test('nor does what it says of an earlier time make it worse now', async () => {
    const page = await statusPage(bench.store);
    const { id } = await open(page.csup, { components: {} });
    const at = minutesLater(page.csup, 10);
    await say(at, id, 'monitoring');
    const displayAt = minutesLater(page.csup, 5).now.toISOString();
    const before = await readHome(anybody(minutesLater(at, 1)));
    const worse = say(minutesLater(at, 1), id, 'identified', { displayAt, impact: 'critical' });
    expect(await refusal(worse)).toEqual(refusedFor('impact: impact_backdated'));
    await say(minutesLater(at, 1), id, 'identified', {
      displayAt,
      components: { [page.gateway]: 'major_outage', [page.webhooks]: 'major_outage' },
    });
    const after = await readHome(anybody(minutesLater(at, 1)));
    const present = ({ status, categories, active }: typeof before) => [
      status,
      categories.map((category) => category.status),
      active.map(({ phase, impact, components }) => [phase, impact, components]),
    ];
    expect(present(after)).toEqual(present(before));
  });
});
