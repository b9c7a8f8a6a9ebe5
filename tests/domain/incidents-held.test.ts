import { asc, eq, ne } from 'drizzle-orm';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { Store } from '../../db/store.ts';
import { languages, type OutboxKind } from '../../db/words.ts';
import type { Application } from '../../src/application.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { publishHeldUpdate } from '../../src/domain/incidents/updates/publish-held-update.ts';
import { readCategoryPage } from '../../src/domain/public/read-category-page.ts';
import { readFeed } from '../../src/domain/public/read-feed.ts';
import { readHistoryMonth } from '../../src/domain/public/read-history.ts';
import { readHome } from '../../src/domain/public/read-home.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { readNewest } from '../../src/domain/public/read-newest.ts';
import { readStatus } from '../../src/domain/public/read-status.ts';
import { type Jobs, startJobs } from '../../src/jobs/runner.ts';
import { describeEachEngine } from '../support/engines.ts';
import { latest, open, plan, say, statusPage } from '../support/incidents.ts';
import { asOperator, minutesLater, night } from '../support/world.ts';
import { refusal, refusedBy } from './accounts-support.ts';

const secondsLater = (context: Context, seconds: number) => minutesLater(context, seconds / 60);

/** Everything the world can read of incidents, as one text, without what every second changes. */
async function publicReads(context: Context, ids: readonly string[]): Promise<string> {
  const reads = [
    await readHome(context),
    await readStatus(context),
    await readNewest(context),
    await readHistoryMonth(context),
    await readCategoryPage(context, 'api'),
    await readFeed(context),
    await readFeed(context, 'api'),
    ...(await Promise.all(ids.map((id) => readIncidentPage(context, id)))),
  ];
  const moving = new Set(['validUntil', 'asOf', 'availability', 'settings']);
  return JSON.stringify(reads, (key, value: unknown) => {
    if (moving.has(key)) return undefined;
    return value instanceof Map ? [...value] : value;
  });
}

/** Jobs with a clock of their own. `runDue` is what the timer calls. */
function jobs(store: Store, now: () => Date): Jobs & { log: string[] } {
  const log: string[] = [];
  const logger = pino({ base: undefined }, { write: (line) => void log.push(line) });
  const { renderTexts } = asOperator(store);
  const safeHtml = { render: renderTexts, close: async () => undefined };
  const instance = { id: null, folder: null, seal: null };
  const app = { store, log: logger, now, safeHtml, instance, offered: { languages } };
  return { ...startJobs(app as unknown as Application), log };
}

const numberOf = async (context: Context, id: string) => (await readIncident(context, id)).number;

