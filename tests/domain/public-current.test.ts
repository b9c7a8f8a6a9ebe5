/** "Newest N by start" with starts in the future hid what is happening. */
import { expect, test } from 'vitest';
import { readDesk } from '../../src/domain/desk/read-desk.ts';
import { readHistoryMonth } from '../../src/domain/public/read-history.ts';
import { readMaintenancePage } from '../../src/domain/public/read-maintenance-page.ts';
import { readNewest } from '../../src/domain/public/read-newest.ts';
import { describeEachEngine } from '../support/engines.ts';
import { asImporter, importTexts, statuspageFixture } from '../support/imports.ts';
import { statusPage } from '../support/incidents.ts';
import { asAnybody } from './accounts-support.ts';

const now = new Date('2026-11-27T22:00:00.000Z');

/** The open incident and the announced window of a page, one running and `count` more windows, one every twelve hours. */
function withWindows(count: number): string {
  const file = JSON.parse(statuspageFixture('imported-still-open.json'));
  const [model] = file.scheduled_maintenances;
  const window = (number: number, status: string, from: number) => {
    const suffix = String(number).padStart(4, '0');
    const [update] = model.incident_updates;
    return {
      ...model,
      id: `w1nd0w00${suffix}`,
      status,
      scheduled_for: new Date(from).toISOString(),
      scheduled_until: new Date(from + 4 * 3_600_000).toISOString(),
      incident_updates: [{ ...update, id: `pd4t3w00${suffix}`, status, incident_id: `w1nd0w00${suffix}` }],
    };
  };
  const ahead = Array.from({ length: count }, (_, at) =>
    window(at + 1, 'scheduled', now.getTime() + (at + 1) * 12 * 3_600_000),
  );
  const running = window(0, 'in_progress', now.getTime() - 3_600_000);
  return JSON.stringify({ ...file, scheduled_maintenances: [running, ...ahead] });
}

describeEachEngine('eighty windows ahead', (bench) => {
  const world = () => asAnybody(bench.store, now);

  test('/maintenance says which one is running, and all that are announced, the next one first', async () => {
    await importTexts(asImporter(bench.store, now), withWindows(80));
    const page = await readMaintenancePage(world());
    expect(page.running.map(({ id }) => id)).toEqual(['w1nd0w000000']);
    expect(page.announced).toHaveLength(80);
    expect(page.announced[0]?.id).toBe('w1nd0w000001');
  });

  test('anonymous /api/v1/incidents leaves out neither the running one nor an open incident', async () => {
    await importTexts(asImporter(bench.store, now), withWindows(80));
    const { incidents } = await readNewest(world());
    const ids = incidents.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['w1nd0w000000', 'kxdkl1d93016']));
    expect(ids).toHaveLength(82);
  });

  test('the desk cuts the windows that are furthest, never what is happening, and says how many', async () => {
    const { csup } = await statusPage(bench.store, now);
    await importTexts(asImporter(bench.store, now), withWindows(205));
    const desk = await readDesk(csup);
    const ids = desk.open.map(({ id }) => id);
    // 205 windows, the running one and the open incident, of which 200 stand there.
    expect([ids.length, desk.more]).toEqual([200, 7]);
    expect(ids.slice(0, 2).sort()).toEqual(['kxdkl1d93016', 'w1nd0w000000']);
    expect(ids[2]).toBe('w1nd0w000001');
  });

  test('what lasts months is in each month of the history, and in none that is to come', async () => {
    await importTexts(asImporter(bench.store, now), withWindows(0));
    const later = asAnybody(bench.store, new Date('2027-01-15T12:00:00.000Z'));
    const months = ['2026-10', '2026-11', '2026-12', '2027-01', '2027-02'];
    const found = [];
    for (const month of months) found.push((await readHistoryMonth(later, month)).incidents.length);
    expect(found).toEqual([0, 2, 2, 2, 0]);
  });
});
