/** Ways to leave a P0 or P1, and who looks at a priority. */
import { expect, test } from 'vitest';
import type { Context } from '../../src/domain/core/context.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { giveReason } from '../../src/domain/incidents/not-public/give-reason.ts';
import { recordIncident } from '../../src/domain/incidents/not-public/record-incident.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { reopenIncident, resolveIncident } from '../../src/domain/incidents/updates/post-update.ts';
import { validatePriority } from '../../src/domain/incidents/validate-priority.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { closeIncident } from '../../src/domain/reports/closing/close-incident.ts';
import { readDue } from '../../src/domain/reports/due/read-due.ts';
import { findReport } from '../../src/domain/reports/find-report.ts';
import { decideReport } from '../../src/domain/reports/obligations/decide-report.ts';
import { proposeReclassification } from '../../src/domain/reports/obligations/propose-decision.ts';
import { settleDecision } from '../../src/domain/reports/obligations/settle-decision.ts';
import { submitReport } from '../../src/domain/reports/reviews/submit-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { describeEachEngine } from '../support/engines.ts';
import { lastWords, open, type People, statusPage } from '../support/incidents.ts';
import { runOutbox } from '../support/outbox.ts';
import { complete, publishedForCustomers } from '../support/reports.ts';
import { asOperator, asUser, minutesLater, night } from '../support/world.ts';
import { asAnybody, audits, lastAudit, refusal, refusedBy, refusedFor } from './accounts-support.ts';

const told = 'A routing change was faulty; taken back at 04:12; the probe is green since.';
const evidence = 'The probe counted every failure twice, see its graphs.';
const transient = { outcome: 'transient', explanation: told, reason: 'One packet storm, gone for good.' };
const later = (context: Context): Context => minutesLater(context, 300);

async function resolved({ csup, sre }: People, priority: string): Promise<string> {
  const { id } = await open(csup);
  await classifyIncident(sre, id, { priority, reason: 'Many customers report it.' });
  await resolveIncident(minutesLater(csup, 60), id, lastWords);
  return id;
}

