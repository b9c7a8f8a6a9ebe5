import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Store } from '../../db/store.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { changeSettings } from '../../src/domain/core/settings/change-settings.ts';
import { readDesk } from '../../src/domain/desk/read-desk.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { briefManagement } from '../../src/domain/incidents/log/brief-management.ts';
import { listNotices } from '../../src/domain/incidents/notices/list-notices.ts';
import { markNoticesSeen } from '../../src/domain/incidents/notices/mark-notices-seen.ts';
import { listPromises } from '../../src/domain/incidents/promises/list-promises.ts';
import { readOwed } from '../../src/domain/incidents/promises/read-owed.ts';
import { readPromiseRecord } from '../../src/domain/incidents/promises/read-promise-record.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { publishHeldUpdate } from '../../src/domain/incidents/updates/publish-held-update.ts';
import { changeUser } from '../../src/domain/people/users/change-user.ts';
import { proposeReclassification } from '../../src/domain/reports/obligations/propose-decision.ts';
import { settleDecision } from '../../src/domain/reports/obligations/settle-decision.ts';
import { describeEachEngine } from '../support/engines.ts';
import { lastWords, latest, open, plan, say, statusPage } from '../support/incidents.ts';
import { asOperator, asUser, minutesLater } from '../support/world.ts';
import { refusal, refusedBy } from './accounts-support.ts';

const reason = 'As many customers report';
const classify = (context: Context, id: string, priority: string) =>
  classifyIncident(context, id, { priority, reason });

/** The promises to management, oldest first, as minutes from `from`: made, due, answered, given back. */
async function owedToManagement(from: Context, id: string) {
  const minutes = (when: Date | null) => when && (when.getTime() - from.now.getTime()) / 60_000;
  return (await listPromises(from, id))
    .filter(({ audience }) => audience === 'management')
    .map(({ madeAt, dueAt, answeredAt, withdrawnAt }) =>
      [madeAt, dueAt, answeredAt, withdrawnAt].map(minutes),
    )
    .reverse();
}

const kinds = async (context: Context) =>
  (await listNotices(context)).notices.map(({ kind }) => kind).reverse();
/** The page of these tests has one more manager, who also belongs to security. */
const countNotices = (store: Store) => store.read.$count(store.tables.notices);

