import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verifyAudit } from '../../src/domain/core/audit/verify.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { readDesk } from '../../src/domain/desk/read-desk.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { addLogEntry } from '../../src/domain/incidents/log/add-log-entry.ts';
import { briefManagement } from '../../src/domain/incidents/log/brief-management.ts';
import { escalate } from '../../src/domain/incidents/log/escalate.ts';
import { readLog } from '../../src/domain/incidents/log/read-log.ts';
import { setNextAction } from '../../src/domain/incidents/log/set-next-action.ts';
import { readOwed } from '../../src/domain/incidents/promises/read-owed.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { describeEachEngine } from '../support/engines.ts';
import { lastWords, open, say, statusPage } from '../support/incidents.ts';
import { minutesLater } from '../support/world.ts';
import { audits, refusal, refusedBy, refusedFor } from './accounts-support.ts';

const logOf = async (context: Context, id: string) =>
  (await readLog(context, await readIncident(context, id))).lines.toReversed();

describeEachEngine('R-061: the log of an incident', (bench) => {
  test('one line of time: notes, briefings, escalations, changes of phase and priority, with actor and time', async () => {
    const { csup, sre, engineer } = await statusPage(bench.store);
    const { id } = await open(csup);
    const at = (minutes: number) => minutesLater(csup, minutes).now;
    await addLogEntry(minutesLater(engineer, 2), id, { text: 'Restarted the gateway' });
    await classifyIncident(minutesLater(sre, 3), id, { priority: 'P1', reason: 'Many report it' });
    await briefManagement(minutesLater(csup, 4), id, { text: 'We know the cause', toWhom: 'Ruth' });
    await escalate(minutesLater(sre, 5), id, {
      target: 'third_party',
      toWhom: 'Carrier',
      text: 'The line is down',
    });
    await say(minutesLater(csup, 6), id, 'identified');
    await say(minutesLater(csup, 7), id, 'identified');
    await addLogEntry(minutesLater(csup, 8), id, { text: 'Called the carrier', at: at(1).toISOString() });
    const lines = await logOf(minutesLater(csup, 9), id);
    const short = lines.map((line) => [line.kind, (line.at.getTime() - csup.now.getTime()) / 60_000]);
    expect(short).toEqual([
      ['phase', 0],
      ['note', 1],
      ['note', 2],
      ['priority', 3],
      ['briefing', 4],
      ['escalation', 5],
      ['phase', 6],
    ]);
    expect(lines[1]).toMatchObject({ text: 'Called the carrier', by: csup.actor.name, writtenAt: at(8) });
    expect(lines[2]).toMatchObject({ by: engineer.actor.name });
    expect(lines[3]).toMatchObject({ priority: 'P1', text: 'Many report it', by: sre.actor.name });
    expect(lines[4]).toMatchObject({ toWhom: 'Ruth' });
    expect(lines[5]).toMatchObject({ target: 'third_party', toWhom: 'Carrier', text: 'The line is down' });
  });

  test('every entry is in the audit, and nothing of it touches the public page or the version', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const { version } = await readIncident(csup, id);
    const tags: unknown[] = [];
    const stop = bench.store.onChange((changed) => tags.push(changed));
    await addLogEntry(csup, id, { text: 'Looked at the graphs' });
    await escalate(csup, id, { target: 'client', toWhom: 'Acme', text: 'We called them' });
    await briefManagement(csup, id, { text: 'All told' });
    await setNextAction(csup, id, { text: 'Compare the graphs' });
    stop();
    expect(tags).toEqual([]);
    expect((await readIncident(csup, id)).version).toBe(version);
    const entries = (await audits(bench.store)).filter(({ subjectId }) => subjectId === id).slice(-4);
    expect(entries.map(({ action }) => action)).toEqual([
      'incident.logged',
      'incident.escalated',
      'incident.management-briefed',
      'incident.next-action-set',
    ]);
    expect(entries[1]).toMatchObject({
      actorId: csup.actor.userId,
      change: { after: { target: 'client', toWhom: 'Acme', text: 'We called them' } },
    });
    expect((await verifyAudit(bench.store)).brokenAt).toBeNull();
  });

  test('each of these is refused by name, and writes nothing', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const soon = minutesLater(csup, 1).now.toISOString();
    const answers = [
      await refusal(addLogEntry(csup, id, {})),
      await refusal(addLogEntry(csup, id, { text: ' ' })),
      await refusal(addLogEntry(csup, id, { text: 'a\nb' })),
      await refusal(addLogEntry(csup, id, { text: 'x'.repeat(1_001) })),
      await refusal(addLogEntry(csup, id, { text: 'x', at: soon })),
      await refusal(escalate(csup, id, { target: 'boss', toWhom: '', text: 'x' })),
      await refusal(briefManagement(csup, id, { text: 'x', target: 'client' })),
    ];
    expect(answers).toEqual([
      refusedFor('text: required'),
      refusedFor('text: required'),
      refusedFor('text: line_break'),
      refusedFor('text: too_long'),
      refusedFor('at: in_future'),
      refusedFor('target: not_one_of', 'toWhom: required'),
      refusedFor('target: unknown_field'),
    ]);
    expect(await bench.store.read.$count(bench.store.tables.logEntries)).toBe(0);
    expect(await refusal(addLogEntry(csup, 'nothing', { text: 'x' }))).toEqual(
      refusedBy('not_found', 'not_found'),
    );
  });

  test('of a restricted incident exists for who may see it alone', async () => {
    const { security, csup, manager } = await statusPage(bench.store);
    const { id } = await open(security, { category: 'keys' });
    await addLogEntry(security, id, { text: 'Keys were changed' });
    for (const context of [csup, manager]) {
      for (const act of [
        () => addLogEntry(context, id, { text: 'x' }),
        () => escalate(context, id, { target: 'internal', toWhom: 'x', text: 'x' }),
        () => setNextAction(context, id, { text: 'x' }),
        () => readIncident(context, id),
      ])
        expect(await refusal(act())).toEqual(refusedBy('not_found', 'not_found'));
    }
    const logged = (await audits(bench.store)).find(({ action }) => action === 'incident.logged');
    expect(logged?.restrictedTo).toBe(id);
    const { people } = await readLog(security, await readIncident(security, id));
    const ids = people.map((person) => person.id);
    expect(ids).toContain(security.actor.userId);
    for (const { actor } of [csup, manager]) expect(ids).not.toContain(actor.userId);
  });
});

