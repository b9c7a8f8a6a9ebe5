/** What a list leaves out is told, and what it shows is what is most overdue; on both engines. */
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import { readSettings } from '../../src/domain/core/settings/read-settings.ts';
import { readDesk } from '../../src/domain/desk/read-desk.ts';
import { acceptHandOver } from '../../src/domain/incidents/hand-overs/accept-hand-over.ts';
import { listHandOvers } from '../../src/domain/incidents/hand-overs/list-hand-overs.ts';
import { offerHandOver } from '../../src/domain/incidents/hand-overs/offer-hand-over.ts';
import { listNotPublic } from '../../src/domain/incidents/not-public/list-not-public.ts';
import { recordIncident } from '../../src/domain/incidents/not-public/record-incident.ts';
import { listNotices } from '../../src/domain/incidents/notices/list-notices.ts';
import { readDigest } from '../../src/domain/incidents/read-digest.ts';
import { listFreeText } from '../../src/domain/incidents/updates/list-free-text.ts';
import { listStandIns } from '../../src/domain/incidents/updates/list-stand-ins.ts';
import { readRoster } from '../../src/domain/people/roster/read-roster.ts';
import { readDue } from '../../src/domain/reports/due/read-due.ts';
import { readDueItems, readDueMeetings } from '../../src/domain/reports/due/read-due-follow-up.ts';
import { readDueReports } from '../../src/domain/reports/due/read-due-reports.ts';
import { readDueValidations } from '../../src/domain/reports/due/read-due-validations.ts';
import { listReports } from '../../src/domain/reports/list-reports.ts';
import { listMeetings } from '../../src/domain/reports/meetings/list-meetings.ts';
import { listLinkable, listProposals } from '../../src/domain/reports/problems/list-proposals.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import {
  copyIncidents,
  copyItems,
  copyMeetings,
  copyReports,
  plantHandOvers,
  plantNotices,
} from '../support/beyond-limits.ts';
import { describeEachEngine } from '../support/engines.ts';
import { open, statusPage } from '../support/incidents.ts';
import { plantIncidents } from '../support/many-incidents.ts';
import { publishedReport, resolvedP0 } from '../support/reports.ts';
import { asUser, minutesLater } from '../support/world.ts';

const zone = 'Europe/Berlin';
const day = 24 * 60;

