/** What the desk's first page finds at once, for several lists, is what each list finds by itself; on both engines. */
import { expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { readDesk } from '../../src/domain/desk/read-desk.ts';
import { readDeskInside } from '../../src/domain/desk/read-desk-inside.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { listHandOvers } from '../../src/domain/incidents/hand-overs/list-hand-overs.ts';
import { offerHandOver } from '../../src/domain/incidents/hand-overs/offer-hand-over.ts';
import { escalate } from '../../src/domain/incidents/log/escalate.ts';
import { listNotPublic } from '../../src/domain/incidents/not-public/list-not-public.ts';
import { recordIncident } from '../../src/domain/incidents/not-public/record-incident.ts';
import { readOwed } from '../../src/domain/incidents/promises/read-owed.ts';
import { readPromiseRecord } from '../../src/domain/incidents/promises/read-promise-record.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { referIncident } from '../../src/domain/incidents/restricted/refer-incident.ts';
import { releaseIncident } from '../../src/domain/incidents/restricted/release-incident.ts';
import { listOwnTokens } from '../../src/domain/people/tokens/list-tokens.ts';
import { readDue } from '../../src/domain/reports/due/read-due.ts';
import { describeEachEngine } from '../support/engines.ts';
import { inPlaceOfCsup, open, plan, type StatusPage, statusPage } from '../support/incidents.ts';
import { asUser, minutesLater } from '../support/world.ts';

const reason = 'As many customers report';
const ids = (of: readonly { id: string }[]) => of.map(({ id }) => id);
/** What was promised then and is still owed counts for the month before. */
const monthAgo = -31 * 24 * 60;

describeEachEngine('the desk’s first page', (bench) => {
  /** Something in each list, and incidents that stand in two and three of them. */
  async function filled(page: StatusPage) {
    const { csup, sre, security, engineer } = page;
    const watcher = await asUser(bench.store, ['security', 'sre']);
    const old = await open(minutesLater(csup, monthAgo));
    const [p1, p0] = [await open(csup), await open(minutesLater(csup, 1))];
    await classifyIncident(minutesLater(sre, 2), p1.id, { priority: 'P1', reason });
    await classifyIncident(minutesLater(sre, 3), p0.id, { priority: 'P0', reason });
    await escalate(minutesLater(sre, 35), p1.id, { target: 'internal', toWhom: 'Area owner', text: 'Help' });
    await escalate(minutesLater(sre, 36), p1.id, { target: 'internal', toWhom: 'Area owner', text: 'More' });
    const planned = await plan(csup);
    // Held, so it is open and not public; restricted; known inside alone, one of them urgent.
    const held = await open(minutesLater(csup, 44), { holdSeconds: 60 });
    await classifyIncident(minutesLater(sre, 44), held.id, { priority: 'P1', reason });
    const secret = await open(security, { category: 'keys' });
    await classifyIncident(minutesLater(watcher, 4), secret.id, { priority: 'P1', reason });
    const released = await open(minutesLater(security, 5), { category: 'keys' });
    await referIncident(minutesLater(security, 5), released.id, { toWhom: 'Security on call' });
    const { version } = await readIncident(security, released.id);
    await releaseIncident(minutesLater(security, 6), released.id, { version, ...inPlaceOfCsup });
    await recordIncident(engineer, { category: 'api', internalTitle: 'Orders fail at night' });
    const next = await asUser(bench.store, ['csup', 'manager', 'admin']);
    await offerHandOver(minutesLater(csup, 30), { toId: next.actor.userId ?? '' });
    return { next, p1: p1.id, held: held.id, inOrder: ids([p0, p1, held, old, released, planned]) };
  }

  async function expectSame(context: Context) {
    const desk = await readDeskInside(context);
    const { open: opened, more, overdue, tiles } = await readDesk(context);
    expect(desk).toMatchObject({ open: opened, more, overdue, tiles });
    const { notPublic } = await listNotPublic(context);
    expect(desk.notPublic).toEqual(notPublic);
    expect(desk.due).toEqual(await readDue(context));
    const owed = await readOwed(context, opened);
    expect(desk.owed).toEqual(owed);
    expect(desk.handOvers).toEqual((await listHandOvers(context)).handOvers);
    const { audiences, firstUpdate } = await readPromiseRecord(context);
    if (desk.record) expect(desk.record).toEqual({ audiences, firstUpdate });
    return desk;
  }

  test('says what each list says by itself, to whom it is told', async () => {
    const page = await statusPage(bench.store);
    const { next, p1, held, inOrder } = await filled(page);
    const trusted = await asUser(bench.store, ['manager', 'security']);
    for (const context of [page.engineer, page.csup, page.sre, page.manager, page.security, trusted, next])
      await expectSame(minutesLater(context, 44));
    const desk = await expectSame(minutesLater(next, 44));
    // An incident that three lists name is in each of them, in its place.
    expect(ids(desk.open)).toEqual(inOrder);
    expect(ids(desk.notPublic)).toEqual([held, expect.any(String)]);
    expect(desk.due.due.filter(({ kind }) => kind === 'validation_waiting').map(({ id }) => id)).toContain(
      held,
    );
    expect(desk.handOvers[0]?.promises.length).toBeGreaterThan(1);
    expect(desk.record?.audiences).toMatchObject({
      customers: { kept: 0 },
      management: { open: 2 },
    });
    expect(desk.open.find(({ id }) => id === p1)?.escalatedAt).toEqual(minutesLater(page.csup, 36).now);
    expect((await expectSame(minutesLater(trusted, 44))).notPublic.length).toBeGreaterThan(2);
  });

  test('counts one’s own tokens that wait for a word, as their list does', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const at = (minutes: number) => minutesLater(csup, minutes).now;
    const token = (owner: Context, more: object) => ({
      id: newId(),
      userId: owner.actor.userId ?? '',
      name: 'Desk',
      tokenHash: newId(),
      roles: ['csup' as const],
      createdAt: at(1),
      ...more,
    });
    const { apiTokens, users } = bench.store.tables;
    const undecided = async () => (await readDeskInside(csup)).undecided;
    await bench.store.transaction(async ({ db }) => {
      await db
        .insert(apiTokens)
        .values([
          token(csup, {}),
          token(csup, { createdAt: at(5) }),
          token(csup, { createdAt: at(6) }),
          token(csup, { keptAt: at(6) }),
          token(csup, { keptAt: at(5) }),
          token(csup, { keptAt: at(4) }),
          token(csup, { revokedAt: at(2) }),
          token(sre, {}),
        ]);
    });
    expect(await undecided()).toBe(0);
    const changed = { passwordChangedAt: at(5) };
    await bench.store.transaction(({ db }) => db.update(users).set(changed));
    expect(await undecided()).toBe(3);
    expect((await listOwnTokens(csup)).filter(({ isUndecided }) => isUndecided)).toHaveLength(3);
  });
});
