/** Closing an incident inside: its outcome, its explanation, and the report that must be out first. */
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Context } from '../../src/domain/core/context.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { giveReason } from '../../src/domain/incidents/not-public/give-reason.ts';
import { recordIncident } from '../../src/domain/incidents/not-public/record-incident.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { nameReaders } from '../../src/domain/incidents/restricted/name-readers.ts';
import { referIncident } from '../../src/domain/incidents/restricted/refer-incident.ts';
import { releaseIncident } from '../../src/domain/incidents/restricted/release-incident.ts';
import { reopenIncident, resolveIncident } from '../../src/domain/incidents/updates/post-update.ts';
import { undoUpdate } from '../../src/domain/incidents/updates/undo-update.ts';
import { closeIncident } from '../../src/domain/reports/closing/close-incident.ts';
import { readClosing } from '../../src/domain/reports/closing/read-closing.ts';
import { decideReport } from '../../src/domain/reports/obligations/decide-report.ts';
import {
  proposeNotReleased,
  proposeReclassification,
} from '../../src/domain/reports/obligations/propose-decision.ts';
import { settleDecision } from '../../src/domain/reports/obligations/settle-decision.ts';
import { describeEachEngine } from '../support/engines.ts';
import { inPlaceOfCsup, lastWords, open, type People, say, statusPage } from '../support/incidents.ts';
import { publishedReport, resolvedP0 } from '../support/reports.ts';
import { asUser, minutesLater } from '../support/world.ts';
import { audits, lastAudit, refusal, refusedBy, refusedFor } from './accounts-support.ts';

const told = 'A routing change was faulty; taken back at 04:12; the probe is green since.';
const later = (context: Context): Context => minutesLater(context, 300);
const asProblem = { outcome: 'problem', explanation: told };

/** A resolved incident of the API, classified; closed by nobody yet. */
async function resolved({ csup, sre }: People, priority = 'P3'): Promise<string> {
  const { id } = await open(csup);
  await classifyIncident(sre, id, { priority, reason: 'Known for an hour.' });
  await resolveIncident(minutesLater(csup, 60), id, lastWords);
  return id;
}

