/** What waits with a held update of a maintenance: it is lost in no order of jobs, holds and switches. */
import { expect, test } from 'vitest';
import type { Context } from '../../src/domain/core/context.ts';
import { previewUpdate } from '../../src/domain/desk/preview-update.ts';
import { readComposer } from '../../src/domain/desk/read-composer.ts';
import { switchAutomatic } from '../../src/domain/incidents/maintenance/switch-automatic.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { publishNow } from '../../src/domain/incidents/updates/publish-now.ts';
import { undoUpdate } from '../../src/domain/incidents/updates/undo-update.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { describeEachEngine } from '../support/engines.ts';
import { edges, latest, plan, say, statusPage } from '../support/incidents.ts';
import { runJobs } from '../support/outbox.ts';
import { iso, minutesLater } from '../support/world.ts';
import { asAnybody } from './accounts-support.ts';

const seconds = (context: Context, count: number): Context => minutesLater(context, count / 60);

const longer = (context: Context, until = 150, more: object = {}) => ({
  occasion: 'extended',
  slots: { reason: 'one_step' },
  scheduledUntil: iso(context, until),
  holdSeconds: 10,
  ...more,
});

describeEachEngine('R-020: the reminder of what is held', (bench) => {
  const told = async () => {
    const { notices } = bench.store.tables;
    const rows = await bench.store.read.select().from(notices).orderBy(notices.createdAt);
    return rows.map(({ incidentId, reference }) => [incidentId, reference]);
  };

  test('the reminder of a rescheduled maintenance comes when the reschedule was held', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await plan(csup, 600, 660);
    const times = { scheduledFor: iso(csup, 30), scheduledUntil: iso(csup, 60) };
    await postUpdate(csup, id, { occasion: 'scheduled', ...times, holdSeconds: 10 });
    for (const second of [0, 5, 9]) await runJobs(bench.store, seconds(csup, second).now);
    expect(await told()).toEqual([]);
    for (const second of [10, 11, 12, 600]) await runJobs(bench.store, seconds(csup, second).now);
    expect(await told()).toEqual([[id, iso(csup, 30)]]);
  });

  test('a held first announcement reminds nobody before it is public, and everybody then, also when published now', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await plan(csup, 30, 60, { holdSeconds: 30 });
    for (const second of [0, 29]) await runJobs(bench.store, seconds(csup, second).now);
    expect(await told()).toEqual([]);
    for (const second of [30, 31]) await runJobs(bench.store, seconds(csup, second).now);
    expect(await told()).toEqual([[id, iso(csup, 30)]]);
    const { id: atOnce, updateId } = await plan(seconds(csup, 40), 40, 60, { holdSeconds: 30 });
    await publishNow(seconds(csup, 41), updateId);
    await runJobs(bench.store, seconds(csup, 42).now);
    expect((await told()).map(([incidentId]) => incidentId)).toEqual([id, atOnce]);
  });

  test('after an undo nobody is reminded of what was taken back', async () => {
    const { csup } = await statusPage(bench.store);
    const announced = await plan(csup, 30, 60, { holdSeconds: 30 });
    await undoUpdate(seconds(csup, 5), announced.updateId);
    const { id } = await plan(csup, 120, 180);
    const times = { scheduledFor: iso(csup, 30), scheduledUntil: iso(csup, 60) };
    const moved = await postUpdate(csup, id, { occasion: 'scheduled', ...times, holdSeconds: 10 });
    await undoUpdate(seconds(csup, 5), moved.updateId);
    for (const minute of [1, 2, 29]) await runJobs(bench.store, minutesLater(csup, minute).now);
    expect(await told()).toEqual([]);
    await runJobs(bench.store, minutesLater(csup, 60).now);
    expect(await told()).toEqual([[id, iso(csup, 120)]]);
  });
});

