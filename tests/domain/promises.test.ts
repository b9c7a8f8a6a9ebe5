import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openStore } from '../../db/client.ts';
import type { OutboxKind } from '../../db/words.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { readDesk } from '../../src/domain/desk/read-desk.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { listNotices } from '../../src/domain/incidents/notices/list-notices.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { listPromises } from '../../src/domain/incidents/promises/list-promises.ts';
import { readOwed } from '../../src/domain/incidents/promises/read-owed.ts';
import { readPromiseRecord } from '../../src/domain/incidents/promises/read-promise-record.ts';
import { tellMissedPromise } from '../../src/domain/incidents/promises/tell-missed-promise.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { publishHeldUpdate } from '../../src/domain/incidents/updates/publish-held-update.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { readStatus } from '../../src/domain/public/read-status.ts';
import { timeBoth } from '../../src/i18n/time.ts';
import { type Bench, describeEachEngine } from '../support/engines.ts';
import { lastWords, latest, open, plan, say, statusPage } from '../support/incidents.ts';
import { asOperator, asUser, minutesLater } from '../support/world.ts';
import { asAnybody } from './accounts-support.ts';

/** The promises to customers of an incident, oldest first, as minutes from `from`: made, due, answered. */
async function promised(from: Context, at: Context, id: string, audience = 'customers') {
  const minutes = (when: Date | null) => when && (when.getTime() - from.now.getTime()) / 60_000;
  const all = await listPromises({ ...from, now: at.now }, id);
  return all
    .filter((promise) => promise.audience === audience)
    .map(({ madeAt, dueAt, answeredAt, state }) => [
      minutes(madeAt),
      minutes(dueAt),
      minutes(answeredAt),
      state,
    ])
    .reverse();
}

/** Does what the outbox holds for an instant, as the runner would. */
async function runOutbox(bench: Bench, now: Date, kind: OutboxKind): Promise<void> {
  const { outbox } = bench.store.tables;
  const rows = await bench.store.read.select().from(outbox).where(eq(outbox.kind, kind));
  const context = asOperator(bench.store, now);
  for (const { payload, dueAt } of rows) {
    if (dueAt > now) continue;
    if (kind === 'publish-held-update') await publishHeldUpdate(context, payload);
    else await tellMissedPromise(context, payload);
  }
}