describeEachEngine('R-128, R-134: an incident is closed inside', (bench) => {
  test('with one outcome and an explanation, by who may; twice never, and audited', async () => {
    const people = await statusPage(bench.store);
    const { sre, csup, engineer } = people;
    const id = await resolved(people);
    for (const other of [csup, engineer])
      expect(await refusal(closeIncident(other, id, asProblem))).toEqual(refusedBy('forbidden', 'forbidden'));
    expect(await refusal(closeIncident(later(sre), id, { explanation: told }))).toEqual(
      refusedFor('outcome: required'),
    );
    expect(
      await refusal(
        closeIncident(later(sre), id, {
          outcome: 'transient',
          reason: 'Gone for good.',
          explanation: ' Fixed. ',
        }),
      ),
    ).toEqual(refusedFor('explanation: closing_explanation'));
    expect(
      await refusal(
        closeIncident(later(sre), id, {
          outcome: 'transient',
          reason: 'Gone for good.',
          explanation: 'http://x.example',
        }),
      ),
    ).toEqual(refusedFor('explanation: closing_explanation'));
    await closeIncident(later(sre), id, {
      outcome: 'transient',
      reason: 'Gone for good.',
      explanation: 'https://wiki.example/rca/7',
    });
    expect(await readIncident(csup, id)).toMatchObject({
      outcome: 'transient',
      closedBy: sre.actor.userId,
      closedAt: later(sre).now,
      explanation: 'https://wiki.example/rca/7',
    });
    expect(await lastAudit(bench.store)).toMatchObject({
      action: 'incident.closed',
      subjectId: id,
      change: { after: { outcome: 'transient' } },
    });
    expect(await refusal(closeIncident(later(sre), id, asProblem))).toEqual(
      refusedBy('conflict', 'incident_closed'),
    );
  });

  test('as a problem: a P3 opens one, a P1 has one', async () => {
    const people = await statusPage(bench.store);
    const { sre, manager } = people;
    const id = await resolved(people);
    expect((await readClosing(sre, await readIncident(sre, id))).problems).toEqual([]);
    await closeIncident(later(sre), id, asProblem);
    expect((await readClosing(sre, await readIncident(sre, id))).problems).toHaveLength(1);
    const urgent = await resolved(people, 'P1');
    await decideReport(manager, urgent, { isRequired: false, reason: 'Two minutes, one customer.' });
    await closeIncident(later(sre), urgent, asProblem);
    expect((await readClosing(sre, await readIncident(sre, urgent))).problems).toHaveLength(1);
  });

  test('not before it is resolved; one that was never public needs the reason why', async () => {
    const people = await statusPage(bench.store);
    const { csup, sre } = people;
    const { id } = await open(csup);
    await classifyIncident(sre, id, { priority: 'P3', reason: 'Known for an hour.' });
    expect(await refusal(closeIncident(later(sre), id, asProblem))).toEqual(
      refusedBy('conflict', 'closing_not_resolved'),
    );
    await resolveIncident(minutesLater(csup, 60), id, { ...lastWords, holdSeconds: 60 });
    expect(await refusal(closeIncident(minutesLater(sre, 60), id, asProblem))).toEqual(
      refusedBy('conflict', 'closing_not_resolved'),
    );
    const logged = await recordIncident(csup, { category: 'api', internalTitle: 'Test alarm' });
    const dismissed = {
      outcome: 'dismissed',
      reason: 'It was a test alarm.',
      explanation: `${told} It was a test.`,
    };
    expect(await refusal(closeIncident(sre, logged.id, dismissed))).toEqual(
      refusedBy('conflict', 'closing_not_resolved'),
    );
    await giveReason(csup, logged.id, { reason: 'A test of the alarm.' });
    await closeIncident(sre, logged.id, dismissed);
    expect(await readIncident(csup, logged.id)).toMatchObject({ outcome: 'dismissed' });
  });

  test('not while nobody classified it: it could be a P0', async () => {
    const people = await statusPage(bench.store);
    const { id } = await open(people.csup);
    await resolveIncident(minutesLater(people.csup, 60), id, lastWords);
    expect(await refusal(closeIncident(later(people.sre), id, asProblem))).toEqual(
      refusedBy('conflict', 'report_not_classified'),
    );
  });

  test('an older version is a conflict', async () => {
    const people = await statusPage(bench.store);
    const id = await resolved(people);
    expect(await refusal(closeIncident(later(people.sre), id, { ...asProblem, version: 1 }))).toEqual(
      refusedBy('conflict', 'conflict_version'),
    );
  });

  test('closed, it takes no update but the one that reopens it, and that opens it again', async () => {
    const people = await statusPage(bench.store);
    const { csup, sre } = people;
    const id = await resolved(people);
    await closeIncident(later(sre), id, asProblem);
    expect(await refusal(say(later(csup), id, 'monitoring'))).toEqual(
      refusedBy('conflict', 'incident_closed'),
    );
    const held = await reopenIncident(later(csup), id, {
      slots: { effect: 'requests_fail', scope: 'some' },
      holdSeconds: 60,
    });
    expect((await readIncident(csup, id)).outcome).toBe('problem');
    await undoUpdate(later(csup), held.updateId);
    expect((await readIncident(csup, id)).outcome).toBe('problem');
    await reopenIncident(later(csup), id, { slots: { effect: 'requests_fail', scope: 'some' } });
    expect(await readIncident(csup, id)).toMatchObject({ closedAt: null, outcome: null, explanation: '' });
    expect((await audits(bench.store)).map(({ action }) => action)).toContain('incident.closing-taken-back');
    await say(minutesLater(csup, 310), id, 'monitoring');
  });

  test('another priority takes the closing back', async () => {
    const people = await statusPage(bench.store);
    const { sre } = people;
    const id = await resolved(people);
    await closeIncident(later(sre), id, asProblem);
    await classifyIncident(later(sre), id, { priority: 'P0', reason: 'It was everybody.' });
    expect(await readIncident(sre, id)).toMatchObject({ closedAt: null, priority: 'P0' });
  });
});

describeEachEngine('R-076, R-125: a P0', (bench) => {
  test('is closed only once its report is published, and published for everybody', async () => {
    const people = await statusPage(bench.store);
    const { sre, manager } = people;
    const incident = await resolvedP0(people);
    expect(await refusal(closeIncident(later(sre), incident, asProblem))).toEqual(
      refusedBy('conflict', 'closing_not_public'),
    );
    const { incident: other, report } = await publishedReport(people);
    // As of an incident that was a P1 when its report went to customers.
    const { reports } = bench.store.tables;
    await bench.store.transaction(({ db }) =>
      db.update(reports).set({ publishedFor: 'customers' }).where(eq(reports.id, report)),
    );
    expect(await refusal(closeIncident(later(manager), other, asProblem))).toEqual(
      refusedBy('conflict', 'closing_not_public'),
    );
    const done = await publishedReport(people);
    await closeIncident(later(sre), done.incident, asProblem);
  });

  test('an SRE cannot call it transient, a manager can with a reason, when the report is out (R-128)', async () => {
    const people = await statusPage(bench.store);
    const { sre, manager } = people;
    const { incident } = await publishedReport(people);
    const transient = { outcome: 'transient', explanation: told };
    expect(
      await refusal(closeIncident(later(sre), incident, { ...transient, reason: 'Gone for good.' })),
    ).toEqual(refusedBy('forbidden', 'closing_manager'));
    expect(await refusal(closeIncident(later(manager), incident, transient))).toEqual(
      refusedFor('reason: reason_missing'),
    );
    await closeIncident(later(manager), incident, {
      ...transient,
      reason: 'One packet storm, gone for good.',
    });
    expect(await lastAudit(bench.store)).toMatchObject({
      change: { after: { outcome: 'transient' }, reason: 'One packet storm, gone for good.' },
    });
    const open = await resolvedP0(people);
    expect(
      await refusal(closeIncident(later(manager), open, { ...transient, reason: 'No report needed.' })),
    ).toEqual(refusedBy('conflict', 'closing_not_public'));
  });

  test('set in error, it is closed after two people said so', async () => {
    const people = await statusPage(bench.store);
    const { sre, manager } = people;
    const incident = await resolvedP0(people);
    const { id } = await proposeReclassification(later(sre), incident, {
      priority: 'P2',
      evidence: 'Twice counted.',
    });
    await settleDecision(later(manager), id, { isAgreed: true });
    await closeIncident(later(sre), incident, {
      outcome: 'transient',
      reason: 'Gone for good.',
      explanation: told,
    });
    expect(await readIncident(later(sre), incident)).toMatchObject({ outcome: 'transient', priority: 'P2' });
  });
});