describeEachEngine('R-020: a held extension or reschedule is not lost', (bench) => {
  const phase = async (context: Context, id: string) =>
    (await readIncidentPage({ ...asAnybody(bench.store), now: context.now }, id))?.incident.phase;

  async function running() {
    const page = await statusPage(bench.store);
    const { id } = await plan(page.csup, 60, 120, { isAutomatic: true });
    await runJobs(bench.store, page.csup.now);
    await runJobs(bench.store, minutesLater(page.csup, 60).now);
    const end = minutesLater(page.csup, 120);
    return { ...page, id, end };
  }

  test('a note is held, then an extension is held, jobs on time: the job of the note keeps the new end', async () => {
    const { csup, id, end } = await running();
    await say(seconds(end, -12), id, 'in_progress', { holdSeconds: 10 });
    await postUpdate(seconds(end, -11), id, longer(csup, 150, { holdSeconds: 60 }));
    await runJobs(bench.store, seconds(end, -1).now);
    expect(await edges(seconds(end, -1), id)).toEqual([['completed', iso(csup, 150)]]);
    await runJobs(bench.store, seconds(end, 1).now);
    expect(await phase(seconds(end, 2), id)).toBe('in_progress');
    expect((await readIncident(seconds(end, 60), id)).scheduledUntil).toEqual(minutesLater(csup, 150).now);
    expect(await phase(minutesLater(csup, 150), id)).toBe('completed');
  });

  test('server away over the old end: a held extension and a later note keep the new end', async () => {
    const { csup, id, end } = await running();
    await postUpdate(seconds(end, -15), id, longer(csup));
    await say(seconds(end, -14), id, 'in_progress', { holdSeconds: 10 });
    expect(await edges(seconds(end, -14), id)).toEqual([['completed', iso(csup, 150)]]);
    expect(await phase(seconds(end, 1), id)).toBe('in_progress');
    await runJobs(bench.store, seconds(end, 20).now);
    expect(await edges(seconds(end, 20), id)).toEqual([['completed', iso(csup, 150)]]);
    expect(await phase(seconds(end, 20), id)).toBe('in_progress');
  });

  test('automatic switched off and on during the hold: it completes itself at the new end', async () => {
    const { csup, id, end } = await running();
    await postUpdate(seconds(end, -5), id, longer(csup));
    await switchAutomatic(seconds(end, -4), id, { isAutomatic: false });
    expect(await edges(seconds(end, -4), id)).toEqual([]);
    await switchAutomatic(seconds(end, -3), id, { isAutomatic: true });
    expect(await edges(seconds(end, -3), id)).toEqual([['completed', iso(csup, 150)]]);
    expect(await phase(end, id)).toBe('in_progress');
  });

  test('automatic switched off while the announcement or an update that switches it on is held: it stays off', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await plan(csup, 60, 120, { isAutomatic: true, holdSeconds: 30 });
    await switchAutomatic(seconds(csup, 10), id, { isAutomatic: false });
    await runJobs(bench.store, seconds(csup, 31).now);
    expect(await readIncident(seconds(csup, 31), id)).toMatchObject({ isAutomatic: false, planned: [] });
    await say(minutesLater(csup, 1), id, 'scheduled', { isAutomatic: true, holdSeconds: 30 });
    expect(await edges(seconds(csup, 70), id)).toHaveLength(2);
    await switchAutomatic(seconds(csup, 71), id, { isAutomatic: false });
    expect(await edges(seconds(csup, 71), id)).toEqual([]);
    await runJobs(bench.store, minutesLater(csup, 2).now);
    expect(await readIncident(minutesLater(csup, 2), id)).toMatchObject({ isAutomatic: false, planned: [] });
  });

  test('a reschedule is held, then another post: both edges move, and the post says the new window', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await plan(csup, 60, 120, { isAutomatic: true });
    const now = seconds(minutesLater(csup, 60), -12);
    const times = { scheduledFor: iso(csup, 300), scheduledUntil: iso(csup, 360) };
    await postUpdate(now, id, { occasion: 'scheduled', ...times, holdSeconds: 10 });
    await postUpdate(seconds(now, 1), id, { occasion: 'scheduled', holdSeconds: 10 });
    const moved = [
      ['in_progress', iso(csup, 300)],
      ['completed', iso(csup, 360)],
    ];
    expect(await edges(seconds(now, 2), id)).toEqual(moved);
    expect((await latest(seconds(now, 2), id)).texts.en?.body).toContain('08:12–09:12 CET');
    await runJobs(bench.store, minutesLater(csup, 61).now);
    expect(await phase(minutesLater(csup, 61), id)).toBe('scheduled');
    expect(await edges(minutesLater(csup, 61), id)).toEqual(moved);
    expect(await readIncident(minutesLater(csup, 61), id)).toMatchObject({
      startedAt: minutesLater(csup, 300).now,
      scheduledUntil: minutesLater(csup, 360).now,
    });
  });

  test('the preview of a post after a held reschedule says the new window, as the post will', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await plan(csup, 60, 120);
    const times = { scheduledFor: iso(csup, 300), scheduledUntil: iso(csup, 360) };
    await postUpdate(csup, id, { occasion: 'scheduled', ...times, holdSeconds: 10 });
    const now = seconds(csup, 1);
    const composer = await readComposer(now, { incident: id, occasion: 'scheduled' });
    const { composition } = await previewUpdate(now, composer, {});
    expect(composition.texts.en?.body).toContain('08:12–09:12 CET');
  });

  test('two held extensions in a row: the second one counts', async () => {
    const { csup, id, end } = await running();
    await postUpdate(seconds(end, -15), id, longer(csup, 150));
    await postUpdate(seconds(end, -14), id, longer(csup, 180));
    await runJobs(bench.store, seconds(end, 10).now);
    expect((await readIncident(seconds(end, 10), id)).scheduledUntil).toEqual(minutesLater(csup, 180).now);
    expect(await edges(seconds(end, 10), id)).toEqual([['completed', iso(csup, 180)]]);
  });

  test('undo of a later note, and publishing the earlier one now, keep the new end', async () => {
    const { csup, id, end } = await running();
    const earlier = await say(seconds(end, -30), id, 'in_progress', { holdSeconds: 10 });
    await postUpdate(seconds(end, -29), id, longer(csup));
    const note = await say(seconds(end, -28), id, 'in_progress', { holdSeconds: 10 });
    await undoUpdate(seconds(end, -27), note.updateId);
    expect(await edges(seconds(end, -27), id)).toEqual([['completed', iso(csup, 150)]]);
    await publishNow(seconds(end, -26), earlier.updateId);
    expect(await edges(seconds(end, -26), id)).toEqual([['completed', iso(csup, 150)]]);
    expect((await readIncident(seconds(end, -26), id)).scheduledUntil).toEqual(end.now);
  });

  test('a held manual start that is published now has started then, not in the future', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await plan(csup, 5, 60);
    const { updateId } = await postUpdate(csup, id, { occasion: 'in_progress', holdSeconds: 60 });
    await say(seconds(csup, 1), id, 'in_progress', { holdSeconds: 60 });
    await publishNow(seconds(csup, 2), updateId);
    const [row] = await bench.store.read.select().from(bench.store.tables.incidents);
    expect(row?.startedAt).toEqual(seconds(csup, 2).now);
    await runJobs(bench.store, minutesLater(csup, 2).now);
    expect((await readIncident(minutesLater(csup, 2), id)).startedAt).toEqual(seconds(csup, 2).now);
    const begun = await plan(csup, 5, 60, { occasion: 'in_progress', holdSeconds: 60 });
    await publishNow(seconds(csup, 2), begun.updateId);
    expect((await readIncident(seconds(csup, 2), begun.id)).startedAt).toEqual(seconds(csup, 2).now);
  });

  test('undo of the held extension itself gives the old end back', async () => {
    const { csup, id, end } = await running();
    const { updateId } = await postUpdate(seconds(end, -30), id, longer(csup));
    await undoUpdate(seconds(end, -29), updateId);
    expect(await edges(seconds(end, -29), id)).toEqual([['completed', iso(csup, 120)]]);
  });
});