describeEachEngine('a P1 is closed away', (bench) => {
  const reportOf = async (context: Context, id: string) =>
    (await findReport(bench.store, context, id)).report;

  test('an SRE sets P1 to P3 and closes it as transient, without a manager: refused at the first step', async () => {
    const people = await statusPage(bench.store);
    const { sre, manager } = people;
    const id = await resolved(people, 'P1');
    expect(await refusal(classifyIncident(later(sre), id, { priority: 'P3', reason: 'so P3' }))).toEqual(
      refusedFor('reason: reason_thin'),
    );
    for (const priority of ['P2', 'P3'])
      for (const person of [sre, manager])
        expect(await refusal(classifyIncident(later(person), id, { priority, reason: evidence }))).toEqual(
          refusedBy('conflict', 'reclassify'),
        );
    expect(await refusal(closeIncident(later(sre), id, transient))).toEqual(
      refusedBy('conflict', 'closing_undecided'),
    );
    expect((await readIncident(sre, id)).priority).toBe('P1');
  });

  test('leaving it takes evidence and a manager as second person, also after it was decided that there is no report', async () => {
    const people = await statusPage(bench.store);
    const { sre, manager } = people;
    const other = await asUser(bench.store, ['manager']);
    const id = await resolved(people, 'P1');
    await decideReport(later(manager), id, { isRequired: false, reason: 'Two minutes, one customer.' });
    expect(await refusal(classifyIncident(later(sre), id, { priority: 'P3', reason: evidence }))).toEqual(
      refusedBy('conflict', 'reclassify'),
    );
    expect(
      await refusal(proposeReclassification(later(sre), id, { priority: 'P3', evidence: 'x'.repeat(41) })),
    ).toEqual(refusedFor('evidence: reason_thin'));
    for (const priority of ['P1'])
      expect(await refusal(proposeReclassification(later(sre), id, { priority, evidence }))).toEqual(
        refusedFor('priority: priority_not_lower'),
      );
    const { id: decision } = await proposeReclassification(later(manager), id, { priority: 'P3', evidence });
    expect(await refusal(settleDecision(later(sre), decision, { isAgreed: true }))).toEqual(
      refusedBy('forbidden', 'forbidden'),
    );
    expect(await refusal(settleDecision(later(manager), decision, { isAgreed: true }))).toEqual(
      refusedBy('forbidden', 'own_proposal'),
    );
    await settleDecision(later(other), decision, { isAgreed: true });
    expect(await readIncident(sre, id)).toMatchObject({
      priority: 'P3',
      priorityBy: manager.actor.userId,
      validatedBy: other.actor.userId,
    });
    await closeIncident(later(sre), id, transient);
  });

  test('a P0 that was a P1 still asks whether it gets a report', async () => {
    const people = await statusPage(bench.store);
    const { sre, manager } = people;
    const id = await resolved(people, 'P0');
    const { id: decision } = await proposeReclassification(later(sre), id, { priority: 'P1', evidence });
    await settleDecision(later(manager), decision, { isAgreed: true });
    expect(await reportOf(sre, id)).toMatchObject({ isRequired: null, closedAt: null, state: 'owed' });
    expect(await refusal(closeIncident(later(sre), id, { ...transient, outcome: 'problem' }))).toEqual(
      refusedBy('conflict', 'closing_undecided'),
    );
  });

  test('raised again after two people ended its report, it asks anew', async () => {
    const people = await statusPage(bench.store);
    const { sre, manager } = people;
    const id = await resolved(people, 'P1');
    const { id: decision } = await proposeReclassification(later(sre), id, { priority: 'P3', evidence });
    await settleDecision(later(manager), decision, { isAgreed: true });
    expect(await reportOf(sre, id)).toMatchObject({ closedAt: later(manager).now });
    await classifyIncident(later(sre), id, { priority: 'P1', reason: 'More customers than we knew.' });
    expect(await reportOf(sre, id)).toMatchObject({ isRequired: null, closedAt: null, state: 'owed' });
    // "No" to the report of a P2 says nothing about that of a P1.
    const second = await resolved(people, 'P2');
    await decideReport(later(manager), second, { isRequired: false, reason: 'Nobody asked for one.' });
    await classifyIncident(later(sre), second, { priority: 'P1', reason: 'More customers than we knew.' });
    expect(await reportOf(sre, second)).toMatchObject({ isRequired: null, state: 'owed', decidedBy: null });
  });

  test('a proposal made for another priority is nothing to agree to', async () => {
    const people = await statusPage(bench.store);
    const { sre, manager } = people;
    const id = await resolved(people, 'P1');
    const { id: decision } = await proposeReclassification(later(sre), id, { priority: 'P3', evidence });
    await classifyIncident(later(sre), id, { priority: 'P0', reason: 'It is everybody after all.' });
    expect(await refusal(settleDecision(later(manager), decision, { isAgreed: true }))).toEqual(
      refusedBy('conflict', 'decision_settled'),
    );
    expect((await readIncident(sre, id)).priority).toBe('P0');
  });

  test('reopened, kept out of the page or restricted, it is left by nobody alone either', async () => {
    const people = await statusPage(bench.store);
    const { csup, sre, security } = people;
    const id = await resolved(people, 'P1');
    await reopenIncident(minutesLater(csup, 70), id, { slots: { effect: 'requests_fail', scope: 'some' } });
    const logged = await recordIncident(csup, { category: 'api', internalTitle: 'Alarm' });
    await classifyIncident(sre, logged.id, { priority: 'P1', reason: 'An interface fails.' });
    await giveReason(csup, logged.id, { reason: 'Nobody outside notices it.' });
    const trusted = await asUser(bench.store, ['sre', 'security']);
    const secret = await open(trusted, { category: 'keys' });
    await classifyIncident(trusted, secret.id, { priority: 'P1', reason: 'A key may be known.' });
    for (const one of [id, logged.id, secret.id])
      expect(
        await refusal(classifyIncident(later(trusted), one, { priority: 'P2', reason: evidence })),
      ).toEqual(refusedBy('conflict', 'reclassify'));
    expect(await refusal(closeIncident(later(sre), logged.id, transient))).toEqual(
      refusedBy('conflict', 'closing_undecided'),
    );
    expect(await refusal(closeIncident(later(trusted), secret.id, transient))).not.toBe('not refused');
    expect(await refusal(classifyIncident(security, id, { priority: 'P3', reason: evidence }))).toEqual(
      refusedBy('forbidden', 'forbidden'),
    );
  });
});

