import { expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import type { Store } from '../../db/store.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { readDesk } from '../../src/domain/desk/read-desk.ts';
import { listIncidents } from '../../src/domain/incidents/list-incidents.ts';
import { readCategoryNames } from '../../src/domain/public/read-category-names.ts';
import { readCategoryPage } from '../../src/domain/public/read-category-page.ts';
import { readFeed } from '../../src/domain/public/read-feed.ts';
import { readHistoryMonth } from '../../src/domain/public/read-history.ts';
import { readHome } from '../../src/domain/public/read-home.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { readNewest } from '../../src/domain/public/read-newest.ts';
import { readStatus } from '../../src/domain/public/read-status.ts';
import { describeEachEngine } from '../support/engines.ts';
import { open, statusPage } from '../support/incidents.ts';
import { minutesLater } from '../support/world.ts';
import { asAnybody } from './accounts-support.ts';

/** Statements per read; they may only fall. */
const budget = {
  readHome: 11,
  readStatus: 12,
  readCategoryPage: 14,
  readIncidentPage: 9,
  readHistoryMonth: 9,
  readFeed: 10,
  'readFeed of a category': 11,
  readNewest: 8,
  readCategoryNames: 5,
  readDesk: 6,
  listIncidents: 4,
};

/** Many incidents at once, with two updates each, half of them over; the verbs are tested elsewhere. */
async function fill(
  store: Store,
  count: number,
  from: { categoryId: string; componentId: string; now: Date },
): Promise<void> {
  await store.transaction(async ({ db, tables, touch }) => {
    touch('all');
    for (let n = 0; n < count; n += 1) {
      const id = newId();
      const startedAt = new Date(from.now.getTime() - n * 60_000);
      const isOver = n % 2 === 0;
      await db.insert(tables.incidents).values({
        id,
        kind: 'incident',
        categoryId: from.categoryId,
        impact: 'minor',
        priority: 'P3',
        isReviewed: false,
        isRestricted: false,
        startedAt,
        phase: isOver ? 'resolved' : 'identified',
        resolvedAt: isOver ? startedAt : null,
        openUntil: isOver ? startedAt : null,
        createdAt: startedAt,
        updatedAt: startedAt,
        publishedAt: startedAt,
      });
      for (const phase of ['investigating', isOver ? 'resolved' : 'identified'] as const) {
        const updateId = newId();
        const times = { displayAt: startedAt, publishedAt: startedAt, createdAt: startedAt };
        await db
          .insert(tables.incidentUpdates)
          .values({ id: updateId, incidentId: id, phase, isFreeText: true, ...times });
        const text = {
          title: 'x',
          body: 'y',
          bodyHtml: '<p>y</p>',
          effect: '',
          workaround: '',
          notAffected: '',
          note: '',
        };
        await db.insert(tables.incidentUpdateTexts).values({
          updateId,
          language: 'en',
          revision: 1,
          format: 'markdown',
          ...text,
          createdAt: startedAt,
        });
        await db
          .insert(tables.incidentUpdateComponents)
          .values({ updateId, componentId: from.componentId, status: 'partial_outage' });
      }
    }
  });
}

describeEachEngine('queries of a public page', (bench) => {
  /** How many statements each read takes. */
  async function counts(context: Context, id: string): Promise<Record<string, number>> {
    const world = { ...asAnybody(bench.store), now: context.now };
    const reads: Record<keyof typeof budget, () => Promise<unknown>> = {
      readHome: () => readHome(world),
      readStatus: () => readStatus(world),
      readCategoryPage: () => readCategoryPage(world, 'api'),
      readIncidentPage: () => readIncidentPage(world, id),
      readHistoryMonth: () => readHistoryMonth(world),
      readFeed: () => readFeed(world),
      'readFeed of a category': () => readFeed(world, 'api'),
      readNewest: () => readNewest(world),
      readCategoryNames: () => readCategoryNames(world),
      readDesk: () => readDesk(context),
      listIncidents: () => listIncidents(context, { limit: 100 }),
    };
    // What ended is kept from here on; a render of a page in use finds it.
    await readHome(world);
    const found: Record<string, number> = {};
    for (const [name, read] of Object.entries(reads)) {
      let count = 0;
      const stop = bench.store.onQuery(() => {
        count += 1;
      });
      await read();
      stop();
      found[name] = count;
    }
    return found;
  }

  test('are as many for 200 incidents as for 10, and no more than the budget', async () => {
    const page = await statusPage(bench.store);
    const now = minutesLater(page.csup, 60);
    const { id } = await open(page.csup, { components: { [page.gateway]: 'partial_outage' } });
    const from = { categoryId: page.api, componentId: page.gateway, now: now.now };
    await fill(bench.store, 9, from);
    const few = await counts(now, id);
    await fill(bench.store, 190, from);
    expect(await counts(now, id)).toEqual(few);
    expect(few).toEqual(budget);
  });
});
