/** Defects found by attacking the incident reports, each with its words; on both engines. */
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import { reportSections } from '../../db/words.ts';
import { listAudit } from '../../src/domain/core/audit/list-audit.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { recordIncident } from '../../src/domain/incidents/not-public/record-incident.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { referIncident } from '../../src/domain/incidents/restricted/refer-incident.ts';
import { releaseIncident } from '../../src/domain/incidents/restricted/release-incident.ts';
import { restrictIncident } from '../../src/domain/incidents/restricted/restrict-incident.ts';
import { withdrawUpdate } from '../../src/domain/incidents/restricted/withdraw-update.ts';
import { resolveIncident } from '../../src/domain/incidents/updates/post-update.ts';
import { validatePriority } from '../../src/domain/incidents/validate-priority.ts';
import { readReportPage } from '../../src/domain/public/read-report-page.ts';
import { classifyReport } from '../../src/domain/reports/classify-report.ts';
import { closeIncident } from '../../src/domain/reports/closing/close-incident.ts';
import { readDue } from '../../src/domain/reports/due/read-due.ts';
import { listReports } from '../../src/domain/reports/list-reports.ts';
import { listMeetings } from '../../src/domain/reports/meetings/list-meetings.ts';
import { planMeeting } from '../../src/domain/reports/meetings/plan-meeting.ts';
import { recordMeeting } from '../../src/domain/reports/meetings/record-meeting.ts';
import { decideReport } from '../../src/domain/reports/obligations/decide-report.ts';
import {
  proposeNotReleased,
  proposeReclassification,
} from '../../src/domain/reports/obligations/propose-decision.ts';
import { settleDecision } from '../../src/domain/reports/obligations/settle-decision.ts';
import { linkIncident } from '../../src/domain/reports/problems/change-problem.ts';
import { listProblems } from '../../src/domain/reports/problems/list-problems.ts';
import { readProblem } from '../../src/domain/reports/problems/read-problem.ts';
import { readReport } from '../../src/domain/reports/read-report.ts';
import { addItem } from '../../src/domain/reports/remediation/add-item.ts';
import { changeItem } from '../../src/domain/reports/remediation/change-item.ts';
import { listItems } from '../../src/domain/reports/remediation/list-items.ts';
import { moveItem } from '../../src/domain/reports/remediation/move-item.ts';
import { noteEffectiveness } from '../../src/domain/reports/remediation/note-effectiveness.ts';
import { columnLength, readBoard } from '../../src/domain/reports/remediation/read-board.ts';
import { settleItem } from '../../src/domain/reports/remediation/settle-item.ts';
import { addComment } from '../../src/domain/reports/reviews/comments.ts';
import { publishReport } from '../../src/domain/reports/reviews/publish-report.ts';
import { reviewReport } from '../../src/domain/reports/reviews/review-report.ts';
import { submitReport } from '../../src/domain/reports/reviews/submit-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { addSupplierAnalysis } from '../../src/domain/reports/suppliers.ts';
import { describeEachEngine } from '../support/engines.ts';
import {
  inPlaceOfCsup,
  lastWords,
  open,
  plan,
  type StatusPage,
  say,
  statusPage,
} from '../support/incidents.ts';
import { runOutbox } from '../support/outbox.ts';
import {
  addAction,
  approve,
  complete,
  forCustomers,
  inReview,
  problemOf,
  promise,
  publishedForCustomers,
  publishedReport,
  resolvedP0,
  submitted,
} from '../support/reports.ts';
import { asUser, minutesLater } from '../support/world.ts';

const keyOf = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => 'allowed',
    (error: { key?: string; fields?: { path: string; key: string }[] }) =>
      error.fields?.length ? error.fields.map(({ path, key }) => `${path}: ${key}`) : (error.key ?? error),
  );

/** Of which nothing is public yet, as a P0. */
async function hiddenP0({ csup, sre }: StatusPage): Promise<string> {
  const { id } = await recordIncident(csup, { category: 'api', internalTitle: 'Secret calls' });
  await classifyIncident(sre, id, { priority: 'P0', reason: 'Everything is down.' });
  return id;
}

const first = {
  texts: { en: { title: 'Secret calls', body: 'We look into secret calls, at some length here.' } },
};