describeEachEngine('R-063: management is the second audience', (bench) => {
  test('a P0 or P1 owes it news within its own minutes, from the classification on; others owe nothing', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const found = [];
    for (const priority of ['P0', 'P1', 'P2', 'P3']) {
      const { id } = await open(csup);
      await classify(minutesLater(sre, 5), id, priority);
      found.push([priority, ...(await owedToManagement(csup, id))]);
    }
    expect(found).toEqual([['P0', [5, 35, null, null]], ['P1', [5, 65, null, null]], ['P2'], ['P3']]);
  });

  test('follows the settings', async () => {
    const { csup, sre, admin } = await statusPage(bench.store);
    await changeSettings(admin, { management_minutes_p0: 7 });
    const { id } = await open(csup);
    await classify(sre, id, 'P0');
    expect(await owedToManagement(csup, id)).toEqual([[0, 7, null, null]]);
  });

  test('each public update and each briefing informs it; the end ends it', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await open(csup);
    await classify(sre, id, 'P0');
    await say(minutesLater(csup, 10), id, 'identified');
    await briefManagement(minutesLater(csup, 20), id, { text: 'The repair takes another hour' });
    const backdated = { displayAt: minutesLater(csup, 5).now.toISOString() };
    await say(minutesLater(csup, 25), id, 'investigating', backdated);
    const { id: updateId } = await latest(csup, id);
    await correctUpdate(minutesLater(csup, 26), updateId, {
      texts: { en: { body: 'The same, put better.' } },
    });
    await postUpdate(minutesLater(csup, 60), id, lastWords);
    await briefManagement(minutesLater(csup, 70), id, { text: 'What we learned' });
    expect(await owedToManagement(csup, id)).toEqual([
      [0, 30, 10, null],
      [10, 40, 20, null],
      [20, 50, 60, null],
    ]);
  });

  test('a held update informs it when it is public, once', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await open(csup);
    await classify(sre, id, 'P0');
    await say(minutesLater(csup, 9), id, 'identified', { holdSeconds: 60 });
    expect(await owedToManagement(csup, id)).toEqual([[0, 30, null, null]]);
    const { outbox } = bench.store.tables;
    const [row] = await bench.store.read.select().from(outbox).where(eq(outbox.kind, 'publish-held-update'));
    await briefManagement(minutesLater(csup, 15), id, { text: 'Said by phone while the server was down' });
    const late = asOperator(bench.store, minutesLater(csup, 20).now);
    await publishHeldUpdate(late, row?.payload);
    await publishHeldUpdate(late, row?.payload);
    expect(await owedToManagement(csup, id)).toEqual([
      [0, 30, 15, null],
      [15, 45, null, null],
    ]);
  });

  test('another priority gives the promise back; a P0 that becomes a P1 owes by its own minutes', async () => {
    const { csup, sre, manager } = await statusPage(bench.store);
    const { id } = await open(csup);
    await classify(sre, id, 'P0');
    await classify(minutesLater(sre, 2), id, 'P0');
    // A P0 and a P1 are left by two people.
    const proposal = { priority: 'P1', evidence: 'Half of it was a test.' };
    const { id: decision } = await proposeReclassification(minutesLater(sre, 3), id, proposal);
    await settleDecision(minutesLater(manager, 4), decision, { isAgreed: true });
    const second = { priority: 'P2', evidence: 'And the other half as well.' };
    const { id: again } = await proposeReclassification(minutesLater(sre, 5), id, second);
    await settleDecision(minutesLater(manager, 6), again, { isAgreed: true });
    await say(minutesLater(csup, 10), id, 'identified');
    expect(await owedToManagement(csup, id)).toEqual([
      [0, 30, null, 4],
      [4, 64, null, 6],
    ]);
  });

  test('a reopened P1 owes it news again', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await open(csup);
    await classify(sre, id, 'P1');
    await postUpdate(minutesLater(csup, 10), id, lastWords);
    await postUpdate(minutesLater(csup, 20), id, {
      occasion: 'reopened',
      texts: { en: { title: 'It is back', body: 'The fault is back. We are looking for the cause.' } },
    });
    expect(await owedToManagement(csup, id)).toEqual([
      [0, 60, 10, null],
      [20, 80, null, null],
    ]);
  });

  test('classified after the end it owes nothing', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await open(csup);
    await postUpdate(minutesLater(csup, 5), id, lastWords);
    await classify(minutesLater(sre, 10), id, 'P0');
    expect(await owedToManagement(csup, id)).toEqual([]);
  });

  test('its desk shows open P0 and P1 with both due times, P0 first', async () => {
    const { csup, sre, manager } = await statusPage(bench.store);
    const [p1, p0, p2] = [await open(csup), await open(csup), await open(csup)];
    await classify(sre, p1.id, 'P1');
    await classify(sre, p0.id, 'P0');
    await classify(sre, p2.id, 'P2');
    await plan(csup);
    const now = minutesLater(manager, 31);
    const desk = await readDesk(now);
    const owed = await readOwed(now, desk.open);
    const { audiences } = await readPromiseRecord(now);
    const due = (id: string, audience: 'customers' | 'management') =>
      owed.promises.find((promise) => promise.incident.id === id && promise.audience === audience);
    const at = (minutes: number) => minutesLater(csup, minutes).now;
    const urgent = desk.open.filter(({ priority }) => priority === 'P0' || priority === 'P1');
    expect(desk.open.slice(0, 2)).toEqual(urgent);
    expect(
      urgent.map(({ id }) => [
        id,
        due(id, 'customers')?.dueAt,
        due(id, 'management')?.dueAt,
        due(id, 'management')?.state,
      ]),
    ).toEqual([
      [p0.id, at(30), at(30), 'overdue'],
      [p1.id, at(30), at(60), 'open'],
    ]);
    expect(audiences.management).toEqual({ kept: 0, missed: 1, open: 1, rate: 0 });
  });
});

