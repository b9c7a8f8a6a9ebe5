import { expect, test } from 'vitest';
import type { Priority } from '../../db/words.ts';
import { verifyAudit } from '../../src/domain/core/audit/verify.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { changeSettings } from '../../src/domain/core/settings/change-settings.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { describeEachEngine } from '../support/engines.ts';
import { latest, open, plan, say, statusPage } from '../support/incidents.ts';
import { minutesLater } from '../support/world.ts';
import { audits, refusal, refusedFor } from './accounts-support.ts';

const minutes = (from: Context, until: Date | null): number | null =>
  until === null ? null : (until.getTime() - from.now.getTime()) / 60_000;

/** Minutes until the promised update after a post of `phase`, as stored and as the incident shows them. */
async function promised(context: Context, id: string, phase: string, more: object = {}) {
  await say(context, id, phase, more);
  const update = await latest(context, id);
  const { nextUpdateBy } = await readIncident(context, id);
  expect(nextUpdateBy).toEqual(update.nextUpdateBy);
  expect((await readIncidentPage(context, id))?.incident.nextUpdateBy).toEqual(nextUpdateBy);
  return [minutes(context, update.nextUpdateBy), update.promiseMinutes];
}

describeEachEngine('R-063: the promise of the next update', (bench) => {
  const table: [Priority | 'not reviewed', number | null][] = [
    ['P0', 15],
    ['P1', 30],
    ['P2', 60],
    ['P3', null],
    ['not reviewed', 30],
  ];
  test('follows priority and phase; monitoring doubles, and nothing is promised after the end', async () => {
    const { csup, sre } = await statusPage(bench.store);
    for (const [priority, normal] of table) {
      const { id } = await open(csup);
      if (priority !== 'not reviewed')
        await classifyIncident(sre, id, { priority, reason: 'As the table says' });
      const doubled = normal === null ? null : normal * 2;
      const rows = [];
      for (const [at, phase] of [
        'investigating',
        'identified',
        'monitoring',
        'resolved',
        'investigating',
      ].entries()) {
        rows.push([phase, ...(await promised(minutesLater(csup, at + 1), id, phase))]);
      }
      expect([priority, rows]).toEqual([
        priority,
        [
          ['investigating', normal, normal],
          ['identified', normal, normal],
          ['monitoring', doubled, doubled],
          ['resolved', null, null],
          ['investigating', normal, normal],
        ],
      ]);
    }
  });

  test('stands with the first update, half an hour ahead, because nobody reviewed it', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const update = await latest(csup, id);
    expect([minutes(csup, update.nextUpdateBy), update.promiseMinutes]).toEqual([30, 30]);
  });

  test('counts from publication, also when the update is held or tells of an earlier time', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const now = minutesLater(csup, 10);
    await say(now, id, 'identified', { displayAt: minutesLater(csup, 5).now.toISOString() });
    expect(minutes(now, (await latest(now, id)).nextUpdateBy)).toBe(30);
    await say(now, id, 'identified', { holdSeconds: 30 });
    expect(minutes(now, (await latest(now, id)).nextUpdateBy)).toBe(30.5);
  });

  test('can be given, also where nothing would be promised, but not for the past', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await open(csup);
    await classifyIncident(sre, id, { priority: 'P3', reason: 'Cosmetic' });
    const now = minutesLater(csup, 1);
    const at = (ahead: number) => minutesLater(now, ahead).now.toISOString();
    expect(await promised(now, id, 'identified', { nextUpdateBy: at(45) })).toEqual([45, 45]);
    expect(await refusal(say(now, id, 'identified', { nextUpdateBy: at(0) }))).toEqual(
      refusedFor('nextUpdateBy: in_past'),
    );
    expect(await refusal(say(now, id, 'identified', { nextUpdateBy: at(0.25), holdSeconds: 15 }))).toEqual(
      refusedFor('nextUpdateBy: in_past'),
    );
  });

  test('follows the settings', async () => {
    const { csup, admin } = await statusPage(bench.store);
    await changeSettings(admin, { promise_minutes_not_reviewed: 7 });
    const { id } = await open(csup);
    expect(await promised(minutesLater(csup, 1), id, 'monitoring')).toEqual([14, 14]);
  });

  test('of a maintenance: none before it starts, its end while it runs, the priority’s minutes once that is past', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await plan(csup, 60, 120);
    expect((await latest(csup, id)).nextUpdateBy).toBeNull();
    const at = (minute: number) => minutesLater(csup, minute);
    expect(await promised(at(10), id, 'scheduled')).toEqual([null, null]);
    expect((await promised(at(60), id, 'in_progress'))[0]).toBe(60);
    expect((await promised(at(90), id, 'verifying'))[0]).toBe(30);
    expect(await promised(at(125), id, 'verifying')).toEqual([30, 30]);
    const newEnd = at(180).now.toISOString();
    await postUpdate(at(126), id, { occasion: 'extended', slots: { new_end: newEnd, reason: 'one_step' } });
    expect((await readIncident(at(126), id)).nextUpdateBy).toEqual(at(180).now);
    expect(await promised(at(150), id, 'completed')).toEqual([null, null]);
  });
});