describeEachEngine('R-077: a P1', (bench) => {
  test('is closed after the decision, and after the report if there is one', async () => {
    const people = await statusPage(bench.store);
    const { sre, manager } = people;
    const id = await resolved(people, 'P1');
    expect(await refusal(closeIncident(later(sre), id, asProblem))).toEqual(
      refusedBy('conflict', 'closing_undecided'),
    );
    await decideReport(later(manager), id, { isRequired: true, reason: 'Many customers.' });
    expect(await refusal(closeIncident(later(sre), id, asProblem))).toEqual(
      refusedBy('conflict', 'closing_not_published'),
    );
    await decideReport(later(manager), id, { isRequired: false, reason: 'The same as last week.' });
    await closeIncident(later(sre), id, asProblem);
  });
});

describeEachEngine('R-126: a restricted P0', (bench) => {
  async function secret(people: People) {
    const { security, manager } = people;
    const trusted = await asUser(bench.store, ['sre', 'security']);
    const { id } = await open(trusted, { category: 'keys' });
    await classifyIncident(trusted, id, { priority: 'P0', reason: 'A key is known.' });
    await resolveIncident(minutesLater(trusted, 60), id, lastWords);
    await nameReaders(later(security), id, { readers: [manager.actor.userId] });
    return { id, trusted };
  }

  test('is closed after a joint decision not to release it, and only seen by who may', async () => {
    const people = await statusPage(bench.store);
    const { security, manager, sre } = people;
    const { id, trusted } = await secret(people);
    expect(await refusal(closeIncident(later(trusted), id, asProblem))).toEqual(
      refusedBy('conflict', 'closing_not_released'),
    );
    expect(await refusal(closeIncident(later(sre), id, asProblem))).toEqual(
      refusedBy('not_found', 'not_found'),
    );
    const proposal = { reason: 'It would tell how.', reviewOn: '2027-01-15' };
    const { id: decision } = await proposeNotReleased(later(security), id, proposal);
    expect(await refusal(closeIncident(later(trusted), id, asProblem))).toEqual(
      refusedBy('conflict', 'closing_not_released'),
    );
    await settleDecision(later(manager), decision, { isAgreed: true });
    await closeIncident(later(trusted), id, asProblem);
    expect(await lastAudit(bench.store)).toMatchObject({ action: 'incident.closed', restrictedTo: id });
  });

  test('released after all, it owes its report in public again and is open again', async () => {
    const people = await statusPage(bench.store);
    const { security, manager } = people;
    const { id, trusted } = await secret(people);
    const proposal = { reason: 'It would tell how.', reviewOn: '2027-01-15' };
    const { id: decision } = await proposeNotReleased(later(security), id, proposal);
    await settleDecision(later(manager), decision, { isAgreed: true });
    await closeIncident(later(trusted), id, asProblem);
    await referIncident(later(security), id, { toWhom: 'Communications', text: 'Patched everywhere.' });
    const { version } = await readIncident(security, id);
    await releaseIncident(later(security), id, { version, ...inPlaceOfCsup });
    const { reports } = bench.store.tables;
    const [report] = await bench.store.read.select().from(reports).where(eq(reports.incidentId, id));
    expect(report).toMatchObject({ closedAt: null, isRequired: true });
    expect((await readIncident(security, id)).closedAt).toBeNull();
    expect(await refusal(closeIncident(later(trusted), id, asProblem))).toEqual(
      refusedBy('conflict', 'closing_not_public'),
    );
  });
});