describeEachEngine('R-133: managers are told, once for each event', (bench) => {
  test('of the start of a P0 or P1, of each change of phase, and of a briefing; each manager once', async () => {
    const { csup, sre, manager } = await statusPage(bench.store);
    const second = await asUser(bench.store, ['manager', 'csup']);
    const { id } = await open(csup);
    await say(minutesLater(csup, 1), id, 'identified');
    expect(await kinds(manager)).toEqual([]);
    await classify(minutesLater(sre, 2), id, 'P1');
    await classify(minutesLater(sre, 3), id, 'P1');
    await say(minutesLater(csup, 4), id, 'identified');
    await say(minutesLater(csup, 5), id, 'monitoring');
    await briefManagement(minutesLater(csup, 6), id, { text: 'Looks good' });
    await postUpdate(minutesLater(csup, 7), id, lastWords);
    const told = ['started', 'phase_changed', 'briefing', 'phase_changed'];
    for (const context of [manager, second]) expect(await kinds(context)).toEqual(told);
    expect(await countNotices(bench.store)).toBe(3 * told.length);
    expect((await listNotices(manager)).notices.at(-2)?.createdAt).toEqual(minutesLater(csup, 5).now);
  });

  test('of a held update when it is public, not before, and once though the job runs twice', async () => {
    const { csup, sre, manager } = await statusPage(bench.store);
    const { id } = await open(csup);
    await classify(sre, id, 'P1');
    await say(minutesLater(csup, 1), id, 'identified', { holdSeconds: 10 });
    expect(await kinds(manager)).toEqual(['started']);
    const { outbox } = bench.store.tables;
    const [row] = await bench.store.read.select().from(outbox).where(eq(outbox.kind, 'publish-held-update'));
    const late = asOperator(bench.store, minutesLater(csup, 2).now);
    await publishHeldUpdate(late, row?.payload);
    await publishHeldUpdate(late, row?.payload);
    expect(await kinds(manager)).toEqual(['started', 'phase_changed']);
  });

  test('nobody of what was refused, nobody who is disabled, nobody of a P2', async () => {
    const { csup, sre, manager } = await statusPage(bench.store);
    const { id } = await open(csup);
    expect(await refusal(classifyIncident(sre, id, { priority: 'P0' }))).not.toBe('not refused');
    await classify(sre, id, 'P2');
    expect(await kinds(manager)).toEqual([]);
    await changeUser(asOperator(bench.store), manager.actor.userId ?? '', { disabled: true });
    await classify(sre, id, 'P0');
    expect(await kinds(manager)).toEqual([]);
    expect(await countNotices(bench.store)).toBe(1);
  });

  test('who was told notes the own ones, and no others', async () => {
    const { csup, sre, manager } = await statusPage(bench.store);
    const second = await asUser(bench.store, ['manager']);
    const { id } = await open(csup);
    await classify(sre, id, 'P0');
    await say(minutesLater(csup, 1), id, 'identified');
    const [foreign] = (await listNotices(second)).notices;
    const now = minutesLater(manager, 2);
    expect(await markNoticesSeen(now, { ids: [foreign?.id ?? ''] })).toEqual({ seen: 0 });
    const [newest] = (await listNotices(manager)).notices;
    expect(await markNoticesSeen(now, { ids: [newest?.id ?? ''] })).toEqual({ seen: 1 });
    expect(await markNoticesSeen(minutesLater(manager, 3))).toEqual({ seen: 1 });
    expect((await listNotices(manager)).notices.map(({ seenAt }) => seenAt)).toEqual([
      now.now,
      minutesLater(manager, 3).now,
    ]);
    expect((await listNotices(manager, { unseen: 'true' })).notices).toEqual([]);
    expect((await listNotices(second, { unseen: 'true' })).notices).toHaveLength(2);
    expect(await refusal(markNoticesSeen({ ...now, actor: { ...now.actor, roles: new Set() } }))).toEqual(
      refusedBy('forbidden', 'forbidden'),
    );
  });
});

describeEachEngine('R-126: a restricted P0 keeps its timers and tells only who may see it', (bench) => {
  test('its promises run, managers who are not named hear nothing', async () => {
    const { security, manager, csup } = await statusPage(bench.store);
    const trusted = await asUser(bench.store, ['manager', 'security']);
    const named = await asUser(bench.store, ['manager']);
    const second = await asUser(bench.store, ['manager', 'security']);
    const { id } = await open(security, { category: 'keys' });
    await bench.store.transaction(({ db, tables }) =>
      db.insert(tables.incidentReaders).values({ incidentId: id, userId: named.actor.userId ?? '' }),
    );
    await classify(second, id, 'P0');
    await say(minutesLater(security, 5), id, 'identified');
    await briefManagement(minutesLater(security, 6), id, { text: 'Keys are being changed' });
    expect(await owedToManagement(security, id)).toEqual([
      [0, 30, 5, null],
      [5, 35, 6, null],
      [6, 36, null, null],
    ]);
    for (const context of [trusted, named])
      expect(await kinds(context)).toEqual(['started', 'phase_changed', 'briefing']);
    expect(await kinds(manager)).toEqual([]);
    // Of what they did themselves nobody is told.
    expect(await kinds(second)).toEqual(['phase_changed', 'briefing']);
    expect(await countNotices(bench.store)).toBe(11);
    const desk = await readDesk(manager);
    expect(desk.open).toEqual([]);
    expect(await listPromises(csup, id)).toEqual([]);
    expect(await refusal(briefManagement(csup, id, { text: 'x' }))).toEqual(
      refusedBy('not_found', 'not_found'),
    );
  });

  test('who may not see it any more, does not read what was told', async () => {
    const { security } = await statusPage(bench.store);
    const named = await asUser(bench.store, ['manager', 'security']);
    const { id } = await open(security, { category: 'keys' });
    await classify(await asUser(bench.store, ['manager', 'security']), id, 'P0');
    expect(await kinds(named)).toEqual(['started']);
    const without = { ...named, actor: { ...named.actor, roles: new Set(['manager'] as const) } };
    expect(await kinds(without)).toEqual([]);
  });
});