describeEachEngine('R-063: promises kept and missed are stored', (bench) => {
  test('the next update answers the one before and makes its own; the end makes none', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    expect(await promised(csup, csup, id)).toEqual([[0, 30, null, 'open']]);
    await say(minutesLater(csup, 26), id, 'identified');
    await say(minutesLater(csup, 60), id, 'monitoring');
    await postUpdate(minutesLater(csup, 100), id, lastWords);
    const end = minutesLater(csup, 101);
    expect(await promised(csup, end, id)).toEqual([
      [0, 30, 26, 'kept'],
      [26, 56, 60, 'missed'],
      [60, 120, 100, 'kept'],
    ]);
    const [, missed] = (await listPromises(end, id)).reverse();
    expect(missed?.lateBy).toBe(4 * 60_000);
  });

  test('at the promised instant itself it is kept, a millisecond later missed', async () => {
    const { csup } = await statusPage(bench.store);
    const [kept, missed] = [await open(csup), await open(csup)];
    await say(minutesLater(csup, 30), kept.id, 'identified');
    await say(minutesLater(csup, 30 + 1 / 60_000), missed.id, 'identified');
    const state = async (id: string) => (await promised(csup, minutesLater(csup, 31), id))[0]?.[3];
    expect([await state(kept.id), await state(missed.id)]).toEqual(['kept', 'missed']);
  });

  test('a backdated update and a correction answer nothing: only a real update clears it', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const { id: updateId } = await latest(csup, id);
    await say(minutesLater(csup, 10), id, 'identified');
    const later = minutesLater(csup, 20);
    await say(later, id, 'investigating', { displayAt: minutesLater(csup, 5).now.toISOString() });
    await correctUpdate(later, updateId, {
      texts: { en: { body: 'Other words of the same.' } },
      isOtherRight: true,
    });
    expect(await promised(csup, minutesLater(csup, 41), id)).toEqual([
      [0, 30, 10, 'kept'],
      [10, 40, null, 'overdue'],
    ]);
    expect((await readIncidentPage(minutesLater(csup, 41), id))?.incident.overdueSince).toEqual(
      minutesLater(csup, 40).now,
    );
  });

  test('a held update answers when it is public, once, also when its job runs late, twice, or in another order', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const posted = minutesLater(csup, 25);
    await say(posted, id, 'identified', { holdSeconds: 60 });
    await say(posted, id, 'monitoring', { holdSeconds: 60 });
    expect(await promised(csup, posted, id)).toEqual([[0, 30, null, 'due_soon']]);
    const { outbox } = bench.store.tables;
    const rows = await bench.store.read.select().from(outbox).where(eq(outbox.kind, 'publish-held-update'));
    const late = asOperator(bench.store, minutesLater(csup, 200).now);
    for (const { payload } of [...rows.toReversed(), ...rows]) await publishHeldUpdate(late, payload);
    const [first, second, third] = await promised(csup, late, id);
    expect(first).toEqual([0, 30, 26, 'kept']);
    expect(second).toEqual([26, 56, expect.closeTo(26), 'kept']);
    expect(third).toEqual([expect.closeTo(26), expect.closeTo(86), null, 'overdue']);
  });

  test('a stored answer stays, though a release dates the updates anew', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    await say(minutesLater(csup, 10), id, 'identified');
    const released = minutesLater(csup, 100).now;
    await bench.store.transaction(({ db, tables }) =>
      db.update(tables.incidentUpdates).set({ publishedAt: released }),
    );
    await say(minutesLater(csup, 101), id, 'monitoring');
    const [first, second] = await promised(csup, minutesLater(csup, 102), id);
    expect([first, second]).toEqual([
      [0, 30, 10, 'kept'],
      [10, 40, 101, 'missed'],
    ]);
  });

  test('an imported update promises nothing; what our desk adds to it does', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    await bench.store.transaction(async ({ db, tables }) => {
      await db.update(tables.incidents).set({ importedFrom: 'status.elsewhere.example' });
      await db.update(tables.incidentUpdates).set({ source: {} });
      await db.delete(tables.promises);
    });
    await say(minutesLater(csup, 1), id, 'identified');
    expect(await promised(csup, minutesLater(csup, 2), id)).toEqual([[1, 31, null, 'open']]);
  });

  test('a running maintenance promises its planned end, and an extension answers it with the new one', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await plan(csup, 60, 120);
    expect(await promised(csup, csup, id)).toEqual([]);
    await say(minutesLater(csup, 60), id, 'in_progress');
    const extended = minutesLater(csup, 110);
    const newEnd = minutesLater(csup, 180).now.toISOString();
    await postUpdate(extended, id, { occasion: 'extended', slots: { new_end: newEnd, reason: 'one_step' } });
    expect(await promised(csup, extended, id)).toEqual([
      [60, 120, 110, 'kept'],
      [110, 180, null, 'open'],
    ]);
  });

  test('an incident that was open before promises were stored gets those of all its updates', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    await bench.store.transaction(({ db, tables }) => db.delete(tables.promises));
    await say(minutesLater(csup, 31), id, 'identified');
    expect(await promised(csup, minutesLater(csup, 32), id)).toEqual([
      [0, 30, 31, 'missed'],
      [31, 61, null, 'open'],
    ]);
  });
});