describeEachEngine('a held update', (bench) => {
  test('of a new incident: nothing is public before its instant, everything from it on, without any write', async () => {
    const { csup, gateway } = await statusPage(bench.store);
    const nothing = await publicReads(csup, []);
    const { id } = await open(csup, { holdSeconds: 10, components: { [gateway]: 'major_outage' } });
    expect(await publicReads(csup, [])).toBe(nothing);
    const before = secondsLater(csup, 9.999);
    expect(await publicReads(before, [])).toBe(nothing);
    expect(await readIncidentPage(before, id)).toBeNull();
    expect(await readIncident(before, id)).toMatchObject({
      publishedAt: secondsLater(csup, 10).now,
      updates: [{ isHeld: true }],
    });

    const after = secondsLater(csup, 10);
    expect((await readIncidentPage(after, id))?.incident).toMatchObject({
      phase: 'investigating',
      number: null,
    });
    expect(await readHome(after)).toMatchObject({ status: 'major_outage', active: [{ id }] });
    expect((await readFeed(after))?.entries).toHaveLength(1);
    expect((await readHistoryMonth(after)).incidents).toHaveLength(1);
    expect((await readIncident(after, id)).updates[0]?.isHeld).toBe(false);
  });

  test('of a public incident: text, phase, components, impact and promise stay as they are until then', async () => {
    const { csup, gateway } = await statusPage(bench.store);
    const { id } = await open(csup, { components: { [gateway]: 'degraded_performance' } });
    const now = minutesLater(csup, 5);
    const before = await publicReads(now, [id]);
    const components = { [gateway]: 'major_outage' };
    await say(now, id, 'identified', { holdSeconds: 10, components, impact: 'critical' });
    expect(await publicReads(now, [id])).toBe(before);
    const after = secondsLater(now, 10);
    expect((await readIncidentPage(after, id))?.incident).toMatchObject({
      phase: 'identified',
      components: [{ status: 'major_outage' }],
    });
    const { runDue, stop } = jobs(bench.store, () => after.now);
    await runDue();
    await stop();
    expect((await readIncidentPage(after, id))?.incident.impact).toBe('critical');
    expect(await latest(after, id)).toMatchObject({ phase: 'identified', isHeld: false });
  });

  test('of an end: the incident stays open until then, and has ended from then on', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const now = minutesLater(csup, 5);
    const before = await publicReads(now, [id]);
    await say(now, id, 'resolved', { holdSeconds: 60 });
    expect(await publicReads(now, [id])).toBe(before);
    const after = minutesLater(now, 1);
    expect(await readHome(after)).toMatchObject({
      status: 'operational',
      active: [],
      recent: [{ incidents: [{ id }] }, {}, {}, {}, {}, {}, {}],
    });
    expect((await readIncidentPage(after, id))?.incident.resolvedAt).toEqual(after.now);
  });

  test('of a reopening: what was resolved stays so until then', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    await say(minutesLater(csup, 5), id, 'resolved');
    const now = minutesLater(csup, 60);
    const before = await publicReads(now, [id]);
    await postUpdate(now, id, { occasion: 'reopened', slots: { effect: 'requests_fail' }, holdSeconds: 10 });
    expect(await publicReads(now, [id])).toBe(before);
    expect((await readHome(secondsLater(now, 10))).active).toMatchObject([
      { id, phase: 'investigating', resolvedAt: null },
    ]);
  });

  test('of an extension: the old end is shown until then', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await plan(csup, 10, 60);
    const now = minutesLater(csup, 20);
    await say(now, id, 'in_progress');
    const before = await publicReads(now, [id]);
    const slots = { new_end: minutesLater(csup, 90).now.toISOString(), reason: 'one_step' };
    await postUpdate(now, id, { occasion: 'extended', slots, holdSeconds: 10 });
    expect(await publicReads(now, [id])).toBe(before);
    const after = secondsLater(now, 10);
    await publishHeldUpdateOf(after, id);
    await publishHeldUpdateOf(after, id);
    expect((await readIncidentPage(after, id))?.incident.scheduledUntil).toEqual(minutesLater(csup, 90).now);
    const again = minutesLater(csup, 120).now.toISOString();
    await postUpdate(minutesLater(now, 1), id, { occasion: 'extended', slots: { ...slots, new_end: again } });
    await publishHeldUpdateOf(minutesLater(now, 2), id);
    expect((await readIncident(after, id)).scheduledUntil).toEqual(new Date(again));
  });

  /** What the outbox promised for the incident's held update, done now. */
  async function publishHeldUpdateOf(context: Context, id: string): Promise<void> {
    const { outbox } = bench.store.tables;
    const rows = await bench.store.read.select().from(outbox).orderBy(asc(outbox.dueAt));
    const ids = (await readIncident(context, id)).updates.map((update) => update.id);
    for (const { payload } of rows)
      if (ids.includes(String(payload.updateId))) await publishHeldUpdate(context, payload);
  }

  test('what is posted while one is held comes out right after it, so that phases never go backwards', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const now = minutesLater(csup, 5);
    await say(now, id, 'identified', { holdSeconds: 30 });
    await say(secondsLater(now, 5), id, 'monitoring');
    await say(secondsLater(now, 6), id, 'investigating', {
      displayAt: minutesLater(csup, 1).now.toISOString(),
    });
    expect((await readIncidentPage(secondsLater(now, 7), id))?.incident).toMatchObject({
      phase: 'investigating',
      updates: [{}],
    });
    const after = secondsLater(now, 31);
    const seen = (await readIncidentPage(after, id))?.incident;
    expect(seen?.updates.map((update) => update.phase)).toEqual([
      'monitoring',
      'identified',
      'investigating',
      'investigating',
    ]);
    expect((await readIncident(after, id)).phase).toBe('monitoring');
  });

  test('cannot be corrected: its first wording would become public as an earlier one', async () => {
    const { csup } = await statusPage(bench.store);
    const { id, updateId } = await open(csup, { holdSeconds: 10 });
    const input = { texts: { en: { body: 'Other words than these.' } }, isOtherRight: true };
    expect(await refusal(correctUpdate(csup, updateId, input))).toEqual(refusedBy('conflict', 'held'));
    await correctUpdate(secondsLater(csup, 10), updateId, input);
    expect((await latest(secondsLater(csup, 10), id)).correctedAt).not.toBeNull();
  });
});

describeEachEngine('the running number', (bench) => {
  test('is given at the first publication only: held ones, refused ones and restricted ones make no gap', async () => {
    const { csup, security } = await statusPage(bench.store);
    const held = await open(csup, { holdSeconds: 60 });
    const secret = await open(security, { category: 'keys' });
    await refusal(open(csup, { slots: {} }));
    const first = await open(csup);
    await say(csup, first.id, 'identified');
    const second = await open(csup);
    const later = minutesLater(csup, 1);
    const { runDue, stop } = jobs(bench.store, () => later.now);
    await runDue();
    await stop();
    expect(await numberOf(csup, first.id)).toBe(1);
    expect(await numberOf(csup, second.id)).toBe(2);
    expect(await numberOf(csup, held.id)).toBe(3);
    expect(await numberOf(security, secret.id)).toBeNull();
  });

  test('of a held incident comes with its job, once, however often that runs, and every page is told', async () => {
    const { csup } = await statusPage(bench.store);
    const { id, updateId } = await open(csup, { holdSeconds: 10 });
    await publishHeldUpdate(csup, { updateId });
    expect(await numberOf(csup, id)).toBeNull();
    const after = secondsLater(csup, 10);
    const tags: string[] = [];
    const stop = bench.store.onChange((changed) => tags.push(...(changed ?? [])));
    await publishHeldUpdate(after, { updateId });
    stop();
    expect(tags).toEqual(expect.arrayContaining(['incidents', `incident:${id}`]));
    await publishHeldUpdate(after, { updateId });
    expect(await numberOf(csup, id)).toBe(1);
    await open(after);
    await publishHeldUpdate(after, { updateId: 'zzzzzzzzzzzz' });
    expect(await numberOf(csup, id)).toBe(1);
  });

  test('is unique when many are opened at once', async () => {
    const { csup } = await statusPage(bench.store);
    const ids = await Promise.all(Array.from({ length: 12 }, () => open(csup)));
    const numbers = await Promise.all(ids.map(({ id }) => numberOf(csup, id)));
    expect(numbers.sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 12 }, (_, at) => at + 1),
    );
  });
});

