import { expect, test } from 'vitest';
import type { Context } from '../../src/domain/core/context.ts';
import { changeSettings } from '../../src/domain/core/settings/change-settings.ts';
import { recordIncident } from '../../src/domain/incidents/not-public/record-incident.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import { readHistoryMonth } from '../../src/domain/public/read-history.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { readNewest } from '../../src/domain/public/read-newest.ts';
import { describeEachEngine } from '../support/engines.ts';
import { inWords } from '../support/in-words.ts';
import { open, plan, say, statusPage } from '../support/incidents.ts';
import { minutesLater, night } from '../support/world.ts';
import { asAnybody } from './accounts-support.ts';

const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
const at = (context: Context, iso: string): Context => ({ ...context, now: new Date(iso) });

describeEachEngine('R-001: an incident’s page', (bench) => {
  const anybody = (context: Context): Context => ({ ...asAnybody(bench.store), now: context.now });

  test('U-08, U-10: has all updates newest first with numbers, times, names of components, and stays for ever', async () => {
    const { csup, gateway, webhooks } = await statusPage(bench.store);
    const { id, updateId } = await open(csup, { components: { [gateway]: 'partial_outage' } });
    const second = await say(minutesLater(csup, 5), id, 'identified', {
      components: { [webhooks]: 'degraded_performance' },
    });
    const third = await say(minutesLater(csup, 9), id, 'resolved');
    const page = await readIncidentPage(anybody(minutesLater(csup, 60 * 24 * 4_000)), id);
    expect(page?.incident).toMatchObject({
      id,
      number: 1,
      phase: 'resolved',
      startedAt: night,
      resolvedAt: minutesLater(csup, 9).now,
      updatedAt: minutesLater(csup, 9).now,
      isImported: false,
      nextUpdateBy: null,
      scheduledFor: null,
    });
    expect(page?.incident.updates.map((update) => [update.id, update.ordinal, update.phase])).toEqual([
      [third.updateId, 3, 'resolved'],
      [second.updateId, 2, 'identified'],
      [updateId, 1, 'investigating'],
    ]);
    expect(page?.componentNames).toEqual(
      new Map([
        [gateway, inWords({ en: 'Gateway', de: 'Gateway (de)' })],
        [webhooks, inWords({ en: 'Webhooks', de: 'Webhooks (de)' })],
      ]),
    );
  });

  test('what is taken up again lasts into a month that did not list it, and that month is told', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    await say(minutesLater(csup, 5), id, 'resolved');
    const later = minutesLater(csup, 60 * 24 * 40);
    const month = later.now.toISOString().slice(0, 7);
    expect(ids((await readHistoryMonth(anybody(later), month)).incidents)).toEqual([]);
    const touched: string[] = [];
    const stop = bench.store.onChange((tags) => void touched.push(...(tags ?? ['all'])));
    await say(later, id, 'investigating', { occasion: 'reopened' });
    stop();
    expect(ids((await readHistoryMonth(anybody(later), month)).incidents)).toEqual([id]);
    expect(touched).toContain('history');
  });

  test('what the team recorded first and told later appears in its month, and that month is told', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await recordIncident(csup, { category: 'api', internalTitle: 'Timeouts' });
    const told = minutesLater(csup, 5);
    const month = told.now.toISOString().slice(0, 7);
    expect(ids((await readHistoryMonth(anybody(told), month)).incidents)).toEqual([]);
    const touched: string[] = [];
    const stop = bench.store.onChange((tags) => void touched.push(...(tags ?? ['all'])));
    await say(told, id, 'investigating', {
      texts: { en: { title: 'Timeouts', body: 'Some calls time out.' } },
    });
    stop();
    expect(ids((await readHistoryMonth(anybody(told), month)).incidents)).toEqual([id]);
    expect(touched).toContain('history');
  });

  test('is null for what is not there or not public', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup, { holdSeconds: 10 });
    for (const wrong of [id, 'zzzzzzzzzzzz', '', "' or 1=1 --"])
      expect(await readIncidentPage(anybody(csup), wrong)).toBeNull();
  });

  test('says when it last changed: a publication, a correction, a translation; a classification is none', async () => {
    const { csup } = await statusPage(bench.store);
    const { id, updateId } = await open(csup, { slots: { effect: { en: 'Calls fail' }, scope: 'some' } });
    const changed = async (minute: number) =>
      (await readIncidentPage(anybody(minutesLater(csup, minute)), id))?.incident.updatedAt;
    expect(await changed(1)).toEqual(night);
    await correctUpdate(minutesLater(csup, 3), updateId, {
      texts: { de: { title: 'Aufrufe scheitern', body: 'Einige.' } },
    });
    expect(await changed(4)).toEqual(minutesLater(csup, 3).now);
    await correctUpdate(minutesLater(csup, 5), updateId, {
      texts: { en: { title: 'Some calls fail' } },
      isOtherRight: true,
    });
    expect(await changed(6)).toEqual(minutesLater(csup, 5).now);
    await say(minutesLater(csup, 7), id, 'identified', {
      displayAt: minutesLater(csup, 2).now.toISOString(),
    });
    expect(await changed(8)).toEqual(minutesLater(csup, 7).now);
  });
});