describeEachEngine('transient and dismissed need a reason at any priority', (bench) => {
  test('an SRE closed a P2 with 41 × "x"', async () => {
    const people = await statusPage(bench.store);
    const { sre } = people;
    for (const priority of ['P2', 'P3']) {
      const id = await resolved(people, priority);
      const close = (outcome: string, more: object) =>
        refusal(closeIncident(later(sre), id, { outcome, explanation: told, ...more }));
      for (const outcome of ['transient', 'dismissed']) {
        expect(await close(outcome, {})).toEqual(refusedFor('reason: reason_missing'));
        expect(await close(outcome, { reason: 'x'.repeat(41) })).toEqual(refusedFor('reason: reason_thin'));
      }
      expect(await close('problem', { explanation: 'x'.repeat(41) })).toEqual(
        refusedFor('explanation: closing_explanation'),
      );
      expect(await close('dismissed', { reason: 'It was a drill of a customer.' })).toBe('not refused');
    }
  });
});

describeEachEngine('R-077: the report of a P1 is owed unless a manager says no, by a day', (bench) => {
  // Friday night; the second working day after it is Tuesday 24 November in Berlin.
  const decideBy = new Date('2026-11-24T23:00:00.000Z');
  const dueAt = new Date('2026-11-27T23:00:00.000Z');
  const at = (minutes: number): Date => new Date(night.getTime() + minutes * 60_000);
  const day = 24 * 60;
  const seen = async (id: string, minutes: number) =>
    (await readIncidentPage(asAnybody(bench.store, at(minutes)), id))?.incident.report;

  test('page, due list and closing say the same before the day, after it, and after either answer', async () => {
    const people = await statusPage(bench.store);
    const { sre, engineer, manager } = people;
    const id = await resolved(people, 'P1');
    const dueOf = async (person: Context, minutes: number) =>
      (await readDue({ ...person, now: at(minutes) })).due
        .filter(({ subject }) => subject === 'report')
        .map(({ kind, dueAt: due, isOverdue }) => [kind, due, isOverdue]);
    expect(await seen(id, 61)).toEqual({ state: 'owed', dueAt, decideBy });
    expect(await dueOf(manager, 61)).toEqual([['decision_waiting', decideBy, false]]);
    expect(await dueOf(engineer, 61)).toEqual([['report_due', dueAt, false]]);
    // The day is over: yes stands, the decision is late.
    expect(await seen(id, 5 * day)).toEqual({ state: 'owed', dueAt, decideBy: null });
    expect(await dueOf(manager, 5 * day)).toEqual([['decision_waiting', decideBy, true]]);
    expect(await refusal(closeIncident(later(sre), id, { ...transient, outcome: 'problem' }))).toEqual(
      refusedBy('conflict', 'closing_undecided'),
    );
    await decideReport({ ...manager, now: at(5 * day) }, id, {
      isRequired: true,
      reason: 'Customers asked.',
    });
    expect(await seen(id, 5 * day)).toEqual({ state: 'owed', dueAt, decideBy: null });
    // Who approves it is not asked to write it.
    expect(await dueOf(manager, 5 * day)).toEqual([]);
    expect(await dueOf(sre, 5 * day)).toEqual([['report_due', dueAt, false]]);
    await decideReport({ ...manager, now: at(5 * day) }, id, {
      isRequired: false,
      reason: 'The last update says all of it.',
    });
    expect(await seen(id, 5 * day)).toEqual({ state: 'waived' });
    expect(await dueOf(manager, 5 * day)).toEqual([]);
    await closeIncident({ ...sre, now: at(5 * day) }, id, { ...transient, outcome: 'problem' });
  });

  test('it is written without a word of a manager; published, it is the answer', async () => {
    const people = await statusPage(bench.store);
    const { engineer } = people;
    const id = await resolved(people, 'P1');
    await saveReport(later(engineer), id, complete(engineer.actor.userId));
    expect((await findReport(bench.store, engineer, id)).report).toMatchObject({
      state: 'draft',
      isRequired: null,
    });
    const { incident } = await publishedForCustomers(people);
    await closeIncident(later(people.sre), incident, { ...transient, outcome: 'problem' });
  });

  test('managers are reminded the day before and at the end, and not after the decision', async () => {
    const people = await statusPage(bench.store);
    const { manager } = people;
    const { notices } = bench.store.tables;
    const waiting = async () =>
      (await bench.store.read.select().from(notices)).filter(
        ({ kind, userId }) => kind === 'decision_waiting' && userId === manager.actor.userId,
      ).length;
    const id = await resolved(people, 'P1');
    await runOutbox(bench.store, at(61));
    expect(await waiting()).toBe(1);
    await runOutbox(bench.store, new Date(decideBy.getTime() - day * 60_000));
    expect(await waiting()).toBe(2);
    await decideReport({ ...manager, now: at(4 * day) }, id, {
      isRequired: true,
      reason: 'Customers asked.',
    });
    await runOutbox(bench.store, decideBy);
    expect(await waiting()).toBe(2);
  });
});