describeEachEngine('what hides with an incident', (bench) => {
  test('an incident that becomes restricted hides what the audit said of its report, its problem and its plan', async () => {
    const people = await statusPage(bench.store);
    const { engineer, admin, manager, security } = people;
    const incident = await hiddenP0(people);
    const { id: report } = await saveReport(engineer, incident, { title: { en: 'The stolen key' } });
    await addComment(engineer, report, { text: 'The stolen key was ours.' });
    const problem = await problemOf(engineer, incident);
    await addItem(engineer, problem, promise(engineer.actor.userId));
    await restrictIncident(security, incident, {});
    const auditors = [admin, manager];
    for (const auditor of auditors) {
      const { entries } = await listAudit(auditor, { limit: 100 });
      const said = entries.filter(({ subjectType }) =>
        ['incident', 'report', 'problem', 'remediation', 'meeting'].includes(subjectType),
      );
      expect(said).toEqual([]);
    }
    const { entries } = await listAudit(await asUser(bench.store, ['security', 'admin']), { limit: 100 });
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['report.saved', 'report.commented', 'problem.opened', 'remediation.added']),
    );
  });

  test('restricting one of two incidents leaves the plan of the other to who works on it', async () => {
    const people = await statusPage(bench.store);
    const { engineer, security } = people;
    const other = await resolvedP0(people);
    const incident = await hiddenP0(people);
    const problem = await problemOf(engineer, other);
    await linkIncident(engineer, problem, { incident });
    await addItem(engineer, problem, promise(engineer.actor.userId));
    await restrictIncident(security, incident, {});
    const shown = await readProblem(engineer, problem);
    expect(shown.incidents.map(({ id }) => id)).toEqual([other]);
    // The restricted one keeps a problem of its own, which its own people see.
    const own = await problemOf(security, incident);
    expect((await readProblem(security, own)).incidents.map(({ id }) => id)).toEqual([incident]);
    expect(await keyOf(readProblem(engineer, own))).toBe('not_found');
  });

  test('releasing one of two restricted incidents gives it a plan that who works on it may see', async () => {
    const people = await statusPage(bench.store);
    const { security, engineer } = people;
    const both = await asUser(bench.store, ['security', 'engineer']);
    const [incident, other] = [await hiddenP0(people), await hiddenP0(people)];
    await restrictIncident(security, incident, {});
    await restrictIncident(security, other, {});
    const problem = await problemOf(security, other);
    await bench.store.transaction(({ db, tables }) =>
      db.delete(tables.problemIncidents).where(eq(tables.problemIncidents.incidentId, incident)),
    );
    await linkIncident(both, problem, { incident });
    await say(security, incident, 'investigating', first);
    await referIncident(security, incident, { toWhom: 'The incident response team' });
    const { version } = await readIncident(security, incident);
    await releaseIncident(minutesLater(security, 5), incident, { version, ...inPlaceOfCsup });
    const later = minutesLater(engineer, 10);
    const own = await problemOf(security, incident);
    expect((await readProblem(later, own)).incidents.map(({ id }) => id)).toEqual([incident]);
    expect(await keyOf(readProblem(later, problem))).toBe('not_found');
    expect((await readProblem(later, own)).problem.title).toBe('Secret calls');
    // Nor does anybody put them together again; with public ones it may stand.
    const again = { ...both, now: later.now };
    expect(await keyOf(linkIncident(again, problem, { incident }))).toBe('problem_restricted');
    const open = await resolvedP0(people);
    await linkIncident(later, await problemOf(engineer, open), { incident });
  });

  test('nobody who may not see a restricted report becomes its owner or author', async () => {
    const people = await statusPage(bench.store);
    const { engineer, security } = people;
    const incident = await hiddenP0(people);
    await restrictIncident(security, incident, {});
    for (const field of ['owner', 'author'])
      expect(await keyOf(saveReport(security, incident, { [field]: engineer.actor.userId }))).toEqual([
        `${field}: cannot_see`,
      ]);
  });

  test('R-125: "not released" is no reason any more once the incident is released, so a public P0 keeps its report', async () => {
    const people = await statusPage(bench.store);
    const { security, manager, engineer } = people;
    const incident = await hiddenP0(people);
    await restrictIncident(security, incident, { readers: [manager.actor.userId] });
    await say(security, incident, 'investigating', first);
    const { id } = await proposeNotReleased(security, incident, {
      reason: 'Ongoing investigation.',
      reviewOn: '2027-01-15',
    });
    await referIncident(security, incident, { toWhom: 'The incident response team' });
    const { version } = await readIncident(security, incident);
    await releaseIncident(minutesLater(security, 5), incident, { version, ...inPlaceOfCsup });
    const later = minutesLater(manager, 10);
    expect(await keyOf(settleDecision(later, id, { isAgreed: true }))).toBe('report_public_incident');
    await saveReport(minutesLater(engineer, 10), incident, { title: { en: 'It is owed' } });
    await settleDecision(later, id, { isAgreed: false });
  });

  test('withdrawing the end of a restricted incident opens it again, and its report is not due', async () => {
    const people = await statusPage(bench.store);
    const { security, manager } = people;
    const incident = await hiddenP0(people);
    await restrictIncident(security, incident, { readers: [manager.actor.userId] });
    await say(security, incident, 'investigating', first);
    const end = await say(minutesLater(security, 30), incident, 'resolved');
    const { id } = await proposeNotReleased(minutesLater(security, 31), incident, {
      reason: 'Ongoing investigation.',
      reviewOn: '2027-01-15',
    });
    await settleDecision(minutesLater(manager, 32), id, { isAgreed: true });
    await closeIncident(minutesLater(manager, 33), incident, {
      outcome: 'problem',
      explanation: 'https://wiki.example/rca/7',
    });
    await withdrawUpdate(minutesLater(security, 40), end.updateId, { reason: 'It goes on.' });
    expect(await readIncident(security, incident)).toMatchObject({ closedAt: null, outcome: null });
    expect((await readReport(security, incident)).report.dueAt).toBeNull();
  });
});

