import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addCategory } from '../../src/domain/catalogue/categories/add-category.ts';
import { archiveCategory } from '../../src/domain/catalogue/categories/archive-category.ts';
import { orderCategories } from '../../src/domain/catalogue/categories/order-categories.ts';
import { archiveComponent } from '../../src/domain/catalogue/components/archive-component.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { changeSettings } from '../../src/domain/core/settings/change-settings.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { readCategoryNames } from '../../src/domain/public/read-category-names.ts';
import { readCategoryPage } from '../../src/domain/public/read-category-page.ts';
import { readFeed } from '../../src/domain/public/read-feed.ts';
import { readHome } from '../../src/domain/public/read-home.ts';
import { readSitemap } from '../../src/domain/public/read-sitemap.ts';
import { readStatus } from '../../src/domain/public/read-status.ts';
import { describeEachEngine } from '../support/engines.ts';
import { inWords } from '../support/in-words.ts';
import { open, plan, say, statusPage } from '../support/incidents.ts';
import { asOperator, minutesLater } from '../support/world.ts';
import { asAnybody, refusedBy } from './accounts-support.ts';

const days = (context: Context, count: number) => minutesLater(context, count * 24 * 60);
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);

describeEachEngine('the home page', (bench) => {
  const anybody = (context: Context): Context => ({ ...asAnybody(bench.store), now: context.now });

  test('what a day has no room for is counted on every day on which it was open, not called nothing', async () => {
    const { csup } = await statusPage(bench.store);
    // Eleven that ended today; the one that began first began yesterday, and today has room for five.
    const quick = Array.from({ length: 10 }, (_, at): [number, number] => [1_250 + at, 10]);
    for (const [start, lasted] of [[0, 1_300] as [number, number], ...quick]) {
      const { id } = await open(minutesLater(csup, start));
      await say(minutesLater(csup, start + lasted), id, 'resolved');
    }
    const home = await readHome(anybody(minutesLater(csup, 1_310)));
    expect(home.recent.slice(0, 3).map(({ incidents, more }) => [incidents.length, more])).toEqual([
      [5, 6],
      [0, 1],
      [0, 0],
    ]);
  });

  test('U-21: of a quiet page says that everything works, in all its parts', async () => {
    const { csup, api, website, gateway } = await statusPage(bench.store);
    const home = await readHome(anybody(minutesLater(csup, 60)));
    expect(home).toMatchObject({
      asOf: minutesLater(csup, 60).now,
      status: 'operational',
      active: [],
      planned: [],
    });
    expect(home.categories).toMatchObject([
      {
        id: api,
        slug: 'api',
        parentId: null,
        name: { en: 'API', de: 'API (de)' },
        subject: { en: 'The API', de: 'Die API' },
        isPlural: { en: false, de: false },
        status: 'operational',
        // An hour old: there is no figure before a day was observed.
        availability: null,
        observedSince: csup.now,
        unseenDays: 89,
        marks: [],
        incidentCount: 0,
        components: [
          {
            id: gateway,
            name: { en: 'Gateway' },
            status: 'operational',
            availability: null,
            observedSince: csup.now,
            weight: 5,
            isCritical: false,
          },
          {},
        ],
      },
      { id: website, slug: 'website', components: [{ name: { en: 'Portal' } }] },
    ]);
    expect(home.recent.map(({ day }) => day)).toEqual(
      [20, 19, 18, 17, 16, 15, 14].map((day) => `2026-11-${day}`),
    );
    expect(home.recent.every(({ incidents }) => incidents.length === 0)).toBe(true);
  });

  test('U-04, U-19: shows what is open worst and then oldest first, what is planned next first, and what ended on its day', async () => {
    const { csup, portal, gateway } = await statusPage(bench.store);
    const old = await open(csup);
    const young = await open(minutesLater(csup, 10), {
      category: 'website',
      components: { [portal]: 'partial_outage' },
    });
    const far = await plan(csup, 60 * 24 * 9, 60 * 24 * 9 + 60);
    const near = await plan(csup, 60 * 24, 60 * 25);
    const running = await plan(csup, 20, 90, { components: { [gateway]: 'under_maintenance' } });
    await say(minutesLater(csup, 20), running.id, 'in_progress');
    const home = await readHome(anybody(minutesLater(csup, 30)));
    // Both partly down, and worse than what is under maintenance.
    expect(ids(home.active)).toEqual([old.id, young.id, running.id]);
    expect(ids(home.planned)).toEqual([near.id, far.id]);
    await say(minutesLater(csup, 40), old.id, 'resolved');
    await say(minutesLater(csup, 41), near.id, 'cancelled');
    const later = await readHome(anybody(minutesLater(csup, 50)));
    expect(ids(later.active)).toEqual([young.id, running.id]);
    expect(ids(later.planned)).toEqual([far.id]);
    expect(later.recent[0]).toMatchObject({ day: '2026-11-20' });
    expect(ids(later.recent[0]?.incidents ?? []).sort()).toEqual([old.id, near.id].sort());
  });

  test('holds nothing that only the team may know', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await open(csup);
    await classifyIncident(sre, id, { priority: 'P0', reason: 'Nobody gets in' });
    const text = JSON.stringify(await readHome(anybody(minutesLater(csup, 1))));
    expect(text).not.toMatch(/priority|isReviewed|createdBy|isFreeText|Nobody gets in|User /);
    expect(text).not.toContain(csup.actor.userId);
  });

  test('groups the last seven days by the day of the end in the page’s zone', async () => {
    const { csup, admin } = await statusPage(bench.store);
    const { id } = await open(csup);
    // 23:30 in Berlin, 22:30 UTC, and 00:30 of the next day in Berlin.
    const end = { ...csup, now: new Date('2026-11-20T22:30:00.000Z') };
    await say(end, id, 'resolved');
    const second = await open(end);
    await say(minutesLater(end, 60), second.id, 'resolved');
    const on = async (context: Context, zone: string) => {
      await changeSettings(admin, { time_zone: zone });
      const { recent } = await readHome(anybody(context));
      return Object.fromEntries(
        recent
          .filter(({ incidents }) => incidents.length > 0)
          .map(({ day, incidents }) => [day, ids(incidents)]),
      );
    };
    const now = minutesLater(end, 120);
    expect(await on(now, 'Europe/Berlin')).toEqual({ '2026-11-20': [id], '2026-11-21': [second.id] });
    expect(await on(now, 'UTC')).toEqual({ '2026-11-20': [second.id, id] });
    expect(await on(now, 'Asia/Tokyo')).toEqual({ '2026-11-21': [second.id, id] });
    expect(await on(days(now, 6), 'Europe/Berlin')).toEqual({ '2026-11-21': [second.id] });
    expect(await on(days(now, 7), 'Europe/Berlin')).toEqual({});
  });

  test('an incident that has been open for a year is still there', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    expect(ids((await readHome(anybody(days(csup, 400)))).active)).toEqual([id]);
    await say(days(csup, 400), id, 'resolved');
    expect(ids((await readHome(anybody(days(csup, 401)))).recent[1]?.incidents ?? [])).toEqual([id]);
  });

  test('U-03: what the whole page is follows the weight of what is out', async () => {
    const { csup, gateway, webhooks, portal } = await statusPage(bench.store);
    const statuses = async (at: number, components: object) => {
      const now = minutesLater(csup, at);
      const { id } = await open(now, { components });
      const home = await readHome(anybody(now));
      await say(minutesLater(now, 1), id, 'resolved');
      return [home.status, ...home.categories.map((category) => category.status)];
    };
    expect(await statuses(0, { [portal]: 'major_outage' })).toEqual([
      'major_outage',
      'operational',
      'major_outage',
    ]);
    expect(await statuses(10, { [portal]: 'degraded_performance' })).toEqual([
      'degraded_performance',
      'operational',
      'degraded_performance',
    ]);
    expect(await statuses(20, { [gateway]: 'partial_outage', [webhooks]: 'operational' })).toEqual([
      'partial_outage',
      'partial_outage',
      'operational',
    ]);
  });

  test('the worst of several incidents counts for a component', async () => {
    const { csup, gateway } = await statusPage(bench.store);
    const bad = await open(csup, { components: { [gateway]: 'major_outage' } });
    const slow = await open(minutesLater(csup, 1), { components: { [gateway]: 'degraded_performance' } });
    const work = await plan(csup, 1, 60, { components: { [gateway]: 'under_maintenance' } });
    await say(minutesLater(csup, 2), work.id, 'in_progress');
    const status = async (at: number) =>
      (await readHome(anybody(minutesLater(csup, at)))).categories[0]?.components[0]?.status;
    expect(await status(3)).toBe('major_outage');
    await say(minutesLater(csup, 4), bad.id, 'resolved');
    expect(await status(5)).toBe('degraded_performance');
    await say(minutesLater(csup, 6), slow.id, 'resolved');
    expect(await status(7)).toBe('under_maintenance');
  });

  test('U-06, U-07: a service has its figure, its marks and its count of incidents', async () => {
    const { csup, gateway, webhooks } = await statusPage(bench.store);
    const now = days(csup, 30);
    const { id } = await open(now, { components: { [gateway]: 'major_outage' } });
    await say(minutesLater(now, 432), id, 'resolved');
    const [api, website] = (await readHome(anybody(days(csup, 60)))).categories;
    // 432 minutes of 60 days are half a percent.
    expect(api?.components[0]).toMatchObject({ id: gateway, availability: 99.5, incidentCount: 1 });
    expect(api?.components[0]?.marks).toEqual([{ day: 59, status: 'major_outage', minutes: 432 }]);
    expect(api?.components[1]).toMatchObject({
      id: webhooks,
      availability: 100,
      incidentCount: 0,
      marks: [],
    });
    expect(api).toMatchObject({
      availability: 99.75,
      incidentCount: 1,
      marks: [{ day: 59, status: 'major_outage', minutes: 432 }],
    });
    expect(website).toMatchObject({ availability: 100, incidentCount: 0, marks: [] });
  });

  test('unseen time is called perfect: a component is observed since the earlier of its creation and the first public incident that names it', async () => {
    const { csup, sre, gateway, portal } = await statusPage(bench.store);
    const known = async (minutes: number) =>
      (await readHome(anybody(minutesLater(csup, minutes)))).categories.flatMap(({ components }) =>
        components
          .filter(({ id }) => id === gateway || id === portal)
          .map(({ observedSince, availability, unseenDays }) => [observedSince, availability, unseenDays]),
      );
    expect(await known(1)).toEqual([
      [csup.now, null, 89],
      [csup.now, null, 89],
    ]);
    const { validUntil } = await readHome(anybody(days(minutesLater(csup, -1), 1)));
    expect(validUntil).toEqual(days(csup, 1).now);
    const { incidents } = bench.store.tables;
    const { id } = await open(minutesLater(sre, 1), { components: { [gateway]: 'partial_outage' } });
    const earlier = days(csup, -30).now;
    await bench.store.transaction(({ db }) =>
      db.update(incidents).set({ startedAt: earlier }).where(eq(incidents.id, id)),
    );
    const [first, second] = await known(2);
    expect(first).toEqual([earlier, expect.closeTo(70, 0), 59]);
    expect(second).toEqual([csup.now, null, 89]);
    expect((await known(24 * 60))[1]).toEqual([csup.now, 100, 88]);
    expect((await known(90 * 24 * 60))[1]).toEqual([csup.now, 100, 0]);
    // What is hidden says nothing about when somebody began to look.
    await bench.store.transaction(({ db }) =>
      db.update(incidents).set({ isRestricted: true }).where(eq(incidents.id, id)),
    );
    expect((await known(2))[0]).toEqual([csup.now, null, 89]);
  });

  test('archiving a component or a category with an open incident never lets the headline say that all works', async () => {
    const { csup, manager, portal, website } = await statusPage(bench.store);
    const { id } = await open(csup, { category: 'website', components: { [portal]: 'partial_outage' } });
    const refused = { ...refusedBy('conflict', 'open_incident'), details: { incident: id } };
    await expect(archiveComponent(manager, portal)).rejects.toMatchObject(refused);
    await bench.store.transaction(async ({ db, tables: { components } }) => {
      await db.update(components).set({ archivedAt: csup.now }).where(eq(components.id, portal));
    });
    await expect(archiveCategory(manager, website)).rejects.toMatchObject(refused);
  });

  test('of incidents that began at the same instant any stood first: by id in the sitemap, and the lowest keeps what it names', async () => {
    const { csup, manager, portal } = await statusPage(bench.store);
    const about = { category: 'website', components: { [portal]: 'partial_outage' } };
    const made: string[] = [];
    for (const _each of Array(6)) made.push((await open(csup, about)).id);
    const { incidentIds } = await readSitemap(anybody(minutesLater(csup, 1)));
    expect(incidentIds).toEqual(made.toSorted().toReversed());
    await expect(archiveComponent(manager, portal)).rejects.toMatchObject({
      ...refusedBy('conflict', 'open_incident'),
      details: { incident: made.toSorted()[0] },
    });
  });

  test('announced maintenance keeps what it names, what is hidden keeps nothing', async () => {
    const { csup, sre, manager, portal, gateway } = await statusPage(bench.store);
    await open(csup, {
      category: 'website',
      kind: 'maintenance',
      occasion: 'scheduled',
      slots: { effect: { en: 'New routers', de: 'Neue Router' } },
      components: { [portal]: 'under_maintenance' },
      scheduledFor: minutesLater(csup, 60).now.toISOString(),
      scheduledUntil: minutesLater(csup, 90).now.toISOString(),
    });
    await expect(archiveComponent(manager, portal)).rejects.toMatchObject(
      refusedBy('conflict', 'open_incident'),
    );
    const { id } = await open(sre, { components: { [gateway]: 'partial_outage' } });
    await bench.store.transaction(async ({ db, tables: { incidents } }) => {
      await db.update(incidents).set({ isRestricted: true }).where(eq(incidents.id, id));
    });
    expect(await archiveComponent(manager, gateway)).toMatchObject({ id: gateway });
  });

  test('archived services are gone from the page; their incidents, their own page and their feed are not', async () => {
    const { csup, manager, portal, website } = await statusPage(bench.store);
    const { id } = await open(csup, { category: 'website', components: { [portal]: 'partial_outage' } });
    await say(minutesLater(csup, 1), id, 'resolved');
    const later = minutesLater(manager, 2);
    await archiveComponent(later, portal);
    await archiveCategory(later, website);
    const home = await readHome(anybody(minutesLater(csup, 3)));
    expect(home.categories.map(({ slug }) => slug)).toEqual(['api']);
    expect(ids(home.recent.flatMap(({ incidents }) => incidents))).toEqual([id]);
    const page = await readCategoryPage(anybody(minutesLater(csup, 3)), 'website');
    expect(page?.category).toMatchObject({ slug: 'website', isArchived: true, status: 'operational' });
    expect(ids(page?.past ?? [])).toEqual([id]);
    const feed = await readFeed(anybody(minutesLater(csup, 3)), 'website');
    expect([feed?.category?.isArchived, feed?.entries.length]).toEqual([true, 2]);
  });

  test('the short state says the same in a few words', async () => {
    const { csup, portal } = await statusPage(bench.store);
    expect(await readStatus(anybody(csup))).toMatchObject({
      status: 'operational',
      active: [],
      changedAt: null,
    });
    const { id } = await open(minutesLater(csup, 1), {
      category: 'website',
      components: { [portal]: 'major_outage' },
    });
    expect(await readStatus(anybody(minutesLater(csup, 2)))).toMatchObject({
      status: 'major_outage',
      active: [{ id }],
      changedAt: minutesLater(csup, 1).now,
    });
  });
});

