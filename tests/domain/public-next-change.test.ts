import { expect, test } from 'vitest';
import type { Context } from '../../src/domain/core/context.ts';
import { nextChange } from '../../src/domain/public/next-change.ts';
import { readCategoryNames } from '../../src/domain/public/read-category-names.ts';
import { readCategoryPage } from '../../src/domain/public/read-category-page.ts';
import { readFeed } from '../../src/domain/public/read-feed.ts';
import { readHistoryMonth } from '../../src/domain/public/read-history.ts';
import { readHome } from '../../src/domain/public/read-home.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { readNewest } from '../../src/domain/public/read-newest.ts';
import { readStatus } from '../../src/domain/public/read-status.ts';
import { describeEachEngine } from '../support/engines.ts';
import { open, plan, say, statusPage } from '../support/incidents.ts';
import { minutesLater } from '../support/world.ts';
import { asAnybody } from './accounts-support.ts';

const midnight = new Date('2026-11-20T23:00:00.000Z');

describeEachEngine('when time alone changes a public page', (bench) => {
  const anybody = (context: Context): Context => ({ ...asAnybody(bench.store), now: context.now });
  const next = async (context: Context, zone = 'Europe/Berlin') =>
    (await nextChange(anybody(context), zone)).toISOString();
  const iso = (context: Context, minutes: number) => minutesLater(context, minutes).now.toISOString();

  test('on a quiet page only midnight in its zone does', async () => {
    const { csup } = await statusPage(bench.store);
    const table: [string, string, string][] = [
      ['2026-11-20T02:12:00.000Z', 'Europe/Berlin', '2026-11-20T23:00:00.000Z'],
      ['2026-11-20T22:59:59.999Z', 'Europe/Berlin', '2026-11-20T23:00:00.000Z'],
      ['2026-11-20T23:00:00.000Z', 'Europe/Berlin', '2026-11-21T23:00:00.000Z'],
      ['2026-11-20T02:12:00.000Z', 'UTC', '2026-11-21T00:00:00.000Z'],
      ['2026-11-20T02:12:00.000Z', 'America/New_York', '2026-11-20T05:00:00.000Z'],
      ['2026-11-20T02:12:00.000Z', 'Asia/Kolkata', '2026-11-20T18:30:00.000Z'],
      // Days of 25 and 23 hours.
      ['2026-10-24T22:30:00.000Z', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
      ['2026-03-28T23:30:00.000Z', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
      // A day that begins at one o'clock, because the clock skips midnight.
      ['2026-04-23T12:00:00.000Z', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
      ['2026-12-31T22:30:00.000Z', 'Europe/Berlin', '2026-12-31T23:00:00.000Z'],
    ];
    const found = [];
    for (const [now, zone] of table)
      found.push([now, zone, await next({ ...csup, now: new Date(now) }, zone)]);
    expect(found).toEqual(table);
  });

  test('a held update does, of a new incident and of a public one, until it is public', async () => {
    const { csup } = await statusPage(bench.store);
    await open(csup, { holdSeconds: 30 });
    expect(await next(csup)).toBe(iso(csup, 0.5));
    expect(await next(minutesLater(csup, 0.49))).toBe(iso(csup, 0.5));
    expect(await next(minutesLater(csup, 0.5))).toBe(iso(csup, 30.5));
  });

  test('a promise that passes does, while the incident is open', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    expect(await next(minutesLater(csup, 29))).toBe(iso(csup, 30));
    expect(await next(minutesLater(csup, 30))).toBe(midnight.toISOString());
    const other = await open(minutesLater(csup, 1));
    expect(await next(minutesLater(csup, 2))).toBe(iso(csup, 30));
    await say(minutesLater(csup, 3), id, 'resolved');
    expect(await next(minutesLater(csup, 4))).toBe(iso(csup, 31));
    await say(minutesLater(csup, 5), other.id, 'resolved', { holdSeconds: 60 });
    expect(await next(minutesLater(csup, 5))).toBe(iso(csup, 6));
    expect(await next(minutesLater(csup, 6))).toBe(midnight.toISOString());
  });

  test('both edges of a maintenance do, unless it is over', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await plan(csup, 60, 120);
    expect(await next(csup)).toBe(iso(csup, 60));
    expect(await next(minutesLater(csup, 60))).toBe(iso(csup, 120));
    expect(await next(minutesLater(csup, 120))).toBe(midnight.toISOString());
    await say(minutesLater(csup, 61), id, 'in_progress', { scheduledUntil: iso(csup, 90) });
    expect(await next(minutesLater(csup, 62))).toBe(iso(csup, 90));
    await say(minutesLater(csup, 63), id, 'completed');
    expect(await next(minutesLater(csup, 64))).toBe(midnight.toISOString());
  });

  test('a release does, also of what is over already', async () => {
    const { security } = await statusPage(bench.store);
    const { id } = await open(security, { category: 'keys' });
    const release = (releasedAt: Date) =>
      bench.store.transaction(({ db, tables }) => db.update(tables.incidents).set({ releasedAt }));
    await release(minutesLater(security, 10).now);
    expect(await next(minutesLater(security, 5))).toBe(iso(security, 10));
    await say(minutesLater(security, 6), id, 'resolved');
    expect(await next(minutesLater(security, 7))).toBe(iso(security, 10));
    expect(await next(minutesLater(security, 10))).toBe(midnight.toISOString());
  });

  test('is what every public read returns', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const context = anybody(minutesLater(csup, 1));
    const reads = [
      await readHome(context),
      await readStatus(context),
      await readNewest(context),
      await readCategoryNames(context),
      await readHistoryMonth(context),
      await readCategoryPage(context, 'api'),
      await readIncidentPage(context, id),
      await readFeed(context),
      await readFeed(context, 'api'),
    ];
    expect(reads.map((read) => read?.validUntil.toISOString())).toEqual(reads.map(() => iso(csup, 30)));
  });
});
