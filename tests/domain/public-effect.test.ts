/** The quickest update says one thing, to everybody and in every figure. */
import { expect, test } from 'vitest';
import { addCategory } from '../../src/domain/catalogue/categories/add-category.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { readDesk } from '../../src/domain/desk/read-desk.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { headline, headlineText } from '../../src/domain/public/headline.ts';
import { readCategoryPage } from '../../src/domain/public/read-category-page.ts';
import { readHome } from '../../src/domain/public/read-home.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { describeEachEngine } from '../support/engines.ts';
import { explanation, firstWords, latest, open, plan, say, statusPage } from '../support/incidents.ts';
import { asOperator, minutesLater } from '../support/world.ts';
import { asAnybody } from './accounts-support.ts';

describeEachEngine('what the quickest update says', (bench) => {
  const anybody = (context: Context): Context => ({ ...asAnybody(bench.store), now: context.now });
  const homeAt = async (context: Context) => {
    const home = await readHome(anybody(context));
    return {
      headline: headlineText(headline(home.troubled, 'en')),
      band: home.status,
      categories: Object.fromEntries(
        home.categories.map((category) => [
          category.slug,
          [category.status, ...category.components.map(({ status }) => status)],
        ]),
      ),
      figures: home.categories.map(({ availability, incidentCount, marks }) => [
        Math.floor(availability ?? -1),
        incidentCount,
        marks.length,
      ]),
    };
  };
  /** In minutes; before it is over there is no figure. */
  const day = 24 * 60;
  const allFail = { slots: { effect: 'all_fail', scope: 'some' } };

  test('an effect preselects all active components of its category: no "The API is down" over four "Working"', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup, allFail);
    const now = minutesLater(csup, day);
    expect(await homeAt(now)).toEqual({
      headline: 'The API is down. Everything else is working.',
      band: 'major_outage',
      categories: {
        api: ['major_outage', 'major_outage', 'major_outage'],
        website: ['operational', 'operational'],
      },
      figures: [
        [0, 1, 2],
        [100, 0, 0],
      ],
    });
    expect((await latest(now, id)).components.map(({ status }) => status)).toEqual([
      'major_outage',
      'major_outage',
    ]);
    expect((await readDesk(now)).tiles[0]).toMatchObject({ slug: 'api', status: 'major_outage' });
  });

  test('an explicit empty set means none, and headline, band and figures say so too', async () => {
    const { csup, api } = await statusPage(bench.store);
    const { id } = await open(csup, { ...allFail, components: {} });
    const now = minutesLater(csup, day);
    expect(await homeAt(now)).toEqual({
      headline: 'Everything is working.',
      band: 'operational',
      categories: {
        api: ['operational', 'operational', 'operational'],
        website: ['operational', 'operational'],
      },
      // It is one of the category's incidents all the same.
      figures: [
        [100, 1, 0],
        [100, 0, 0],
      ],
    });
    const page = await readIncidentPage(anybody(now), id);
    expect(page?.incident).toMatchObject({ impact: 'none', status: 'operational', stated: [] });
    expect((await readCategoryPage(anybody(now), 'api'))?.open.map((incident) => incident.id)).toEqual([id]);
    const [tile] = (await readDesk(now)).tiles;
    expect(tile).toMatchObject({ id: api, status: 'operational', open: { id } });
  });

  test('a category without components speaks for itself, in its figures too', async () => {
    const { csup } = await statusPage(bench.store);
    await addCategory(asOperator(bench.store), {
      name: { en: 'General', de: 'Allgemein' },
      subject: { en: 'Our service', de: 'Unser Dienst' },
    });
    const { id } = await open(csup, { category: 'general', ...allFail, components: {} });
    const now = minutesLater(csup, day);
    const home = await homeAt(now);
    expect(home.headline).toBe('Our service is down. Everything else is working.');
    expect(home.band).toBe('major_outage');
    expect(home.categories.general).toEqual(['major_outage']);
    expect(home.figures[2]).toEqual([0, 1, 2]);
    await say(now, id, 'resolved');
    expect((await homeAt(minutesLater(csup, 2 * day))).figures[2]).toEqual([50, 1, 2]);
  });

  test.each([
    ['requests_fail', undefined, 'partial_outage', 'major'],
    ['all_fail', undefined, 'major_outage', 'critical'],
    ['own words', undefined, 'degraded_performance', 'minor'],
    ['own words', 'critical', 'major_outage', 'critical'],
    ['requests_fail', 'minor', 'partial_outage', 'minor'],
  ])('of the effect %s and the impact %s is %s', async (effect, impact, status, expected) => {
    const { csup } = await statusPage(bench.store);
    const own = effect === 'own words' ? { en: 'Logs are late', de: 'Protokolle verspäten sich' } : effect;
    const { id } = await open(csup, { slots: { ...firstWords.slots, effect: own }, impact });
    const incident = (await readHome(anybody(csup))).active[0];
    expect(incident).toMatchObject({ id, status, impact: expected });
    expect((await latest(csup, id)).components.map((each) => each.status)).toEqual([status, status]);
  });

  test('one component may differ, the others follow the effect', async () => {
    const { csup, gateway, webhooks, portal } = await statusPage(bench.store);
    const components = { [gateway]: 'as_effect', [portal]: 'degraded_performance' };
    const { id } = await open(csup, { ...allFail, components });
    const named = Object.fromEntries((await latest(csup, id)).components.map((c) => [c.id, c.status]));
    expect(named).toEqual({ [gateway]: 'major_outage', [portal]: 'degraded_performance' });
    expect(named).not.toHaveProperty(webhooks);
  });

  test('an update keeps the set; what is over is reopened as it was', async () => {
    const { csup, gateway, webhooks } = await statusPage(bench.store);
    const set = { [gateway]: 'major_outage', [webhooks]: 'degraded_performance' };
    const { id } = await open(csup, { components: set });
    const named = async (at: number) =>
      Object.fromEntries(
        (await latest(minutesLater(csup, at), id)).components.map((component) => [
          component.id,
          component.status,
        ]),
      );
    await postUpdate(minutesLater(csup, 5), id, {
      occasion: 'identified',
      slots: { effect: 'requests_fail', cause: 'faulty_change', action: 'rolling_back' },
    });
    expect(await named(6)).toEqual(set);
    await postUpdate(minutesLater(csup, 10), id, { occasion: 'resolved', slots: { explanation } });
    expect(await named(11)).toEqual({ [gateway]: 'operational', [webhooks]: 'operational' });
    expect((await homeAt(minutesLater(csup, 11))).headline).toBe('Everything is working.');
    await postUpdate(minutesLater(csup, 15), id, {
      occasion: 'reopened',
      slots: { effect: 'requests_fail' },
    });
    expect(await named(16)).toEqual(set);
    expect((await homeAt(minutesLater(csup, 16))).categories.api).toEqual([
      'major_outage',
      'major_outage',
      'degraded_performance',
    ]);
  });

  test('a maintenance that names nothing is of its whole category, in the days as in the present', async () => {
    const { csup, gateway } = await statusPage(bench.store);
    const { id } = await plan(csup, 10, 60);
    expect((await homeAt(minutesLater(csup, 5))).band).toBe('operational');
    await say(minutesLater(csup, 10), id, 'in_progress');
    expect(await homeAt(minutesLater(csup, 20))).toMatchObject({
      headline: 'The API is under maintenance. Everything else is working.',
      band: 'under_maintenance',
      categories: { api: ['under_maintenance', 'under_maintenance', 'under_maintenance'] },
      // Observed for less than a day: no figure yet.
      figures: [
        [-1, 0, 1],
        [-1, 0, 0],
      ],
    });
    await say(minutesLater(csup, 21), id, 'in_progress', { components: { [gateway]: 'major_outage' } });
    expect((await homeAt(minutesLater(csup, 22))).categories.api).toEqual([
      'under_maintenance',
      'under_maintenance',
      'operational',
    ]);
  });

  test('headline and cards follow one order: worst first, then oldest', async () => {
    const { csup, portal, webhooks } = await statusPage(bench.store);
    const general = await addCategory(asOperator(bench.store), {
      name: { en: 'General', de: 'Allgemein' },
      subject: { en: 'Our service', de: 'Unser Dienst' },
    });
    const partly = { slots: { effect: 'requests_fail', scope: 'some' } };
    const at = (minutes: number) => minutesLater(csup, minutes);
    const old = await open(csup, { ...partly, components: { [webhooks]: 'partial_outage' } });
    const young = await open(at(1), { category: 'general', ...partly });
    const worst = await open(at(2), { category: 'website', ...allFail });
    // Filed under the API, it is news of the website too.
    const elsewhere = await open(at(3), { components: { [portal]: 'degraded_performance' } });
    const home = await readHome(anybody(at(4)));
    expect(home.active.map(({ id }) => id)).toEqual([worst.id, elsewhere.id, old.id, young.id]);
    expect(home.troubled.map(({ slug }) => slug)).toEqual(['website', 'api', 'general']);
    expect(home.categories.find(({ id }) => id === general.id)?.status).toBe('partial_outage');
    const website = await readCategoryPage(anybody(at(4)), 'website');
    expect(website?.open.map(({ id }) => id)).toEqual([worst.id, elsewhere.id]);
    expect(website?.componentNames.get(webhooks)?.en).toBe('Webhooks');
  });
});