describeEachEngine('a category’s page', (bench) => {
  const anybody = (context: Context): Context => ({ ...asAnybody(bench.store), now: context.now });

  test('has what is open, planned and past of its own, with parent and children', async () => {
    const { csup, api, gateway } = await statusPage(bench.store);
    const child = await addCategory(asOperator(bench.store), {
      name: { en: 'Old API', de: 'Alte API' },
      slug: 'old-api',
      parent: api,
    });
    const past = await open(csup, { components: { [gateway]: 'partial_outage' } });
    await say(minutesLater(csup, 5), past.id, 'resolved');
    const present = await open(minutesLater(csup, 10));
    const planned = await plan(csup, 100, 160);
    const elsewhere = await open(minutesLater(csup, 10), { category: 'website' });
    const below = await open(minutesLater(csup, 10), { category: 'old-api' });
    const page = await readCategoryPage(anybody(minutesLater(csup, 20)), 'api');
    expect(page).toMatchObject({
      category: { id: api, status: 'partial_outage' },
      parent: null,
      children: [{ id: child.id, slug: 'old-api' }],
    });
    expect(ids(page?.open ?? [])).toEqual([present.id]);
    expect(ids(page?.planned ?? [])).toEqual([planned.id]);
    expect(ids(page?.past ?? [])).toEqual([past.id]);
    const inner = await readCategoryPage(anybody(minutesLater(csup, 20)), 'old-api');
    expect(inner).toMatchObject({ parent: { id: api }, children: [], open: [{ id: below.id }], past: [] });
    expect(JSON.stringify(page)).not.toContain(elsewhere.id);
    expect(await readCategoryPage(anybody(csup), 'nothing')).toBeNull();
    expect(await readCategoryPage(anybody(csup), api)).toBeNull();
  });

  test('what was filed elsewhere and counts here is listed here when it is over, too', async () => {
    const { csup, gateway } = await statusPage(bench.store);
    const { id } = await open(csup, { category: 'website', components: { [gateway]: 'major_outage' } });
    await say(minutesLater(csup, 30), id, 'resolved');
    const page = await readCategoryPage(anybody(minutesLater(csup, 40)), 'api');
    expect(page?.category).toMatchObject({ incidentCount: 1, marks: [{ minutes: 30 }] });
    expect(ids(page?.past ?? [])).toEqual([id]);
  });

  test('lists the past however many are open', async () => {
    const { csup } = await statusPage(bench.store);
    const past = await open(csup);
    await say(minutesLater(csup, 1), past.id, 'resolved');
    for (let n = 0; n < 26; n += 1) await open(minutesLater(csup, 2 + n));
    const page = await readCategoryPage(anybody(minutesLater(csup, 60)), 'api');
    expect(page?.open).toHaveLength(26);
    expect(ids(page?.past ?? [])).toEqual([past.id]);
    const held = { occasion: 'reopened', slots: { effect: 'requests_fail' }, holdSeconds: 60 };
    await postUpdate(minutesLater(csup, 60), past.id, held);
    expect(ids((await readCategoryPage(anybody(minutesLater(csup, 60)), 'api'))?.past ?? [])).toEqual([
      past.id,
    ]);
    expect(ids((await readCategoryPage(anybody(minutesLater(csup, 61)), 'api'))?.past ?? [])).toEqual([]);
  });

  test('the categories by name are in the order of the page', async () => {
    const { manager, api, website } = await statusPage(bench.store);
    await orderCategories(manager, { ids: [website, api] });
    const { categories } = await readCategoryNames(anybody(manager));
    expect(categories).toEqual([
      { id: website, slug: 'website', name: inWords({ en: 'Website', de: 'Website (de)' }) },
      { id: api, slug: 'api', name: inWords({ en: 'API', de: 'API (de)' }) },
    ]);
    expect((await readHome(anybody(manager))).categories.map(({ slug }) => slug)).toEqual(['website', 'api']);
  });
});
