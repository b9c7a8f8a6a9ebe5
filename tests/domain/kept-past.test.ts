/** What ended is kept from read to read, and is what a process would read that has just begun. */
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { archiveComponent } from '../../src/domain/catalogue/components/archive-component.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { referIncident } from '../../src/domain/incidents/restricted/refer-incident.ts';
import { releaseIncident } from '../../src/domain/incidents/restricted/release-incident.ts';
import { undoUpdate } from '../../src/domain/incidents/updates/undo-update.ts';
import { readNinetyDays } from '../../src/domain/public/ninety-days.ts';
import { readHome } from '../../src/domain/public/read-home.ts';
import { recordMilestones } from '../../src/domain/reports/milestones/record-milestones.ts';
import { describeEachEngine } from '../support/engines.ts';
import { asImporter, importTexts, statuspageFixture } from '../support/imports.ts';
import { inPlaceOfCsup, open, plan, type StatusPage, say, statusPage } from '../support/incidents.ts';
import { minutesLater } from '../support/world.ts';
import { asAnybody } from './accounts-support.ts';

const zone = 'Europe/Berlin';

/** What is kept, and what somebody reads who keeps nothing yet. */
async function bothReads(page: StatusPage, minutes: number): Promise<[unknown, unknown]> {
  const { store } = page.csup;
  const world = { ...asAnybody(store), now: minutesLater(page.csup, minutes).now };
  const fresh: Context = { ...world, store: { ...store } };
  return [(await readHome(world)).categories, (await readHome(fresh)).categories];
}

/** An outage of ten minutes that ended, and how it was read then. */
async function ended(page: StatusPage): Promise<string> {
  const { id } = await open(page.csup, { components: { [page.gateway]: 'major_outage' } });
  await say(minutesLater(page.csup, 10), id, 'resolved');
  const [kept] = await bothReads(page, 20);
  expect(JSON.stringify(kept)).toContain('"minutes":10');
  return id;
}

const acts: Record<string, (page: StatusPage, id: string) => Promise<unknown>> = {
  'it is reopened': (page, id) => say(minutesLater(page.csup, 21), id, 'investigating'),
  'it is reopened, which is held': (page, id) =>
    say(minutesLater(page.csup, 21), id, 'investigating', { holdSeconds: 60 }),
  'a held reopening is undone': async (page, id) => {
    const now = minutesLater(page.csup, 21);
    const { updateId } = await say(now, id, 'investigating', { holdSeconds: 60 });
    await bothReads(page, 21);
    await undoUpdate(now, updateId);
  },
  'it is reopened and ends again': async (page, id) => {
    await say(minutesLater(page.csup, 21), id, 'investigating');
    await bothReads(page, 22);
    await say(minutesLater(page.csup, 23), id, 'resolved');
  },
  'something of before the end is told later': (page, id) =>
    say(minutesLater(page.csup, 21), id, 'identified', {
      displayAt: minutesLater(page.csup, 5).now.toISOString(),
      components: { [page.webhooks]: 'partial_outage' },
    }),
  'its start and its end are put right': (page, id) =>
    recordMilestones(minutesLater(page.sre, 21), id, {
      started: minutesLater(page.csup, -15).now.toISOString(),
      recovered: minutesLater(page.csup, 5).now.toISOString(),
      pageEnd: 'correct',
    }),
  'another one begins and ends': async (page) => {
    const { id } = await open(minutesLater(page.csup, 21), {
      components: { [page.portal]: 'partial_outage' },
    });
    await say(minutesLater(page.csup, 22), id, 'resolved');
  },
  'a maintenance runs and is over': async (page) => {
    const now = minutesLater(page.csup, 21);
    const { id } = await plan(now, 1, 2, { components: { [page.gateway]: 'under_maintenance' } });
    await say(minutesLater(page.csup, 22), id, 'in_progress');
    await say(minutesLater(page.csup, 24), id, 'completed');
  },
  'a restricted one that is over is released': async (page) => {
    const { id } = await open(minutesLater(page.security, 21), {
      category: 'keys',
      components: { [page.vault]: 'major_outage' },
    });
    await say(minutesLater(page.security, 23), id, 'resolved');
    await bothReads(page, 24);
    const later = minutesLater(page.security, 24);
    await referIncident(later, id, { toWhom: 'Security duty' });
    const { version } = await readIncident(later, id);
    await releaseIncident(later, id, { version, ...inPlaceOfCsup });
  },
  'a history is imported': (page) =>
    importTexts(
      asImporter(page.csup.store, minutesLater(page.csup, 21).now),
      statuspageFixture('imported-still-open.json'),
    ),
  'the only component of a category is archived, which speaks for itself from then on': async (page) => {
    const { id } = await open(minutesLater(page.csup, 21), { category: 'website' });
    await say(minutesLater(page.csup, 22), id, 'resolved');
    // As an imported one that names none.
    await page.csup.store.transaction(async ({ db, tables, touch }) => {
      await db
        .delete(tables.incidentUpdateComponents)
        .where(eq(tables.incidentUpdateComponents.componentId, page.portal));
      touch(`incident:${id}`);
    });
    await bothReads(page, 23);
    await archiveComponent(minutesLater(page.manager, 23), page.portal);
  },
};

describeEachEngine('what ended is kept from read to read', (bench) => {
  test.each(Object.keys(acts))('and read again when %s', async (name) => {
    const page = await statusPage(bench.store);
    const id = await ended(page);
    await acts[name]?.(page, id);
    // Now, when a hold is over, on the next day, and when all of it lies before the window.
    for (const minutes of [25, 26, 24 * 60, 120 * 24 * 60]) {
      const [kept, fresh] = await bothReads(page, minutes);
      expect(kept, `${minutes} minutes later`).toEqual(fresh);
    }
    // A clock that is put back.
    const [kept, fresh] = await bothReads(page, 24);
    expect(kept).toEqual(fresh);
  });

  test('asks nothing of what ended again while nothing changes', async () => {
    const page = await statusPage(bench.store);
    await ended(page);
    const world = { ...asAnybody(bench.store), now: minutesLater(page.csup, 30).now };
    await readNinetyDays(world, zone, []);
    const asked: string[] = [];
    const stop = bench.store.onQuery((sql) => asked.push(sql));
    await readNinetyDays(world, zone, []);
    stop();
    expect(asked).toEqual([]);
  });
});