describeEachEngine('the way of a report', (bench) => {
  test('R-082: another priority takes a review or an approval back, so that somebody can go on', async () => {
    const people = await statusPage(bench.store);
    const { sre, csup, engineer, manager } = people;
    const { incident, report } = await forCustomers(people);
    await approve(minutesLater(manager, 121), report);
    const digest = await submitted(csup, report);
    await classifyIncident(minutesLater(sre, 125), incident, {
      priority: 'P0',
      reason: 'More than thought.',
    });
    expect((await readReport(engineer, report)).report.state).toBe('draft');
    expect(await keyOf(publishReport(csup, report, { digest }))).toBe('approval_outdated');
    await validatePriority(minutesLater(manager, 126), incident);
    await saveReport(minutesLater(engineer, 127), report, { audience: 'public' });
    await classifyReport(minutesLater(manager, 128), report, {
      classification: 'public',
      reason: 'It is a P0.',
    });
    await addAction(minutesLater(engineer, 129), incident);
    await submitReport(minutesLater(engineer, 130), report);
  });

  test('R-077: after a P0 became a P1 a manager decides for a report, and it can be written', async () => {
    const people = await statusPage(bench.store);
    const { sre, engineer, manager } = people;
    const incident = await resolvedP0(people);
    const { id } = await proposeReclassification(minutesLater(sre, 100), incident, {
      priority: 'P1',
      evidence: 'Counted twice.',
    });
    await settleDecision(minutesLater(manager, 101), id, { isAgreed: true });
    await saveReport(engineer, incident, { title: { en: 'Calls failed, we think' } });
    await decideReport(minutesLater(manager, 102), incident, { isRequired: true, reason: 'Many asked.' });
    await saveReport(minutesLater(engineer, 103), incident, { title: { en: 'Calls failed' } });
    const due = (await readDue(minutesLater(engineer, 104))).due;
    expect(due.map(({ kind }) => kind)).toEqual(['report_due']);
  });

  test('R-126: one manager alone cannot make a report owed that two people did not release', async () => {
    const people = await statusPage(bench.store);
    const { security, manager } = people;
    const incident = await hiddenP0(people);
    await restrictIncident(security, incident, { readers: [manager.actor.userId] });
    const { id } = await proposeNotReleased(security, incident, {
      reason: 'Secret.',
      reviewOn: '2027-01-15',
    });
    await settleDecision(manager, id, { isAgreed: true });
    expect(
      await keyOf(decideReport(manager, incident, { isRequired: true, reason: 'Yes, please do.' })),
    ).toBe('report_not_owed');
  });

  test('R-125: a P1 whose report went to customers becomes a P0, and the public one is owed', async () => {
    const people = await statusPage(bench.store);
    const { sre, engineer, manager } = people;
    const { incident, report } = await publishedForCustomers(people);
    await classifyIncident(minutesLater(sre, 130), incident, { priority: 'P0', reason: 'Everybody.' });
    const { owed } = await listReports(manager);
    expect(owed.map(({ id, state }) => [id, state])).toEqual([[report, 'draft']]);
    expect((await readDue(minutesLater(engineer, 131))).due.map(({ kind }) => kind)).toContain('report_due');
  });

  test('R-081: a manager cannot approve what a supplier still owes in words of their own', async () => {
    const people = await statusPage(bench.store);
    const { engineer, manager } = people;
    const { report } = await inReview(people);
    await addSupplierAnalysis(minutesLater(manager, 125), report, {
      supplier: 'Netz AG',
      requestedAt: manager.now.toISOString(),
      outstanding: 'Why the second link failed as well.',
    });
    await submitReport(minutesLater(engineer, 130), report);
    const digest = await submitted(manager, report);
    const act = reviewReport(minutesLater(manager, 140), report, {
      digest,
      ticks: { content: {}, commitments: {}, presentation: {} },
      decision: 'approve',
    });
    expect(await keyOf(act)).toBe('own_report');
  });

  test('R-077: a P2 or P3 may have a report, which is optional', async () => {
    const people = await statusPage(bench.store);
    const { csup, sre, engineer, manager } = people;
    const { id } = await open(csup);
    await classifyIncident(sre, id, { priority: 'P2', reason: 'Few customers.' });
    await resolveIncident(minutesLater(csup, 60), id, lastWords);
    const yes = { isRequired: true, reason: 'A customer asked.' };
    expect(await keyOf(decideReport(engineer, id, yes))).toBe('forbidden');
    await decideReport(minutesLater(manager, 70), id, yes);
    await decideReport(minutesLater(manager, 71), id, yes);
    await saveReport(minutesLater(engineer, 80), id, complete(engineer.actor.userId));
    const shown = await readReport(engineer, id);
    expect(shown.report).toMatchObject({ state: 'draft', isRequired: true, incidentId: id });
    expect(shown.report.dueAt).not.toBeNull();
    // A maintenance has none.
    const planned = await plan(csup);
    expect(await keyOf(decideReport(manager, planned.id, yes))).toBe('not_found');
  });
});

