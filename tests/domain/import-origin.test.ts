/** The origin belongs to the update, not to its incident. Input: a page that moves while an incident is open. */
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Context } from '../../src/domain/core/context.ts';
import { readDesk } from '../../src/domain/desk/read-desk.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { remindOfMaintenance } from '../../src/domain/incidents/maintenance/remind.ts';
import { switchAutomatic } from '../../src/domain/incidents/maintenance/switch-automatic.ts';
import { listNotices } from '../../src/domain/incidents/notices/list-notices.ts';
import { listPromises } from '../../src/domain/incidents/promises/list-promises.ts';
import { readOwed } from '../../src/domain/incidents/promises/read-owed.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import { listFreeText } from '../../src/domain/incidents/updates/list-free-text.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { reviewFreeText } from '../../src/domain/incidents/updates/review-free-text.ts';
import { readFeed } from '../../src/domain/public/read-feed.ts';
import { readHome } from '../../src/domain/public/read-home.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { listProposals } from '../../src/domain/reports/problems/list-proposals.ts';
import { describeEachEngine } from '../support/engines.ts';
import { asImporter, importFiles, importTexts, statuspageFixture } from '../support/imports.ts';
import { lastWords, say, statusPage } from '../support/incidents.ts';
import { minutesLater } from '../support/world.ts';
import { asAnybody, refusal } from './accounts-support.ts';

const file = 'imported-still-open.json';
/** An hour after the last update of the old page. */
const moved = new Date('2026-11-27T22:00:00.000Z');
const incident = 'kxdkl1d93016';
const window = 'fs3yyn0cwv4t';
const newestImported = 'dm4npqqmxp26';

type Edit = (file: {
  page: Record<string, unknown>;
  incidents: (Record<string, unknown> & { incident_updates: Record<string, unknown>[] })[];
  scheduled_maintenances: (Record<string, unknown> & { incident_updates: Record<string, unknown>[] })[];
}) => void;
/** The file as the old page would give it later. */
function later(edit: Edit): string {
  const copy = JSON.parse(statuspageFixture(file));
  edit(copy);
  return JSON.stringify(copy);
}
/** An update that the old page adds to the incident at `at`. */
const added = (id: string, status: string, at: string): Edit => {
  return ({ incidents: [first] }) => {
    if (!first) throw new Error('The file holds no incident.');
    first.status = status;
    first.updated_at = at;
    const times = { created_at: at, updated_at: at, display_at: at };
    first.incident_updates.unshift({ ...first.incident_updates[0], id, status, body: 'Neues.', ...times });
  };
};