describeEachEngine('R-063: a promise passes by the clock alone', (bench) => {
  test('clock moved, no write, no prior request: page, JSON and desk say overdue', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const before = await bench.store.read.select().from(bench.store.tables.promises);
    const due = minutesLater(csup, 30);
    for (const [context, since] of [
      [minutesLater(csup, 30 - 1 / 60_000), null],
      [due, due.now],
      [minutesLater(csup, 300), due.now],
    ] as const) {
      const world = asAnybody(bench.store, context.now);
      expect((await readIncidentPage(world, id))?.incident.overdueSince).toEqual(since);
      expect((await readStatus(world)).active[0]?.overdueSince).toEqual(since);
      expect((await readIncident(context, id)).overdueSince).toEqual(since);
      const { open: incidents } = await readDesk(context);
      const [owed] = (await readOwed(context, incidents)).promises;
      expect([owed?.state === 'overdue', owed?.dueAt]).toEqual([since !== null, due.now]);
    }
    expect(await bench.store.read.select().from(bench.store.tables.promises)).toEqual(before);
  });

  test('the bytes of a page end at the promised instant', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const world = asAnybody(bench.store, minutesLater(csup, 5).now);
    expect((await readIncidentPage(world, id))?.validUntil).toEqual(minutesLater(csup, 30).now);
  });

  test('after a restart too', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const again = await openStore(bench.url);
    const page = await readIncidentPage(asAnybody(again, minutesLater(csup, 31).now), id);
    expect(page?.incident.overdueSince).toEqual(minutesLater(csup, 30).now);
    await again.close();
  });

  test('the desk warns from 80 % of the time on, the most urgent first', async () => {
    const { csup } = await statusPage(bench.store);
    const older = await open(csup);
    const newer = await open(minutesLater(csup, 10));
    await open(minutesLater(csup, 20));
    const now = minutesLater(csup, 35);
    const owed = await readOwed(now, (await readDesk(now)).open);
    expect(owed.promises.map(({ incident, state }) => [incident.id, state]).slice(0, 2)).toEqual([
      [older.id, 'overdue'],
      [newer.id, 'due_soon'],
    ]);
    expect(owed.promises.map(({ state }) => state)).toEqual(['overdue', 'due_soon', 'open']);
    // What is held has told nobody yet.
    await say(now, older.id, 'identified', { holdSeconds: 60 });
    const [first] = (await readOwed(now, (await readDesk(now)).open)).promises;
    expect([first?.state, first?.dueAt]).toEqual(['overdue', minutesLater(csup, 30).now]);
  });

  test.each([
    [
      '2026-03-29T00:45:00.000Z',
      '2026-03-29T01:15:00.000Z',
      '03:15 CEST (01:15 UTC)',
      '03:15 MESZ (01:15 UTC)',
    ],
    [
      '2026-10-25T00:45:00.000Z',
      '2026-10-25T01:15:00.000Z',
      '02:15 CET (01:15 UTC)',
      '02:15 MEZ (01:15 UTC)',
    ],
  ])('a clock change inside it: made at %s it is due at %s', async (madeAt, dueAt, english, german) => {
    const { csup } = await statusPage(bench.store, new Date(madeAt));
    const { id } = await open(csup);
    const [promise] = await listPromises(csup, id);
    expect([promise?.madeAt, promise?.dueAt]).toEqual([new Date(madeAt), new Date(dueAt)]);
    const due = promise?.dueAt ?? csup.now;
    expect(timeBoth(due, 'Europe/Berlin', 'en')).toBe(english);
    expect(timeBoth(due, 'Europe/Berlin', 'de')).toBe(german);
    const update = await latest(csup, id);
    expect(update.texts.en?.body).toContain(english);
    expect(update.texts.de?.body).toContain(german);
    await say({ ...csup, now: new Date(dueAt) }, id, 'identified');
    const states = (await listPromises({ ...csup, now: new Date(dueAt) }, id)).map(({ state }) => state);
    expect(states).toEqual(['open', 'kept']);
  });
});

describeEachEngine('R-133: a missed promise is told', (bench) => {
  const kinds = async (context: Context) => (await listNotices(context)).notices.map(({ kind }) => kind);

  test('to every enabled manager, once, when its time is over; one that was kept tells nothing', async () => {
    const { csup, manager, admin } = await statusPage(bench.store);
    const { id } = await open(csup);
    await runOutbox(bench, minutesLater(csup, 29).now, 'tell-missed-promise');
    expect(await kinds(manager)).toEqual([]);
    await say(minutesLater(csup, 29), id, 'identified');
    await runOutbox(bench, minutesLater(csup, 30).now, 'tell-missed-promise');
    expect(await kinds(manager)).toEqual([]);
    const due = minutesLater(csup, 59).now;
    await runOutbox(bench, due, 'tell-missed-promise');
    await runOutbox(bench, due, 'tell-missed-promise');
    expect((await listNotices(manager)).notices).toMatchObject([
      { kind: 'promise_missed', incidentId: id, createdAt: due, seenAt: null },
    ]);
    expect(await kinds(admin)).toEqual([]);
    expect(await kinds(csup)).toEqual([]);
  });

  test('an update that is public at that very instant is seen first, though its own job did not run yet', async () => {
    const { csup, manager } = await statusPage(bench.store);
    const { id } = await open(csup);
    await say(minutesLater(csup, 29), id, 'identified', { holdSeconds: 60 });
    await runOutbox(bench, minutesLater(csup, 30).now, 'tell-missed-promise');
    expect(await kinds(manager)).toEqual([]);
    expect(await promised(csup, minutesLater(csup, 30), id)).toEqual([
      [0, 30, 30, 'kept'],
      [30, 60, null, 'open'],
    ]);
  });

  test('an update that is still held at that instant comes too late', async () => {
    const { csup, manager } = await statusPage(bench.store);
    const { id } = await open(csup);
    await say(minutesLater(csup, 29.5), id, 'identified', { holdSeconds: 60 });
    await runOutbox(bench, minutesLater(csup, 30).now, 'tell-missed-promise');
    expect(await kinds(manager)).toEqual(['promise_missed']);
    expect(await promised(csup, minutesLater(csup, 30), id)).toEqual([[0, 30, null, 'overdue']]);
  });

  test('one that came late was missed, also when nobody looked in between', async () => {
    const { csup, manager } = await statusPage(bench.store);
    const { id } = await open(csup);
    await say(minutesLater(csup, 31), id, 'identified');
    await runOutbox(bench, minutesLater(csup, 40).now, 'tell-missed-promise');
    expect(await kinds(manager)).toEqual(['promise_missed']);
  });
});