describeEachEngine('people who left', (bench) => {
  const leave = (who: StatusPage['csup']) =>
    bench.store.transaction(({ db, tables }) =>
      db
        .update(tables.users)
        .set({ disabledAt: who.now })
        .where(eq(tables.users.id, who.actor.userId ?? '')),
    );

  test('the report of an owner who left is due from who is there', async () => {
    const people = await statusPage(bench.store);
    const { engineer, sre } = people;
    const incident = await resolvedP0(people);
    const gone = await asUser(bench.store, ['engineer']);
    await saveReport(minutesLater(engineer, 100), incident, { owner: gone.actor.userId });
    expect((await readDue(minutesLater(sre, 101))).due).toEqual([]);
    await leave(gone);
    expect((await readDue(minutesLater(sre, 102))).due.map(({ kind }) => kind)).toEqual(['report_due']);
    await runOutbox(bench.store, minutesLater(sre, 7 * 24 * 60).now);
    const notices = await bench.store.read.select().from(bench.store.tables.notices);
    expect(
      notices.filter(({ kind, userId }) => kind === 'report_due' && userId === sre.actor.userId),
    ).not.toEqual([]);
  });

  test('the meeting of a lead who left is due from who is there', async () => {
    const people = await statusPage(bench.store);
    const { manager } = people;
    const { report } = await publishedReport(people);
    const [meeting] = (await listMeetings(manager)).meetings;
    const gone = await asUser(bench.store, ['manager']);
    const lead = gone.actor.userId;
    const plannedFor = minutesLater(manager, 500).now.toISOString();
    await planMeeting(minutesLater(manager, 130), meeting?.id ?? '', { lead, plannedFor, invited: [lead] });
    expect((await readDue(minutesLater(manager, 131))).due).toEqual([]);
    await leave(gone);
    expect((await readDue(minutesLater(manager, 132))).due.map(({ kind }) => kind)).toEqual(['meeting_due']);
    await runOutbox(bench.store, minutesLater(manager, 8 * 24 * 60).now);
    const notices = await bench.store.read.select().from(bench.store.tables.notices);
    expect(report).toBeTruthy();
    expect(
      notices.filter(({ kind, userId }) => kind === 'meeting_due' && userId === manager.actor.userId),
    ).not.toEqual([]);
  });

  test('a meeting is recorded although one of those invited has left since', async () => {
    const people = await statusPage(bench.store);
    const { manager, engineer } = people;
    await publishedReport(people);
    const [meeting] = (await listMeetings(manager)).meetings;
    const gone = await asUser(bench.store, ['engineer']);
    const ids = [manager, engineer, gone].map(({ actor }) => actor.userId);
    const plannedFor = minutesLater(manager, 150).now.toISOString();
    await planMeeting(minutesLater(manager, 130), meeting?.id ?? '', {
      lead: ids[0],
      plannedFor,
      invited: ids,
    });
    await leave(gone);
    await recordMeeting(minutesLater(manager, 200), meeting?.id ?? '', {
      heldAt: plannedFor,
      attended: ids,
      outcomes: Object.fromEntries(reportSections.map((section) => [section, 'agreed'])),
    });
    expect((await listMeetings(manager)).meetings[0]?.heldAt).not.toBeNull();
  });
});