describeEachEngine('an incident that was open when its page moved', (bench) => {
  async function takenOver() {
    const page = await statusPage(bench.store, moved);
    const { broken } = await importFiles(asImporter(bench.store, moved), file);
    expect(broken).toEqual([]);
    return page;
  }
  const anybody = (context: Context): Context => asAnybody(bench.store, context.now);
  const entries = async (context: Context) =>
    (await readFeed(anybody(context)))?.entries.map(({ update }) => update.id);
  const promised = async (context: Context) =>
    (await listPromises(context, incident))
      .filter(({ audience }) => audience === 'customers')
      .map(({ updateId, state }) => [updateId, state]);

  test('the page says "partly down", and so does the desk: open imported things stand on it', async () => {
    const { csup } = await takenOver();
    expect(await readHome(anybody(csup))).toMatchObject({
      active: [{ id: incident }],
      planned: [{ id: window }],
    });
    const desk = await readDesk(csup);
    expect(desk.open.map(({ id }) => id)).toEqual([incident, window]);
    expect(desk.tiles.filter(({ open }) => open?.id === incident)).toHaveLength(1);
  });

  test('updates written here reach the feeds, imported ones do not', async () => {
    const { csup } = await takenOver();
    expect(await entries(csup)).toEqual([]);
    const { updateId } = await say(minutesLater(csup, 1), incident, 'monitoring');
    expect(await entries(minutesLater(csup, 2))).toEqual([updateId]);
    const feed = await readFeed(anybody(minutesLater(csup, 2)), 'general');
    expect(feed?.entries.map(({ update }) => update.id)).toEqual([updateId]);
  });

  test('an update written here promises the next one, on the desk and in the record; imported ones promise nothing', async () => {
    const { csup } = await takenOver();
    expect(await promised(csup)).toEqual([]);
    const { updateId } = await say(minutesLater(csup, 1), incident, 'identified');
    expect(await promised(minutesLater(csup, 2))).toEqual([[updateId, 'open']]);
    const now = minutesLater(csup, 31);
    const desk = await readDesk(now);
    expect(desk.overdue.map(({ id }) => id)).toEqual([incident]);
    expect((await readOwed(now, desk.open)).promises).toMatchObject([
      { audience: 'customers', state: 'overdue' },
    ]);
    await say(minutesLater(csup, 40), incident, 'monitoring');
    expect((await promised(minutesLater(csup, 41)))[1]).toEqual([updateId, 'missed']);
  });

  test('classified here as P1, it owes management news and tells it; what ended elsewhere tells nobody', async () => {
    const { csup, sre, manager } = await takenOver();
    await importFiles(asImporter(bench.store, moved), 'incidents.json');
    const { incidents } = bench.store.tables;
    const [over] = await bench.store.read.select().from(incidents).where(eq(incidents.phase, 'resolved'));
    if (!over) throw new Error('The file holds nothing that is over.');
    await classifyIncident(minutesLater(sre, 1), over.id, { priority: 'P1', reason: 'It was for many' });
    expect(await listPromises(csup, over.id)).toEqual([]);
    await classifyIncident(minutesLater(sre, 1), incident, { priority: 'P1', reason: 'It is for many' });
    expect(await listPromises(csup, incident)).toMatchObject([{ audience: 'management', state: 'open' }]);
    await say(minutesLater(csup, 2), incident, 'monitoring');
    const told = (await listNotices(minutesLater(manager, 3))).notices
      .filter(({ kind }) => kind === 'started' || kind === 'phase_changed')
      .map(({ kind, subjectId }) => [kind, subjectId]);
    expect(told).toEqual([
      ['phase_changed', incident],
      ['started', incident],
    ]);
  });

  test('a manager reads free text written here; the imported is none of ours', async () => {
    const { csup, manager } = await takenOver();
    const { updateId } = await say(minutesLater(csup, 1), incident, 'monitoring');
    const now = minutesLater(manager, 2);
    expect((await listFreeText(now)).updates.map((text) => text.updateId)).toEqual([updateId]);
    expect(await reviewFreeText(now, updateId)).toEqual({ updateId });
    expect(await refusal(reviewFreeText(now, newestImported))).toMatchObject({ key: 'not_free_text' });
  });

  test('an end written here keeps its explanation when it is corrected', async () => {
    const { csup } = await takenOver();
    const { updateId } = await postUpdate(minutesLater(csup, 1), incident, lastWords);
    const emptied = correctUpdate(minutesLater(csup, 2), updateId, { texts: { en: { body: 'Over.' } } });
    expect(await refusal(emptied)).toMatchObject({ fields: ['texts.en.body: explanation_short'] });
  });

  test('"posted later" is said of updates written here, not of imported ones', async () => {
    const { csup } = await takenOver();
    const displayAt = minutesLater(csup, -30).now.toISOString();
    await say(minutesLater(csup, 1), incident, 'monitoring', { displayAt });
    const page = await readIncidentPage(anybody(minutesLater(csup, 2)), incident);
    expect(page?.incident.updates.map(({ isPostedLater }) => isPostedLater)).toEqual([true, false, false]);
  });

  test('is proposed for a problem, unlike what ended elsewhere', async () => {
    const { manager } = await takenOver();
    const ended = later(({ incidents: [first] }) => {
      if (!first) return;
      const id = 'r3s0lved0001';
      const [newest, oldest] = first.incident_updates;
      Object.assign(first, { id, status: 'resolved' });
      Object.assign(newest ?? {}, { id: 'r3s0lved0002', status: 'resolved', incident_id: id });
      Object.assign(oldest ?? {}, { id: 'r3s0lved0003', incident_id: id });
    });
    const { incidents } = await importTexts(asImporter(bench.store, moved), ended);
    expect(incidents.added).toBe(1);
    expect((await listProposals(manager)).unlinked.map(({ id }) => id)).toEqual([incident]);
  });

  test('the people on call are reminded of an imported maintenance', async () => {
    const { csup } = await takenOver();
    const { outbox } = bench.store.tables;
    const waiting = bench.store.read.select().from(outbox).where(eq(outbox.kind, 'remind-of-maintenance'));
    const [row] = await waiting;
    expect(row?.payload).toEqual({ incidentId: window, scheduledFor: '2026-11-29T04:00:00.000Z' });
    const before = { ...csup, now: new Date('2026-11-29T03:50:00.000Z') };
    await remindOfMaintenance(before, row?.payload);
    expect((await listNotices(before)).notices).toMatchObject([
      { kind: 'maintenance_reminder', subjectId: window },
    ]);
  });
});