describeEachEngine('R-058, R-166: a priority is validated by somebody else than who set it', (bench) => {
  test('the same person is refused, somebody else is not; the time is kept; another priority asks anew', async () => {
    const people = await statusPage(bench.store);
    const { csup, sre, manager, engineer, admin } = people;
    const { id } = await open(csup);
    expect(await refusal(validatePriority(manager, id))).toEqual(
      refusedBy('conflict', 'report_not_classified'),
    );
    await classifyIncident(sre, id, { priority: 'P0', reason: 'Everything is down.' });
    const owed = async (person: Context) =>
      (await readDue(person)).due.filter(({ kind }) => kind === 'validation_waiting').length;
    expect(await owed(manager)).toBe(1);
    expect(await owed(sre)).toBe(0);
    expect(await refusal(validatePriority(sre, id))).toEqual(refusedBy('forbidden', 'own_priority'));
    for (const other of [csup, engineer, admin])
      expect(await refusal(validatePriority(other, id))).toEqual(refusedBy('forbidden', 'forbidden'));
    expect(await refusal(validatePriority(asOperator(bench.store), id))).toEqual(
      refusedBy('forbidden', 'own_priority'),
    );
    // Saying it again makes nobody else its author.
    await classifyIncident(manager, id, { priority: 'P0', reason: 'I see the same figures.' });
    expect(await refusal(validatePriority(sre, id))).toEqual(refusedBy('forbidden', 'own_priority'));
    await validatePriority(minutesLater(manager, 5), id);
    expect(await readIncident(sre, id)).toMatchObject({
      priorityBy: sre.actor.userId,
      validatedBy: manager.actor.userId,
      validatedAt: minutesLater(manager, 5).now,
    });
    expect(await lastAudit(bench.store)).toMatchObject({ action: 'incident.priority-validated' });
    expect(await owed(manager)).toBe(0);
    expect(await refusal(validatePriority(manager, id))).toEqual(refusedBy('conflict', 'priority_validated'));
    const second = await resolved(people, 'P1');
    await validatePriority(manager, second);
    await classifyIncident(manager, second, { priority: 'P0', reason: 'It is everybody.' });
    expect(await readIncident(sre, second)).toMatchObject({ validatedBy: null, validatedAt: null });
    expect(await refusal(validatePriority(manager, second))).toEqual(refusedBy('forbidden', 'own_priority'));
    await validatePriority(sre, second);
  });

  test('a P0 or P1 that nobody validated is not submitted', async () => {
    const people = await statusPage(bench.store);
    const { engineer } = people;
    const id = await resolved(people, 'P0');
    await saveReport(later(engineer), id, complete(engineer.actor.userId));
    const fields = await refusal(submitReport(later(engineer), id));
    expect(fields).toMatchObject({ fields: expect.arrayContaining(['priority: report_not_validated']) });
  });

  test('R-047: SRE and management raise freely with a reason, which is audited', async () => {
    const people = await statusPage(bench.store);
    const { csup, sre, manager } = people;
    for (const person of [sre, manager]) {
      const { id } = await open(csup);
      await classifyIncident(person, id, { priority: 'P2', reason: 'Few notice it.' });
      await classifyIncident(person, id, { priority: 'P0', reason: 'It spreads to everybody.' });
      expect(
        (await audits(bench.store)).findLast(({ action }) => action === 'incident.classified'),
      ).toMatchObject({
        change: { after: { priority: 'P0' }, reason: 'It spreads to everybody.' },
      });
    }
  });

  test('R-166: assigning a priority is for SRE and management: neither CSUP nor an administrator classifies', async () => {
    const { csup, admin } = await statusPage(bench.store);
    const { id } = await open(csup);
    for (const other of [csup, admin])
      expect(
        await refusal(classifyIncident(other, id, { priority: 'P2', reason: 'Few notice it.' })),
      ).toEqual(refusedBy('forbidden', 'forbidden'));
  });
});