describeEachEngine('problems', (bench) => {
  test('R-086: a maintenance is never linked to a problem', async () => {
    const people = await statusPage(bench.store);
    const { csup, engineer } = people;
    const incident = await resolvedP0(people);
    const { id } = await plan(csup);
    const problem = await problemOf(engineer, incident);
    expect(await keyOf(linkIncident(engineer, problem, { incident: id }))).toEqual([
      'incident: unknown_incident',
    ]);
  });

  test('R-090: new actions of a meeting are kept although the problem was closed before it', async () => {
    const people = await statusPage(bench.store);
    const { manager, engineer } = people;
    const { problem } = await publishedReport(people);
    await bench.store.transaction(({ db, tables }) =>
      db.update(tables.problems).set({ closedAt: manager.now }).where(eq(tables.problems.id, problem)),
    );
    const [meeting] = (await listMeetings(manager)).meetings;
    const ids = [manager, engineer].map(({ actor }) => actor.userId);
    const plannedFor = minutesLater(manager, 150).now.toISOString();
    await planMeeting(minutesLater(manager, 130), meeting?.id ?? '', {
      lead: ids[0],
      plannedFor,
      invited: ids,
    });
    await recordMeeting(minutesLater(manager, 200), meeting?.id ?? '', {
      heldAt: plannedFor,
      attended: ids,
      outcomes: Object.fromEntries(reportSections.map((section) => [section, 'agreed'])),
      items: [promise(engineer.actor.userId, { isPublic: false })],
    });
    const open = (await listProblems(manager)).problems.filter(({ closedAt }) => closedAt === null);
    expect(open.map(({ items }) => items.all)).toEqual([1]);
  });
});