describeEachEngine('jobs', (bench) => {
  /** Without what waits for the end of a promise. */
  const rows = () => {
    const { outbox } = bench.store.tables;
    return bench.store.read
      .select()
      .from(outbox)
      .where(ne(outbox.kind, 'tell-missed-promise'))
      .orderBy(asc(outbox.id));
  };

  test('do what is due and nothing else, once', async () => {
    const { csup } = await statusPage(bench.store);
    await open(csup, { holdSeconds: 10 });
    let now = night;
    const { runDue, stop } = jobs(bench.store, () => now);
    await runDue();
    expect(await rows()).toMatchObject([{ kind: 'publish-held-update', doneAt: null, attempts: 0 }]);
    now = secondsLater(csup, 10).now;
    await Promise.all([runDue(), runDue(), runDue()]);
    expect(await rows()).toMatchObject([{ doneAt: now, attempts: 1, leaseUntil: null, lastError: null }]);
    await stop();
  });

  test('that fail are tried again, later and later, and hold nobody up', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup, { holdSeconds: 10 });
    const kind = 'no-such' as OutboxKind;
    await bench.store.transaction(({ db, tables }) =>
      db.insert(tables.outbox).values({
        id: '000000000000',
        kind,
        payload: {},
        createdAt: night,
        dueAt: night,
        attempts: 0,
      }),
    );
    let now = secondsLater(csup, 10).now;
    const { runDue, stop, log } = jobs(bench.store, () => now);
    await runDue();
    expect(await numberOf(csup, id)).toBe(1);
    const due = async () => (await rows()).find((row) => row.kind === kind);
    expect(await due()).toMatchObject({
      attempts: 1,
      doneAt: null,
      lastError: 'Nothing delivers no-such.',
      dueAt: new Date(now.getTime() + 1_000),
    });
    await runDue();
    expect((await due())?.attempts).toBe(1);
    now = new Date(now.getTime() + 1_000);
    await runDue();
    expect(await due()).toMatchObject({ attempts: 2, dueAt: new Date(now.getTime() + 2_000) });
    await stop();
    expect(log.filter((line) => line.includes('delivery failed'))).toHaveLength(2);
  });

  test('of two instances are done by one; what a dead one had taken is done after a minute', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup, { holdSeconds: 10 });
    let now = secondsLater(csup, 10).now;
    const taken = new Date(now.getTime() + 60_000);
    const { outbox } = bench.store.tables;
    await bench.store.transaction(({ db }) => db.update(outbox).set({ leaseUntil: taken }));
    const one = jobs(bench.store, () => now);
    const two = jobs(bench.store, () => now);
    await Promise.all([one.runDue(), two.runDue()]);
    expect(await numberOf(csup, id)).toBeNull();
    now = taken;
    let published = 0;
    const stop = bench.store.onChange((tags) => {
      published += tags?.has(`incident:${id}`) ? 1 : 0;
    });
    await Promise.all([one.runDue(), two.runDue()]);
    stop();
    expect(published).toBe(1);
    expect(await numberOf(csup, id)).toBe(1);
    expect(await rows()).toMatchObject([{ attempts: 1 }]);
    await one.stop();
    await two.stop();
  });

  test('by the clock run once per hour, on one instance', async () => {
    let now = night;
    const one = jobs(bench.store, () => now);
    const two = jobs(bench.store, () => now);
    const { jobs: table } = bench.store.tables;
    const next = async () =>
      (await bench.store.read.select().from(table).where(eq(table.name, 'delete-old-idempotency-keys')))[0];
    await Promise.all([one.runDue(), two.runDue()]);
    const hour = 60 * 60_000;
    expect(await next()).toMatchObject({
      nextAt: new Date(night.getTime() + hour),
      leaseUntil: null,
      attempts: 0,
      lastError: null,
    });
    now = new Date(night.getTime() + hour + 5);
    await one.runDue();
    expect((await next())?.nextAt).toEqual(new Date(night.getTime() + 2 * hour + 5));
    await one.stop();
    await two.stop();
  });
});
