import { isNull } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { archiveCategory } from '../../src/domain/catalogue/categories/archive-category.ts';
import { archiveComponent } from '../../src/domain/catalogue/components/archive-component.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { readDesk } from '../../src/domain/desk/read-desk.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { referIncident } from '../../src/domain/incidents/restricted/refer-incident.ts';
import { releaseIncident } from '../../src/domain/incidents/restricted/release-incident.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { headline, headlineText } from '../../src/domain/public/headline.ts';
import { readCategoryPage } from '../../src/domain/public/read-category-page.ts';
import { readHome } from '../../src/domain/public/read-home.ts';
import { readStatus } from '../../src/domain/public/read-status.ts';
import { describeEachEngine } from '../support/engines.ts';
import { asImporter, importTexts, statuspageFixture } from '../support/imports.ts';
import { inPlaceOfCsup, lastWords, open, statusPage } from '../support/incidents.ts';
import { minutesLater } from '../support/world.ts';
import { asAnybody } from './accounts-support.ts';

describeEachEngine('what is open in an archived category is missing from the headline', (bench) => {
  const anybody = (now: Date): Context => ({ ...asAnybody(bench.store), now });

  test('made by releasing what was hidden while its category was archived', async () => {
    const { manager, security, csup, api, gateway, webhooks } = await statusPage(bench.store);
    const { id } = await open(security, { isRestricted: true, components: { [gateway]: 'major_outage' } });
    for (const component of [gateway, webhooks]) await archiveComponent(manager, component);
    await archiveCategory(manager, api);
    await referIncident(security, id, { toWhom: 'Security on call' });
    const now = minutesLater(security, 1);
    expect((await readHome(anybody(now.now))).categories.map(({ slug }) => slug)).toEqual(['website']);
    const { version } = await readIncident(now, id);
    await releaseIncident(now, id, { version, ...inPlaceOfCsup });

    const home = await readHome(anybody(now.now));
    expect(home.active).toMatchObject([{ id }]);
    expect(headlineText(headline(home.troubled, 'en'))).toContain('The API is down');
    expect(home.status).toBe('major_outage');
    const failing = { slug: 'api', status: 'major_outage', isArchived: true };
    expect(home.troubled).toMatchObject([{ ...failing, components: [{ id: gateway }] }]);
    expect((await readStatus(anybody(now.now))).troubled).toMatchObject([failing]);
    const page = await readCategoryPage(anybody(now.now), 'api');
    expect([page?.category, page?.open]).toMatchObject([failing, [{ id }]]);
    expect((await readDesk({ ...csup, now: now.now })).open).toMatchObject([{ id, status: 'major_outage' }]);

    const later = minutesLater(now, 5);
    await postUpdate(later, id, { ...lastWords, ...inPlaceOfCsup });
    const over = await readHome(anybody(later.now));
    expect([over.status, over.categories.map(({ slug }) => slug)]).toEqual(['operational', ['website']]);
  });

  test('made by an import into an archived category', async () => {
    const { manager } = await statusPage(bench.store);
    const whole = JSON.parse(statuspageFixture('imported-still-open.json'));
    const calm = { ...whole, incidents: [], scheduled_maintenances: [] };
    const moved = new Date('2026-11-27T22:00:00.000Z');
    const importer = asImporter(bench.store, moved);
    const before = (await readHome(anybody(moved))).categories.map(({ id }) => id);
    await importTexts(importer, JSON.stringify(calm));
    const { components, categories } = bench.store.tables;
    const then = { ...manager, now: moved };
    const parts = await bench.store.read.select().from(components).where(isNull(components.archivedAt));
    const all = await bench.store.read.select().from(categories);
    const imported = all.filter(({ id, isRestricted }) => !before.includes(id) && !isRestricted);
    const ids = imported.map(({ id }) => id);
    for (const part of parts.filter(({ categoryId }) => ids.includes(categoryId)))
      await archiveComponent(then, part.id);
    for (const id of ids) await archiveCategory(then, id);
    expect((await readHome(anybody(moved))).categories.map(({ id }) => id)).toEqual(before);
    await importTexts(importer, JSON.stringify(whole));
    const home = await readHome(anybody(moved));
    expect(home.active.length).toBeGreaterThan(0);
    expect(home.status).not.toBe('operational');
    expect(headlineText(headline(home.troubled, 'en'))).not.toMatch(/^Everything/);
    for (const { slug, status } of home.troubled)
      expect((await readCategoryPage(anybody(moved), slug))?.category.status).toBe(status);
  });
});

describeEachEngine('what was said while a category had components', (bench) => {
  const anybody = (now: Date): Context => ({ ...asAnybody(bench.store), now });

  test('stays as it was when the last of them is archived: open, and over', async () => {
    const { manager, csup, portal } = await statusPage(bench.store);
    const past = await open(csup, { category: 'website', components: {}, impact: 'major' });
    await postUpdate(minutesLater(csup, 60), past.id, lastWords);
    await open(minutesLater(csup, 61), { category: 'website', components: {}, impact: 'major' });
    const website = async (minutes: number) => {
      const home = await readHome(anybody(minutesLater(csup, minutes).now));
      const line = home.categories.find(({ slug }) => slug === 'website');
      return [headlineText(headline(home.troubled, 'en')), line?.status, line?.marks];
    };
    const before = await website(90);
    expect(before).toEqual(['Everything is working.', 'operational', []]);
    await archiveComponent(minutesLater(manager, 91), portal);
    expect(await website(92)).toEqual(before);
    // From then on it has none to name, and speaks for itself.
    await open(minutesLater(csup, 93), { category: 'website', impact: 'critical' });
    expect((await website(94)).slice(0, 2)).toEqual([
      'The Website is down. Everything else is working.',
      'major_outage',
    ]);
  });
});