describeEachEngine('what is told', (bench) => {
  test('R-080: why a deadline moved while its action was internal stays inside once it is promised', async () => {
    const people = await statusPage(bench.store);
    const { csup, engineer, manager } = people;
    const { incident, report } = await inReview(people);
    const problem = await problemOf(engineer, incident);
    const later = minutesLater(engineer, 125);
    const { id: item } = await addItem(later, problem, promise(engineer.actor.userId, { isPublic: false }));
    await moveItem(later, item, { dueOn: '2026-12-01', reason: { en: 'Kim is ill.' } });
    await changeItem(later, item, { isPublic: true });
    await submitReport(later, report);
    await approve(minutesLater(manager, 130), report);
    const digest = await submitted(csup, report);
    const { slug } = await publishReport(minutesLater(csup, 131), report, { digest });
    await moveItem(minutesLater(engineer, 140), item, {
      dueOn: '2026-12-03',
      reason: { en: 'It is larger.' },
    });
    const page = await readReportPage(minutesLater(csup, 150), slug);
    expect(JSON.stringify(page)).not.toContain('Kim is ill.');
    expect(page?.report.commitments).toMatchObject([
      {
        firstDueOn: '2026-11-30',
        moves: [
          { toOn: '2026-12-03', reason: { en: 'It is larger.' } },
          { toOn: '2026-12-01', reason: {} },
        ],
      },
    ]);
  });

  test('R-154: the lint sees a person in the header or the plan, and secrets in what a supplier owes', async () => {
    const people = await statusPage(bench.store);
    const { engineer } = people;
    const { incident, report } = await inReview(people);
    const { name } = engineer.actor;
    const later = minutesLater(engineer, 125);
    await saveReport(later, report, { ownerFunction: { en: name }, authorFunction: { de: name } });
    const problem = await problemOf(engineer, incident);
    await addItem(later, problem, promise(engineer.actor.userId, { ownerFunction: { en: name } }));
    await addSupplierAnalysis(later, report, {
      supplier: 'Netz AG',
      requestedAt: engineer.now.toISOString(),
      outstanding: 'Why 10.20.30.40 was lost.',
    });
    const { findings } = await readReport(later, report);
    expect(findings.map(({ path, rule, isBlocking }) => [path, isBlocking || rule])).toEqual([
      ['suppliers.0', true],
      ['ownerFunction', 'person'],
      ['authorFunction', 'person'],
      ['remediation.0', 'person'],
    ]);
    expect(await keyOf(submitReport(later, report))).toEqual(['suppliers.0.en: lint_blocked']);
  });

  test('R-077: the board asks for no decision any more after a P1 became a P3', async () => {
    const people = await statusPage(bench.store);
    const { csup, sre, manager } = people;
    const { id } = await open(csup);
    await classifyIncident(sre, id, { priority: 'P1', reason: 'Many customers.' });
    expect((await listReports(manager)).owed).toHaveLength(1);
    const { id: decision } = await proposeReclassification(sre, id, {
      priority: 'P3',
      evidence: 'Nobody, in fact.',
    });
    await settleDecision(manager, decision, { isAgreed: true });
    expect((await listReports(manager)).owed).toEqual([]);
  });

  test('R-099: an action done again owes a note again', async () => {
    const people = await statusPage(bench.store);
    const { engineer } = people;
    const incident = await resolvedP0(people);
    const problem = await problemOf(engineer, incident);
    const { id: item } = await addItem(engineer, problem, promise(engineer.actor.userId));
    await settleItem(engineer, item, { state: 'done' });
    await noteEffectiveness(engineer, item, { text: 'It did not help.' });
    await settleItem(engineer, item, { state: 'open' });
    await settleItem(minutesLater(engineer, 60), item, { state: 'done' });
    const [shown] = (await listItems(minutesLater(engineer, 60))).items;
    expect(shown?.noteDueOn).not.toBeNull();
    const { entries } = await listAudit(people.admin, { limit: 50 });
    expect(JSON.stringify(entries)).toContain('It did not help.');
  });
});