test('R-061: nothing in the code changes or removes a log entry', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.ts$/.test(file),
  );
  const writers = files.filter((file) =>
    /\.(update|delete)\((tx\.tables\.|tables\.)?logEntries\)/.test(readFileSync(join('src', file), 'utf8')),
  );
  expect(files.length).toBeGreaterThan(200);
  expect(writers).toEqual([]);
});

describeEachEngine('R-062: the next action and its owner', (bench) => {
  test('stand on the incident and on the desk, and can be cleared', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await open(csup);
    await setNextAction(csup, id, { text: ' Replace the disk ', ownerId: sre.actor.userId });
    const owner = { id: sre.actor.userId, name: sre.actor.name };
    expect(await readIncident(csup, id)).toMatchObject({
      nextAction: 'Replace the disk',
      nextActionOwner: owner,
    });
    expect((await readDesk(sre)).open[0]).toMatchObject({
      nextAction: 'Replace the disk',
      nextActionOwner: owner,
    });
    await setNextAction(sre, id, { text: '' });
    expect(await readIncident(csup, id)).toMatchObject({ nextAction: '', nextActionOwner: null });
    const entries = (await audits(bench.store)).filter(({ action }) => action === 'incident.next-action-set');
    expect(entries).toMatchObject([
      { change: { before: { nextAction: '' }, after: { nextActionOwnerId: sre.actor.userId } } },
      { change: { before: { nextAction: 'Replace the disk' }, after: { nextAction: '' } } },
    ]);
  });

  test('the owner is somebody enabled who may see the incident', async () => {
    const { security, csup } = await statusPage(bench.store);
    const { id } = await open(security, { category: 'keys' });
    const give = (ownerId: string | null) => refusal(setNextAction(security, id, { text: 'x', ownerId }));
    expect(await give(csup.actor.userId)).toEqual(refusedFor('ownerId: unknown_user'));
    expect(await give('nobody')).toEqual(refusedFor('ownerId: unknown_user'));
    expect(await give(security.actor.userId)).toBe('not refused');
  });

  test('the same again leaves no trace', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    await setNextAction(csup, id, { text: 'Wait' });
    const before = (await audits(bench.store)).length;
    await setNextAction(csup, id, { text: 'Wait' });
    expect((await audits(bench.store)).length).toBe(before);
  });
});

describeEachEngine('R-064: an escalation is proposed when a limit is passed', (bench) => {
  const proposalOf = async (context: Context, id: string) => {
    const owed = await readOwed(context, (await readDesk(context)).open);
    return owed.proposals.get(id) ?? null;
  };

  test('the promised update did not come; the escalation answers the proposal until the next limit', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await open(csup);
    await classifyIncident(sre, id, { priority: 'P1', reason: 'Many report it' });
    const at = (minutes: number) => minutesLater(csup, minutes);
    expect(await proposalOf(at(29), id)).toBeNull();
    expect(await proposalOf(at(30), id)).toEqual({ reason: 'promise_missed', since: at(30).now });
    await escalate(at(31), id, { target: 'internal', toWhom: 'Area owner', text: 'Please help' });
    expect(await proposalOf(at(32), id)).toBeNull();
    expect(await proposalOf(at(60), id)).toEqual({ reason: 'management_due', since: at(60).now });
    await briefManagement(at(61), id, { text: 'They know' });
    expect(await proposalOf(at(62), id)).toBeNull();
    expect(await proposalOf(at(120), id)).toMatchObject({ reason: 'no_progress' });
    await postUpdate(at(121), id, lastWords);
    expect(await proposalOf(at(500), id)).toBeNull();
  });

  test('no new phase for four times the minutes of the promise, though every promise was kept', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    for (const minutes of [20, 40, 60, 80, 100, 115])
      await say(minutesLater(csup, minutes), id, 'investigating');
    expect(await proposalOf(minutesLater(csup, 119), id)).toBeNull();
    expect(await proposalOf(minutesLater(csup, 120), id)).toEqual({
      reason: 'no_progress',
      since: minutesLater(csup, 120).now,
    });
    await say(minutesLater(csup, 121), id, 'identified');
    expect(await proposalOf(minutesLater(csup, 122), id)).toBeNull();
  });
});