describeEachEngine('a second import beside updates written here', (bench) => {
  const importer = (at: Date) => asImporter(bench.store, at);
  async function takenOver() {
    const page = await statusPage(bench.store, moved);
    await importFiles(importer(moved), file);
    return page;
  }

  test('neither overwrites nor doubles them', async () => {
    const { csup } = await takenOver();
    const now = minutesLater(csup, 10);
    const { updateId } = await postUpdate(now, incident, lastWords);
    const before = await readIncident(now, incident);
    const soon = minutesLater(csup, 20);
    const again = await importFiles(importer(soon.now), file);
    expect(again.incidents).toEqual({ added: 0, changed: 0, unchanged: 2 });
    await importTexts(importer(soon.now), later(added('zzzzzzzzzzz1', 'identified', '2026-11-27T21:30:00Z')));
    const after = await readIncident(soon, incident);
    expect(after.updates.map(({ id }) => id)).toEqual([
      updateId,
      'zzzzzzzzzzz1',
      newestImported,
      'vyhmsp1tjykm',
    ]);
    expect(after).toMatchObject({ phase: 'resolved', resolvedAt: before.resolvedAt, impact: before.impact });
    expect(after.updatedAt.getTime()).toBeGreaterThanOrEqual(before.updatedAt.getTime());
    expect(after.updates[0]?.texts).toEqual(before.updates[0]?.texts);
  });

  test('the window that was moved here stays, also when the old page moves its own', async () => {
    const { csup } = await takenOver();
    const own = { scheduledFor: '2026-11-30T04:00:00.000Z', scheduledUntil: '2026-11-30T06:00:00.000Z' };
    await say(minutesLater(csup, 1), window, 'scheduled', own);
    const elsewhere = later(({ scheduled_maintenances: [first] }) => {
      Object.assign(first ?? {}, {
        scheduled_for: '2026-12-01T04:00:00.000Z',
        scheduled_until: '2026-12-01T06:00:00.000Z',
        updated_at: '2026-11-27T22:30:00.000Z',
      });
    });
    await importTexts(importer(minutesLater(csup, 60).now), elsewhere);
    const { scheduledFor, scheduledUntil, startedAt } = await readIncident(minutesLater(csup, 61), window);
    expect([scheduledFor, scheduledUntil, startedAt].map((at) => at?.toISOString())).toEqual([
      own.scheduledFor,
      own.scheduledUntil,
      own.scheduledFor,
    ]);
  });

  test('a window nobody touched here moves with its source, and what it planned for itself with it', async () => {
    const { csup } = await takenOver();
    await switchAutomatic(minutesLater(csup, 1), window, { isAutomatic: true });
    const scheduled_for = '2026-12-01T04:00:00.000Z';
    const scheduled_until = '2026-12-01T06:00:00.000Z';
    const elsewhere = later(({ scheduled_maintenances: [first] }) => {
      Object.assign(first ?? {}, {
        scheduled_for,
        scheduled_until,
        updated_at: '2026-11-27T22:30:00.000Z',
      });
    });
    await importTexts(importer(minutesLater(csup, 60).now), elsewhere);
    const found = await readIncident(minutesLater(csup, 61), window);
    expect([found.phase, found.scheduledFor?.toISOString()]).toEqual(['scheduled', scheduled_for]);
    expect(found.planned.map(({ publishedAt }) => publishedAt.toISOString())).toEqual([
      scheduled_for,
      scheduled_until,
    ]);
  });

  test('news from the old page ends the promise made here at the moment it is taken over, and makes none', async () => {
    const { csup } = await takenOver();
    await say(minutesLater(csup, 1), incident, 'identified');
    const taken = minutesLater(csup, 20);
    await importTexts(
      importer(taken.now),
      later(added('zzzzzzzzzzz1', 'monitoring', '2026-11-27T22:10:00Z')),
    );
    const found = await listPromises(minutesLater(csup, 60), incident);
    expect(found).toMatchObject([{ answeredAt: taken.now, state: 'kept' }]);
  });

  test('what is closed here is not opened again by its source', async () => {
    const { csup } = await takenOver();
    await postUpdate(minutesLater(csup, 1), incident, lastWords);
    await bench.store.transaction(({ db, tables }) =>
      db.update(tables.incidents).set({ closedAt: moved }).where(eq(tables.incidents.id, incident)),
    );
    const { broken } = await importTexts(
      importer(minutesLater(csup, 60).now),
      later(added('zzzzzzzzzzz1', 'monitoring', '2026-11-27T22:40:00Z')),
    );
    expect(broken).toMatchObject([
      { reason: 'It is closed here, and its source says that it goes on; nothing of it was taken.' },
    ]);
    expect((await readIncident(minutesLater(csup, 61), incident)).phase).toBe('resolved');
  });
});