describeEachEngine('lists of years', (bench) => {
  const many = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

  test('five hundred closed problems do not hide the open one, nor a thousand settled actions the one that is due', async () => {
    const people = await statusPage(bench.store);
    const { engineer } = people;
    const incident = await resolvedP0(people);
    const problem = await problemOf(engineer, incident);
    const { id: item } = await addItem(engineer, problem, promise(engineer.actor.userId));
    const before = minutesLater(engineer, -60 * 24).now;
    await bench.store.transaction(async ({ db, tables }) => {
      const [row] = await db.select().from(tables.problems).where(eq(tables.problems.id, problem));
      const [action] = await db.select().from(tables.remediationItems);
      if (!row || !action) throw new Error('Nothing to copy.');
      for (const _part of many(10)) {
        const closed = many(50).map(() => ({ ...row, id: newId(), openedAt: before, closedAt: before }));
        await db.insert(tables.problems).values(closed);
        const done = closed.flatMap(({ id }) =>
          many(2).map(() => ({
            ...action,
            id: newId(),
            problemId: id,
            dueOn: '2026-11-01',
            state: 'done' as const,
            settledAt: before,
          })),
        );
        await db.insert(tables.remediationItems).values(done);
      }
    });
    expect((await listProblems(engineer)).problems[0]?.id).toBe(problem);
    expect((await listItems(engineer)).items.map(({ id }) => id)).toContain(item);
  });

  test('a thousand actions: the board counts all of them, and the list of each state goes on to the last', async () => {
    const people = await statusPage(bench.store);
    const { engineer } = people;
    const problem = await problemOf(engineer, await resolvedP0(people));
    await addItem(engineer, problem, promise(engineer.actor.userId));
    await bench.store.transaction(async ({ db, tables }) => {
      const [action] = await db.select().from(tables.remediationItems);
      if (!action) throw new Error('Nothing to copy.');
      const settledAt = minutesLater(engineer, -60).now;
      for (const state of ['open', 'done'] as const)
        for (const _part of many(5)) {
          const settled = state === 'done' ? { state, settledAt } : { state };
          await db
            .insert(tables.remediationItems)
            .values(many(50).map(() => ({ ...action, id: newId(), ...settled })));
        }
    });
    const columns = await readBoard(engineer);
    expect(columns.map(({ state, count, items }) => [state, count, items.length])).toEqual([
      ['open', 251, columnLength],
      ['in_progress', 0, 0],
      ['done', 250, columnLength],
      ['waived', 0, 0],
    ]);
    for (const [state, all] of [
      ['open', 251],
      ['done', 250],
      [undefined, 501],
    ] as const) {
      const seen = new Set<string>();
      let before: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof listItems>> = await listItems(engineer, {
          ...(state ? { state } : {}),
          ...(before ? { before } : {}),
        });
        for (const { id } of page.items) seen.add(id);
        before = page.next;
      } while (before);
      expect(seen.size, state).toBe(all);
    }
  });

  test('five hundred meetings that were held do not hide the one that is owed', async () => {
    const people = await statusPage(bench.store);
    const { manager } = people;
    const { report } = await publishedReport(people);
    const [owed] = (await listMeetings(manager)).meetings;
    await bench.store.transaction(async ({ db, tables }) => {
      const [revision] = await db.select().from(tables.reportRevisions);
      const [meeting] = await db.select().from(tables.postmortemMeetings);
      if (!revision || !meeting) throw new Error('Nothing to copy.');
      for (const part of many(10)) {
        const versions = many(50).map((at) => part * 50 + at + 2);
        await db
          .insert(tables.reportRevisions)
          .values(versions.map((version) => ({ ...revision, id: newId(), sequence: version, version })));
        await db.insert(tables.postmortemMeetings).values(
          versions.map((reportVersion) => ({
            ...meeting,
            id: newId(),
            reportVersion,
            dueAt: manager.now,
            heldAt: manager.now,
          })),
        );
      }
    });
    const [first] = (await listMeetings(manager)).meetings;
    expect([report === first?.reportId, first?.id]).toEqual([true, owed?.id]);
  });

  test('five hundred P1 without a report do not hide the one that is due', async () => {
    const people = await statusPage(bench.store);
    const { engineer } = people;
    const incident = await resolvedP0(people);
    await bench.store.transaction(async ({ db, tables }) => {
      const [row] = await db.select().from(tables.incidents).where(eq(tables.incidents.id, incident));
      const [owed] = await db.select().from(tables.reports);
      if (!row || !owed) throw new Error('Nothing to copy.');
      for (const _part of many(10)) {
        const others = many(50).map(() => ({ ...row, id: newId(), number: null, priority: 'P1' as const }));
        await db.insert(tables.incidents).values(others);
        await db.insert(tables.reports).values(
          others.map(({ id }) => ({
            ...owed,
            id: newId(),
            incidentId: id,
            isRequired: false,
            state: null,
            dueAt: engineer.now,
          })),
        );
      }
    });
    const due = (await readDue(minutesLater(engineer, 200))).due;
    expect(due.map(({ kind }) => kind)).toEqual(['report_due']);
  });
});
