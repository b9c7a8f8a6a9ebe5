import { expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import { listAudit } from '../../src/domain/core/audit/list-audit.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { acceptHandOver } from '../../src/domain/incidents/hand-overs/accept-hand-over.ts';
import { listHandOvers } from '../../src/domain/incidents/hand-overs/list-hand-overs.ts';
import { offerHandOver } from '../../src/domain/incidents/hand-overs/offer-hand-over.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import { addShift } from '../../src/domain/people/roster/add-shift.ts';
import { changeShift, removeShift } from '../../src/domain/people/roster/change-shift.ts';
import { isOffDuty } from '../../src/domain/people/roster/off-duty.ts';
import { readRoster } from '../../src/domain/people/roster/read-roster.ts';
import { changeUser } from '../../src/domain/people/users/change-user.ts';
import { listPeople } from '../../src/domain/people/users/list-people.ts';
import { describeEachEngine } from '../support/engines.ts';
import { open, type StatusPage, say, statusPage } from '../support/incidents.ts';
import { asOperator, asUser, minutesLater } from '../support/world.ts';
import { audits, refusal, refusedBy, refusedFor } from './accounts-support.ts';

const idOf = (context: Context): string => context.actor.userId ?? '';
const forbidden = refusedBy('forbidden', 'forbidden');
const hour = 60;
const day = 24 * hour;

/** A shift from and until so many minutes after the context's now. */
const shift = (by: Context, who: Context, from: number, until: number) =>
  addShift(by, {
    userId: idOf(who),
    startsAt: minutesLater(by, from).now.toISOString(),
    endsAt: minutesLater(by, until).now.toISOString(),
  });

describeEachEngine('R-057, R-131: the roster of CSUP', (bench) => {
  test('says who is on call now and next, what is planned, and warns of gaps in the next 7 days', async () => {
    const page = await statusPage(bench.store);
    const other = await asUser(bench.store, ['csup']);
    expect(await readRoster(page.csup)).toEqual({ now: [], next: [], shifts: [], more: 0, gaps: [] });
    await shift(page.csup, page.csup, -hour, 8 * hour);
    await shift(page.csup, other, 9 * hour, 8 * day);
    await shift(page.csup, page.csup, 15 * day, 16 * day);
    const roster = await readRoster(page.engineer);
    expect(roster.now).toMatchObject([{ userId: idOf(page.csup), userName: page.csup.actor.name }]);
    expect(roster.next).toMatchObject([{ userId: idOf(other) }]);
    expect(roster.shifts).toHaveLength(3);
    expect(roster.gaps).toEqual([
      { from: minutesLater(page.csup, 8 * hour).now, until: minutesLater(page.csup, 9 * hour).now },
    ]);
    const ranOut = await readRoster(minutesLater(page.csup, 16 * day + hour));
    expect([ranOut.now, ranOut.gaps.length]).toEqual([[], 1]);
    expect((await readRoster(minutesLater(page.csup, 30 * day))).gaps).toEqual([]);
  });

  test('a roster that begins in some days has no gap before', async () => {
    const page = await statusPage(bench.store);
    await shift(page.csup, page.csup, 2 * day, 3 * day);
    const from = minutesLater(page.csup, 3 * day).now;
    expect((await readRoster(page.csup)).gaps).toEqual([
      { from, until: minutesLater(page.csup, 7 * day).now },
    ]);
  });

  test('two people share a shift; one person has no two in the same time', async () => {
    const page = await statusPage(bench.store);
    const other = await asUser(bench.store, ['csup']);
    await shift(page.csup, page.csup, 0, 8 * hour);
    await shift(page.csup, other, 0, 8 * hour);
    expect((await readRoster(page.csup)).now).toHaveLength(2);
    expect(await refusal(shift(page.csup, other, 7 * hour, 9 * hour))).toEqual(
      refusedFor('startsAt: shift_overlaps'),
    );
    await shift(page.csup, other, 8 * hour, 9 * hour);
  });

  test('a shift needs somebody with the role who may sign in, and an end after its start', async () => {
    const page = await statusPage(bench.store);
    const gone = await asUser(bench.store, ['csup']);
    await changeUser(page.admin, idOf(gone), { disabled: true });
    for (const who of [page.engineer, gone])
      expect(await refusal(shift(page.csup, who, 0, hour))).toEqual(refusedFor('userId: cannot_be_on_call'));
    const nobody = { ...page.csup, actor: { ...page.csup.actor, userId: 'nobody' } };
    expect(await refusal(shift(page.csup, nobody, 0, hour))).toEqual(refusedFor('userId: unknown_user'));
    expect(await refusal(shift(page.csup, page.csup, hour, hour))).toEqual(
      refusedFor('endsAt: end_before_start'),
    );
    expect(await refusal(shift(page.csup, page.csup, 0, 15 * day))).toEqual(
      refusedFor('endsAt: shift_too_long'),
    );
    for (const context of [page.sre, page.engineer, page.security])
      expect(await refusal(shift(context, page.csup, 0, hour))).toEqual(forbidden);
  });

  test('is changed and shortened, with every act in the audit', async () => {
    const page = await statusPage(bench.store);
    const other = await asUser(bench.store, ['csup']);
    const { id } = await shift(page.csup, page.csup, 0, 8 * hour);
    await changeShift(page.manager, id, { userId: idOf(other) });
    await changeShift(page.csup, id, { endsAt: minutesLater(page.csup, 4 * hour).now.toISOString() });
    expect((await readRoster(page.csup)).now).toMatchObject([
      { userId: idOf(other), endsAt: minutesLater(page.csup, 4 * hour).now },
    ]);
    expect(await refusal(changeShift(page.csup, newId(), {}))).toEqual(refusedBy('not_found', 'not_found'));
    await removeShift(page.csup, id);
    expect(await refusal(removeShift(page.csup, id))).toEqual(refusedBy('not_found', 'not_found'));
    expect((await readRoster(page.csup)).shifts).toEqual([]);
    const acts = (await audits(bench.store)).filter(({ subjectId }) => subjectId === id);
    expect(acts.map(({ action }) => action)).toEqual([
      'shift.added',
      'shift.changed',
      'shift.changed',
      'shift.removed',
    ]);
    expect(acts[1]?.change).toMatchObject({
      before: { userId: idOf(page.csup) },
      after: { userId: idOf(other) },
    });
  });

  test('somebody whose account is disabled covers nothing', async () => {
    const page = await statusPage(bench.store);
    const other = await asUser(bench.store, ['csup']);
    await shift(page.csup, other, 0, 8 * day);
    await changeUser(page.admin, idOf(other), { disabled: true });
    const roster = await readRoster(page.csup);
    expect([roster.now, roster.gaps.length, roster.shifts[0]?.isDisabled]).toEqual([[], 1, true]);
    expect(await isOffDuty({ tables: bench.store.tables, read: bench.store.read }, page.csup)).toBe(false);
  });

  test('people are named to everybody of the team, without their addresses and without the disabled', async () => {
    const page = await statusPage(bench.store);
    const gone = await asUser(bench.store, ['csup']);
    await changeUser(page.admin, idOf(gone), { disabled: true });
    const people = await listPeople(page.csup);
    expect(people.map(({ id }) => id)).not.toContain(idOf(gone));
    expect(Object.keys(people[0] ?? {})).toEqual(['id', 'name', 'roles']);
  });
});

describeEachEngine('posting off duty', (bench) => {
  test('without a roster nothing is asked, nor where no shift covers now', async () => {
    const page = await statusPage(bench.store);
    expect(await refusal(open(page.sre))).toBe('not refused');
    await shift(page.csup, page.csup, hour, 2 * hour);
    expect(await refusal(open(page.sre))).toBe('not refused');
  });

  test('who is on call is asked nothing; others say why, and the audit keeps it', async () => {
    const page = await statusPage(bench.store);
    await shift(page.csup, page.csup, 0, 8 * hour);
    const { id, updateId } = await open(page.csup);
    const asked = refusedFor('offDutyReason: off_duty');
    const colleague = await asUser(bench.store, ['csup']);
    const later = minutesLater(colleague, 1);
    const texts = { en: { body: 'Many requests fail.' } };
    expect(await refusal(open(later))).toEqual(asked);
    expect(await refusal(open(later, { offDutyReason: '  ' }))).toEqual(asked);
    expect(await refusal(say(later, id, 'identified'))).toEqual(asked);
    expect(await refusal(correctUpdate(later, updateId, { texts }))).toEqual(asked);
    const reason = { offDutyReason: 'CSUP does not answer' };
    await open(later, reason);
    await say(later, id, 'identified', reason);
    await correctUpdate(later, updateId, { texts, isOtherRight: true, ...reason });
    const kept = (await audits(bench.store)).flatMap(({ action, change }) =>
      JSON.stringify(change).includes('CSUP does not answer') ? [action] : [],
    );
    expect(kept).toEqual(['update.posted', 'update.posted', 'update.corrected']);
    await say(minutesLater(page.csup, 2), id, 'monitoring', { offDutyReason: 'not needed' });
    expect(JSON.stringify((await audits(bench.store)).at(-1))).not.toContain('not needed');
    expect(await refusal(say(minutesLater(colleague, 8 * hour), id, 'monitoring'))).toBe('not refused');
  });

  test('the command line, imports and what stays restricted are never asked', async () => {
    const page = await statusPage(bench.store);
    await shift(page.csup, page.csup, 0, 8 * hour);
    expect(await refusal(open(asOperator(bench.store)))).toBe('not refused');
    const { id } = await open(page.security, {
      category: 'keys',
      texts: { en: { title: 'Canary', body: 'It sings.' } },
    });
    expect(await refusal(say(minutesLater(page.security, 1), id, 'identified'))).toBe('not refused');
  });
});

describeEachEngine('handing over', (bench) => {
  /** A promise, made directly: making them is tested elsewhere. */
  async function promise(incidentId: string, dueAt: Date, more: object = {}): Promise<string> {
    const id = newId();
    const row = { id, incidentId, audience: 'customers' as const, madeAt: dueAt, dueAt, ...more };
    await bench.store.transaction(({ db, tables }) => db.insert(tables.promises).values(row));
    return id;
  }
  /** What publishing made by itself, so that a test knows each promise. */
  const forgetPromises = () => bench.store.transaction(({ db, tables }) => db.delete(tables.promises));
  const ids = async (context: Context) =>
    (await listHandOvers(context)).handOvers.map((offer) => offer.promises.map(({ id }) => id));

  async function offered(page: StatusPage) {
    const next = await asUser(bench.store, ['csup']);
    const { id: incident } = await open(page.csup);
    await forgetPromises();
    const first = await promise(incident, minutesLater(page.csup, 10).now);
    const second = await promise(incident, minutesLater(page.csup, 20).now);
    await promise(incident, page.csup.now, { answeredAt: page.csup.now });
    await promise(incident, page.csup.now, { withdrawnAt: page.csup.now });
    await promise(incident, page.csup.now, { audience: 'management' });
    const { id } = await offerHandOver(page.csup, { toId: idOf(next), note: 'Quiet night.' });
    return { id, next, incident, first, second };
  }

  test('the open promises to customers are offered, and accepted by the one they were offered to alone', async () => {
    const page = await statusPage(bench.store);
    const { id, next, incident, first, second } = await offered(page);
    expect((await listHandOvers(next)).handOvers).toMatchObject([
      {
        id,
        from: { id: idOf(page.csup), name: page.csup.actor.name },
        isMine: true,
        note: 'Quiet night.',
        acceptedAt: null,
        promises: [
          { id: first, incidentId: incident, isSettled: false, dueAt: minutesLater(page.csup, 10).now },
          { id: second, incidentId: incident },
        ],
      },
    ]);
    expect((await listHandOvers(next)).handOvers[0]?.promises[0]?.titles.en).toContain('API requests fail');
    expect((await listHandOvers(page.manager)).handOvers).toEqual([]);
    for (const context of [page.csup, page.manager])
      expect(await refusal(acceptHandOver(context, id))).toEqual(refusedBy('not_found', 'not_found'));
    const later = minutesLater(next, 3);
    await acceptHandOver(later, id);
    expect(await refusal(acceptHandOver(later, id))).toEqual(refusedBy('conflict', 'already_accepted'));
    expect((await listHandOvers(page.csup)).handOvers[0]?.acceptedAt).toEqual(later.now);
    expect((await audits(bench.store)).slice(-2).map(({ action }) => action)).toEqual([
      'hand-over.offered',
      'hand-over.accepted',
    ]);
  });

  test('a newer offer replaces one that nobody accepted; nobody hands over to himself or to who cannot take it', async () => {
    const page = await statusPage(bench.store);
    const { next } = await offered(page);
    await offerHandOver(minutesLater(page.csup, 1), { toId: idOf(page.sre) });
    expect((await listHandOvers(next)).handOvers).toEqual([]);
    expect(await ids(page.sre)).toHaveLength(1);
    for (const [toId, key] of [
      [idOf(page.csup), 'hand_over_to_self'],
      [idOf(page.engineer), 'cannot_be_on_call'],
      ['nobody', 'unknown_user'],
    ])
      expect(await refusal(offerHandOver(page.csup, { toId }))).toEqual(refusedFor(`toId: ${key}`));
    expect(await refusal(offerHandOver(page.engineer, { toId: idOf(next) }))).toEqual(forbidden);
    expect(await refusal(offerHandOver(asOperator(bench.store), { toId: idOf(next) }))).toEqual(forbidden);
  });

  test('R-051: a promise of a restricted incident is shown only to who may see it; others meet no trace of it', async () => {
    const page = await statusPage(bench.store);
    const { id: secret } = await open(page.security, {
      category: 'keys',
      texts: { en: { title: 'Canary', body: 'It sings.' } },
    });
    await forgetPromises();
    const hidden = await promise(secret, minutesLater(page.csup, 5).now);
    await offerHandOver(page.security, { toId: idOf(page.csup) });
    expect(await ids(page.security)).toEqual([[hidden]]);
    expect(await ids(page.csup)).toEqual([[]]);
    expect(JSON.stringify((await listHandOvers(page.csup)).handOvers)).not.toMatch(
      new RegExp(`${secret}|${hidden}|Canary`),
    );
    const said = JSON.stringify(await listAudit(page.manager, { limit: 100 }));
    expect(said).toContain('hand-over.offered');
    expect(said).not.toContain(hidden);
    await offerHandOver(page.csup, { toId: idOf(page.security) });
    expect((await listHandOvers(page.security)).handOvers.map((offer) => offer.promises.length)).toContain(0);
  });
});