describeEachEngine('U-09: the history', (bench) => {
  const anybody = (context: Context): Context => ({ ...asAnybody(bench.store), now: context.now });

  test('a month has what began or went on in it, newest first, and says where the history begins and ends', async () => {
    const { csup } = await statusPage(bench.store, new Date('2026-08-01T00:00:00.000Z'));
    const august = await open(at(csup, '2026-08-10T10:00:00.000Z'));
    const first = await open(at(csup, '2026-11-02T10:00:00.000Z'));
    const second = await open(at(csup, '2026-11-20T10:00:00.000Z'));
    const now = at(csup, '2026-11-21T10:00:00.000Z');
    const november = await readHistoryMonth(anybody(now));
    expect(november).toMatchObject({
      month: '2026-11',
      firstMonth: '2026-08',
      lastMonth: '2026-11',
      asOf: now.now,
    });
    expect(ids(november.incidents)).toEqual([second.id, first.id, august.id]);
    expect(ids((await readHistoryMonth(anybody(now), '2026-08')).incidents)).toEqual([august.id]);
    expect(await readHistoryMonth(anybody(now), '2026-09')).toMatchObject({
      month: '2026-09',
      incidents: [{ id: august.id }],
    });
    await plan(now, 60 * 24 * 40, 60 * 24 * 40 + 60);
    expect(await readHistoryMonth(anybody(now))).toMatchObject({
      firstMonth: '2026-08',
      lastMonth: '2026-12',
    });
  });

  test('of an empty page is the present month', async () => {
    const { csup } = await statusPage(bench.store);
    expect(await readHistoryMonth(anybody(csup))).toMatchObject({
      month: '2026-11',
      firstMonth: '2026-11',
      lastMonth: '2026-11',
      incidents: [],
    });
  });

  const edges: [string, string, [string, string][]][] = [
    [
      'Europe/Berlin',
      '2026-12-02T00:00:00.000Z',
      [
        // October ends in winter time, an hour after the clocks went back in its last week.
        ['2026-10-31T22:59:59.999Z', '2026-10'],
        ['2026-10-31T23:00:00.000Z', '2026-11'],
        ['2026-11-30T22:59:59.999Z', '2026-11'],
        ['2026-11-30T23:00:00.000Z', '2026-12'],
        // September ends in summer time.
        ['2026-09-30T21:59:59.999Z', '2026-09'],
        ['2026-09-30T22:00:00.000Z', '2026-10'],
      ],
    ],
    [
      'America/New_York',
      '2027-01-02T00:00:00.000Z',
      [
        ['2026-11-01T03:59:59.999Z', '2026-10'],
        ['2026-11-01T04:00:00.000Z', '2026-11'],
        ['2026-12-01T04:59:59.999Z', '2026-11'],
        ['2026-12-01T05:00:00.000Z', '2026-12'],
        ['2027-01-01T04:59:59.999Z', '2026-12'],
        ['2027-01-01T05:00:00.000Z', '2027-01'],
      ],
    ],
    [
      'UTC',
      '2027-01-02T00:00:00.000Z',
      [
        ['2026-12-31T23:59:59.999Z', '2026-12'],
        ['2027-01-01T00:00:00.000Z', '2027-01'],
      ],
    ],
    [
      'Asia/Kolkata',
      '2026-12-02T00:00:00.000Z',
      [
        ['2026-11-30T18:29:59.999Z', '2026-11'],
        ['2026-11-30T18:30:00.000Z', '2026-12'],
      ],
    ],
  ];
  test('G-15: the borders of a month are those of the page’s zone, whatever its clock does', async () => {
    const { csup, admin } = await statusPage(bench.store, new Date('2026-01-01T00:00:00.000Z'));
    for (const [zone, now, starts] of edges) {
      await changeSettings(admin, { time_zone: zone });
      const context = at(csup, now);
      const found: [string, string][] = [];
      for (const [startedAt] of starts) {
        const { id } = await open(context, { startedAt });
        for (const month of ['2026-09', '2026-10', '2026-11', '2026-12', '2027-01']) {
          const { incidents } = await readHistoryMonth(anybody(context), month);
          if (!ids(incidents).includes(id)) continue;
          // It is open, so the months after it have it too.
          found.push([startedAt, month]);
          break;
        }
      }
      expect([zone, found]).toEqual([zone, starts]);
    }
  });

  test('the list for programs has all that is open, more than fifty too', async () => {
    const { csup } = await statusPage(bench.store);
    const opened: string[] = [];
    for (let n = 0; n < 52; n += 1) opened.push((await open(minutesLater(csup, n))).id);
    const { incidents } = await readNewest(anybody(minutesLater(csup, 60)));
    expect(ids(incidents)).toEqual(opened.toReversed());
  });
});
