/** No list of ids grows with the data: what many updates bring is joined in the database, or sent as one parameter. */
import { expect, test } from 'vitest';
import { oneOf } from '../../db/one-of.ts';
import { readCategoryPage } from '../../src/domain/public/read-category-page.ts';
import { readHistoryMonth } from '../../src/domain/public/read-history.ts';
import { readStatus } from '../../src/domain/public/read-status.ts';
import { describeEachEngine } from '../support/engines.ts';
import { statusPage } from '../support/incidents.ts';
import { plantIncidents } from '../support/many-incidents.ts';
import { asAnybody } from './accounts-support.ts';

describeEachEngine('many updates', (bench) => {
  test('38,700 updates in 90 days: home, categories and status are read, and not "too many SQL variables"', async () => {
    const { csup } = await statusPage(bench.store);
    const [id] = await plantIncidents(bench.store, { count: 7_740, updates: 5, days: 88, now: csup.now });
    const world = { ...asAnybody(bench.store), now: csup.now };
    const { status, categories } = await readStatus(world);
    expect(status).toBe('operational');
    expect(categories.reduce((sum, line) => sum + line.incidentCount, 0)).toBe(
      // Those of the restricted category stand nowhere public.
      5_160,
    );
    expect((await readCategoryPage(world, 'api'))?.past).toHaveLength(25);
    expect((await readHistoryMonth(world)).incidents.map((incident) => incident.id)).toContain(id);
  }, 120_000);

  test('a list longer than the engine takes parameters is one parameter; an empty one holds nothing', async () => {
    await statusPage(bench.store);
    const { categories } = bench.store.tables;
    const [known] = await bench.store.read.select().from(categories);
    const ids = Array.from({ length: 70_000 }, (_, at) => `id ${at}`);
    const asked = async (values: string[]) =>
      bench.store.read.select({ id: categories.id }).from(categories).where(oneOf(categories.id, values));
    expect(await asked([...ids, known?.id ?? ''])).toEqual([{ id: known?.id }]);
    expect(await asked([])).toEqual([]);
    expect(await asked(['"', "'", '{', ','])).toEqual([]);
  });
});