describeEachEngine('G-19, G-20, R-070: the record of a month', (bench) => {
  test('counts kept, missed and open by the month of the promised instant; "–" without data', async () => {
    const { csup, manager } = await statusPage(bench.store);
    const empty = await readPromiseRecord(manager, { month: '2026-10' });
    expect(empty.audiences.customers).toEqual({ kept: 0, missed: 0, open: 0, rate: null });
    expect(empty.firstUpdate).toEqual({ count: 0, toldLater: 0, median: null, p95: null });
    const [one, two] = [await open(csup), await open(csup)];
    await say(minutesLater(csup, 10), one.id, 'identified');
    await say(minutesLater(csup, 20), one.id, 'monitoring');
    await say(minutesLater(csup, 35), two.id, 'identified');
    const now = minutesLater(manager, 40);
    const record = await readPromiseRecord(now);
    expect(record.month).toBe('2026-11');
    expect(record.audiences.customers).toEqual({ kept: 2, missed: 1, open: 2, rate: 2 / 3 });
    expect(record.incidents.map(({ id }) => id).sort()).toEqual([one.id, two.id].sort());
    const later = await readPromiseRecord(minutesLater(manager, 200));
    expect(later.audiences.customers).toEqual({ kept: 2, missed: 3, open: 0, rate: 2 / 5 });
    expect(later.nextMonth).toBeNull();
  });

  test('one promised for the first minute of a month belongs to it, though it was made in the month before', async () => {
    // 23:45 in Berlin on the last of November.
    const { csup } = await statusPage(bench.store, new Date('2026-11-30T22:45:00Z'));
    await open(csup);
    const count = async (month: string) =>
      (await readPromiseRecord(csup, { month })).audiences.customers.open;
    expect([await count('2026-11'), await count('2026-12')]).toEqual([0, 1]);
  });

  test('adds only what is alike: what was told when it was over is no slow first update', async () => {
    const { csup, manager } = await statusPage(bench.store);
    await open(csup, { startedAt: minutesLater(csup, -5).now.toISOString() });
    await openIncident(csup, {
      category: 'api',
      phase: 'resolved',
      texts: {
        en: { title: 'Nobody could order', body: 'A change of ours blocked orders. It is taken back.' },
      },
      startedAt: minutesLater(csup, -1_500).now.toISOString(),
      endedAt: minutesLater(csup, -1_440).now.toISOString(),
    });
    expect((await readPromiseRecord(manager)).firstUpdate).toEqual({
      count: 1,
      toldLater: 1,
      median: 5 * 60_000,
      p95: 5 * 60_000,
    });
  });

  test('measures from the start of an incident to its first public update', async () => {
    const { csup, manager } = await statusPage(bench.store);
    for (const minutes of [4, 8, 60])
      await open(csup, { startedAt: minutesLater(csup, -minutes).now.toISOString() });
    await open(csup, { startedAt: minutesLater(csup, -999).now.toISOString(), holdSeconds: 30 });
    await plan(csup);
    expect((await readPromiseRecord(manager)).firstUpdate).toEqual({
      count: 3,
      toldLater: 0,
      median: 8 * 60_000,
      p95: 60 * 60_000,
    });
  });

  test('a restricted incident shows its promises to those who may see it, and counts for customers not before its release', async () => {
    const { csup, security, manager } = await statusPage(bench.store);
    const trusted = await asUser(bench.store, ['security', 'sre']);
    const { id } = await open(security, { category: 'keys' });
    await classifyIncident(trusted, id, { priority: 'P0', reason: 'Keys leaked' });
    const now = minutesLater(security, 31);
    expect(await promised(security, now, id)).toEqual([[0, 30, null, 'overdue']]);
    for (const context of [csup, manager]) {
      expect(await listPromises(context, id)).toEqual([]);
      const record = await readPromiseRecord({ ...context, now: now.now });
      const { customers, management } = record.audiences;
      expect([customers.missed, management.missed, record.incidents]).toEqual([0, 0, []]);
    }
    expect((await readPromiseRecord(now)).audiences.management.missed).toBe(1);
    expect((await readPromiseRecord(now)).audiences.customers.missed).toBe(0);
    expect((await readOwed(now, (await readDesk(now)).open)).promises).toHaveLength(2);
  });
});