describeEachEngine('classifying', (bench) => {
  test('R-037: sets the priority with a reason, once reviewed always reviewed; it is audited and tells the world nothing; only a P0 says that a report follows', async () => {
    const { csup, sre, manager } = await statusPage(bench.store);
    const { id } = await open(csup);
    const before = await readIncidentPage(csup, id);
    const tags: unknown[] = [];
    const stop = bench.store.onChange((changed) => tags.push(changed));
    const soon = minutesLater(sre, 3);
    expect(await classifyIncident(soon, id, { priority: 'P2', reason: 'Some do not get in' })).toEqual({
      id,
    });
    await classifyIncident(manager, id, { priority: 'P3', reason: 'It was a drill of a customer' });
    expect(await readIncident(csup, id)).toMatchObject({ priority: 'P3', isReviewed: true });
    expect(tags).toEqual([]);
    expect(await readIncidentPage(csup, id)).toEqual(before);
    expect(JSON.stringify(before)).not.toMatch(/priority|P[0-3]"|isReviewed/);
    const entries = (await audits(bench.store)).filter((entry) => entry.action === 'incident.classified');
    expect(entries).toMatchObject([
      {
        actorId: sre.actor.userId,
        subjectId: id,
        at: soon.now,
        change: {
          before: { priority: 'P3', isReviewed: false },
          after: { priority: 'P2', isReviewed: true },
          reason: 'Some do not get in',
        },
      },
      { actorId: manager.actor.userId, change: { before: { priority: 'P2' }, after: { priority: 'P3' } } },
    ]);
    expect((await verifyAudit(bench.store)).brokenAt).toBeNull();
    await classifyIncident(sre, id, { priority: 'P0', reason: 'Nobody gets in' });
    stop();
    const kinds = (set: unknown): string[] =>
      [...(set as Set<string>)].map((tag) => tag.split(':')[0] ?? '').sort();
    expect(tags.map(kinds)).toEqual([['category', 'incident', 'incidents']]);
    expect(JSON.stringify(await readIncidentPage(csup, id))).not.toMatch(/priority|P[0-3]"|isReviewed/);
  });

  test('R-002: incidents and maintenances carry any of the four priorities', async () => {
    const { csup, sre } = await statusPage(bench.store);
    for (const begin of [() => open(csup), () => plan(csup)]) {
      for (const priority of ['P0', 'P1', 'P2', 'P3']) {
        const { id } = await begin();
        await classifyIncident(sre, id, { priority, reason: 'As the table says' });
        expect(await readIncident(csup, id)).toMatchObject({ priority, isReviewed: true });
      }
    }
  });

  test('a promise that was made stays; the next one follows the new priority', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await open(csup);
    await classifyIncident(minutesLater(sre, 1), id, { priority: 'P0', reason: 'Nobody gets in' });
    const after = minutesLater(csup, 2);
    expect((await readIncident(after, id)).nextUpdateBy).toEqual(minutesLater(csup, 30).now);
    expect(await promised(after, id, 'identified')).toEqual([15, 15]);
  });

  test('R-037: each of these is refused by name, P4 among them', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await open(csup);
    const reason = 'Because';
    const table: [object, ...string[]][] = [
      [{ reason }, 'priority: required'],
      [{ reason, priority: 'P4' }, 'priority: not_one_of'],
      [{ reason, priority: 'p0' }, 'priority: not_one_of'],
      [{ reason, priority: null }, 'priority: not_one_of'],
      [{ priority: 'P0' }, 'reason: required'],
      [{ priority: 'P0', reason: ' ' }, 'reason: required'],
      [
        { priority: 'P0', reason: 'No other reason'.repeat(1_001) },
        'reason: too_long',
        'reason: reason_thin',
      ],
      [{ priority: 'P0', reason, isReviewed: false }, 'isReviewed: unknown_field'],
    ];
    const answers = [];
    for (const [wrong] of table) answers.push([wrong, await refusal(classifyIncident(sre, id, wrong))]);
    expect(answers).toEqual(table.map(([wrong, ...fields]) => [wrong, refusedFor(...fields)]));
  });
});