describeEachEngine('beyond its limit', (bench) => {
  test('a list of priorities to validate says how many are left out, and names the oldest', async () => {
    const { csup, manager } = await statusPage(bench.store);
    await open(csup);
    const ids = await copyIncidents(bench.store, 103, (at) => ({
      priority: 'P1',
      isReviewed: true,
      startedAt: minutesLater(csup, -at).now,
    }));
    const { due, more } = await readDueValidations(manager);
    expect([due.length, more, due[0]?.id]).toEqual([100, 3, ids.at(-1)]);
    expect((await readDue(manager)).more).toBe(3);
  });

  test('a list of reports due says how many are left out, and those of others hide none of one’s own', async () => {
    const people = await statusPage(bench.store);
    const { engineer, sre } = people;
    const incident = await resolvedP0(people);
    const long = minutesLater(engineer, 30 * day);
    await saveReport(engineer, incident, { owner: engineer.actor.userId });
    const others = { ownerId: sre.actor.userId, dueAt: engineer.now };
    await copyReports(bench.store, 501, () => others);
    const own = await readDueReports(long, zone);
    expect([own.due.map(({ isOwn }) => isOwn), own.more]).toEqual([[true], 0]);
    const all = await readDueReports({ ...long, actor: sre.actor }, zone);
    expect([all.due.length, all.more]).toEqual([500, 1]);
  });

  test('a list of meetings due says how many are left out, and those of others hide none of one’s own', async () => {
    const people = await statusPage(bench.store);
    const { manager } = people;
    await publishedReport(people);
    const lead = await asUser(bench.store, ['manager']);
    const others = { leadId: lead.actor.userId, dueAt: manager.now };
    await copyMeetings(bench.store, 503, () => others);
    const own = await readDueMeetings(minutesLater(manager, 130));
    expect([own.due.length, own.more]).toEqual([1, 0]);
    const all = await readDueMeetings(minutesLater(lead, 130));
    expect([all.due.length, all.more]).toEqual([500, 4]);
  });

  test('a list of actions due says how many are left out', async () => {
    const people = await statusPage(bench.store);
    await publishedReport(people);
    await copyItems(bench.store, 503, () => ({ dueOn: '2026-11-20' }));
    const engineer = minutesLater(people.engineer, 130);
    const { due, more } = await readDueItems(engineer, await readSettings(bench.store));
    expect([due.length, more]).toEqual([500, 3]);
  });

  test('a list of meetings says how many are left out, and its figures are of all', async () => {
    const people = await statusPage(bench.store);
    const manager = minutesLater(people.manager, 130);
    await publishedReport(people);
    await copyMeetings(bench.store, 503, () => ({ heldAt: manager.now, sharing: ['training'] }));
    const { meetings, more, record } = await listMeetings(manager);
    expect([meetings.length, more, record.held, record.of.training]).toEqual([500, 4, 503, 503]);
  });

  test('a list of reports says how many are left out, owed and published, and names the soonest due', async () => {
    const people = await statusPage(bench.store);
    const { manager } = people;
    const { report } = await publishedReport(people);
    await copyReports(bench.store, 102, (at) => ({ publishedAt: minutesLater(manager, -at).now }));
    const isOwed = { state: 'owed' as const, isRequired: true, publishedAt: null };
    await copyReports(bench.store, 1_002, (at) => ({ ...isOwed, dueAt: at === 7 ? manager.now : null }));
    const { owed, published, more } = await listReports(minutesLater(manager, 200));
    expect([owed.length, published.length, more]).toEqual([1_000, 100, { owed: 2, published: 3 }]);
    expect([owed[0]?.dueAt, published[0]?.id]).toEqual([manager.now, report]);
  });

  test('a list of incidents without a problem, or to be linked to one, says how many are left out', async () => {
    const people = await statusPage(bench.store);
    const { engineer } = people;
    await resolvedP0(people);
    const planted = { count: 203, updates: 2, days: 20, now: engineer.now };
    await plantIncidents(bench.store, planted);
    const { unlinked, more } = await listProposals(minutesLater(engineer, 100));
    expect([unlinked.length, more]).toEqual([200, 3]);
    const [problem] = await bench.store.read.select().from(bench.store.tables.problems);
    const inCategory = await bench.store.read.$count(
      bench.store.tables.incidents,
      eq(bench.store.tables.incidents.categoryId, problem?.categoryId ?? ''),
    );
    const linkable = await listLinkable(engineer, problem ?? { id: '', categoryId: '', isRestricted: false });
    // The one that it names already is not offered.
    expect([linkable.linkable.length, linkable.more]).toEqual([50, inCategory - 1 - 50]);
    expect(linkable.more).toBeGreaterThan(0);
  });

  test('a list of notices says how many are left out', async () => {
    const { csup, engineer } = await statusPage(bench.store);
    await open(csup);
    await plantNotices(bench.store, 53, String(engineer.actor.userId), engineer.now);
    const { notices, more } = await listNotices(engineer, { unseen: 'true' });
    expect([notices.length, more]).toEqual([50, 3]);
    expect((await listNotices(engineer, { limit: 53 })).more).toBe(0);
  });

  test('a list of hand-overs says how many are left out, and names what waits, however old', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const [fromId, toId] = [String(csup.actor.userId), String(sre.actor.userId)];
    const { id } = await offerHandOver(csup, { toId });
    await plantHandOvers(bench.store, 22, { fromId, toId, after: csup.now });
    const { handOvers, more } = await listHandOvers(sre);
    expect([handOvers.length, more, handOvers[0]?.id]).toEqual([20, 3, id]);
    await acceptHandOver(minutesLater(sre, 60), id);
    expect((await listHandOvers(sre, id)).handOvers.map((offer) => offer.id)).toEqual([id]);
  });

  test('a list of shifts says how many are left out, and names the next ones', async () => {
    const { csup } = await statusPage(bench.store);
    const shifts = Array.from({ length: 1_003 }, (_, at) => ({
      id: newId(),
      duty: 'csup' as const,
      userId: String(csup.actor.userId),
      startsAt: minutesLater(csup, (1_002 - at) * 60).now,
      endsAt: minutesLater(csup, (1_003 - at) * 60).now,
      createdAt: csup.now,
    }));
    await bench.store.transaction(({ db, tables }) => db.insert(tables.rosterShifts).values(shifts));
    const roster = await readRoster(csup);
    expect([roster.shifts.length, roster.more, roster.now[0]?.id]).toEqual([1_000, 3, shifts.at(-1)?.id]);
  });

  test('a list of free text and a list of who stood in say how many are left out', async () => {
    const { csup, manager } = await statusPage(bench.store);
    const { tables } = bench.store;
    const [incidentId = ''] = await plantIncidents(bench.store, {
      count: 101,
      updates: 2,
      days: 5,
      now: csup.now,
    });
    const standIns = Array.from({ length: 103 }, () => ({
      id: newId(),
      incidentId,
      act: 'update' as const,
      reason: 'CSUP is at another incident.',
      createdAt: csup.now,
    }));
    await bench.store.transaction(async ({ db }) => {
      await db.update(tables.incidentUpdates).set({ isFreeText: true });
      await db.insert(tables.standIns).values(standIns);
    });
    const { updates, more } = await listFreeText(manager);
    expect([updates.length, more]).toEqual([200, 2]);
    const told = await listStandIns(csup);
    expect([told.standIns.length, told.more]).toEqual([100, 3]);
  });

  test('a list of what is not public, the digest and the desk say how many are left out', async () => {
    const { csup, engineer } = await statusPage(bench.store);
    await recordIncident(csup, { category: 'api', internalTitle: 'Orders fail at night' });
    await copyIncidents(bench.store, 202, () => ({}));
    const hidden = await listNotPublic(engineer);
    expect([hidden.notPublic.length, hidden.more]).toEqual([200, 3]);
    await bench.store.transaction(({ db, tables }) =>
      db.update(tables.incidents).set({ priority: 'P0', isReviewed: true, affectsCustomers: false }),
    );
    const { lines, more } = await readDigest(engineer);
    expect([lines.length, more]).toEqual([200, 3]);
    expect((await readDesk(engineer)).more).toBe(3);
  });
});
