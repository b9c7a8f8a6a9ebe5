/** Defects found by attacking the incident reports, each with its words; on both engines. */
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { listAudit } from '../../src/domain/audit/list-audit.ts';
import { closeIncident } from '../../src/domain/closing/close-incident.ts';
import { readDue } from '../../src/domain/due/read-due.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { planMeeting } from '../../src/domain/meetings/plan-meeting.ts';
import { recordMeeting } from '../../src/domain/meetings/record-meeting.ts';
import { linkIncident } from '../../src/domain/problems/change-problem.ts';
import { readProblem } from '../../src/domain/problems/read-problem.ts';
import { addItem } from '../../src/domain/remediation/add-item.ts';
import { addComment } from '../../src/domain/reports/comments.ts';
import { decideReport } from '../../src/domain/reports/decide-report.ts';
import { proposeNotReleased, proposeReclassification } from '../../src/domain/reports/propose-decision.ts';
import { publishReport } from '../../src/domain/reports/publish-report.ts';
import { readReport } from '../../src/domain/reports/read-report.ts';
import { reviewReport } from '../../src/domain/reports/review-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { settleDecision } from '../../src/domain/reports/settle-decision.ts';
import { submitReport } from '../../src/domain/reports/submit-report.ts';
import { addSupplierAnalysis } from '../../src/domain/reports/suppliers.ts';
import { handOverIncident } from '../../src/domain/restricted/hand-over-incident.ts';
import { releaseIncident } from '../../src/domain/restricted/release-incident.ts';
import { restrictIncident } from '../../src/domain/restricted/restrict-incident.ts';
import { withdrawUpdate } from '../../src/domain/restricted/withdraw-update.ts';
import { logIncident } from '../../src/domain/unpublished/log-incident.ts';
import { resolveIncident } from '../../src/domain/updates/post-update.ts';
import { describeEachEngine } from '../support/engines.ts';
import { lastWords, open, plan, type StatusPage, say, statusPage } from '../support/incidents.ts';
import {
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
  const { id } = await logIncident(csup, { category: 'api', internalTitle: 'Secret calls' });
  await classifyIncident(sre, id, { priority: 'P0', reason: 'Everything is down.' });
  return id;
}

const first = {
  texts: { en: { title: 'Secret calls', body: 'We look into secret calls, at some length here.' } },
};

describeEachEngine('what hides with an incident', (bench) => {
  test('the audit goes on showing what a report, its problem and its plan said before the incident became restricted', async () => {
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

  test('restricting one of two incidents takes the plan of the other away from who works on it', async () => {
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

  test('somebody who may not see a restricted report is made its owner or author', async () => {
    const people = await statusPage(bench.store);
    const { engineer, security } = people;
    const incident = await hiddenP0(people);
    await restrictIncident(security, incident, {});
    for (const field of ['owner', 'author'])
      expect(await keyOf(saveReport(security, incident, { [field]: engineer.actor.userId }))).toEqual([
        `${field}: cannot_see`,
      ]);
  });

  test('R-125: "not released" is agreed to after the incident was released, and waives the report of a public P0', async () => {
    const people = await statusPage(bench.store);
    const { security, manager, engineer } = people;
    const incident = await hiddenP0(people);
    await restrictIncident(security, incident, { readers: [manager.actor.userId] });
    await say(security, incident, 'investigating', first);
    const { id } = await proposeNotReleased(security, incident, {
      reason: 'Ongoing investigation.',
      reviewOn: '2027-01-15',
    });
    await handOverIncident(security, incident, { toWhom: 'The incident response team' });
    const { version } = await readIncident(security, incident);
    await releaseIncident(minutesLater(security, 5), incident, { version });
    const later = minutesLater(manager, 10);
    expect(await keyOf(settleDecision(later, id, { isAgreed: true }))).toBe('report_public_incident');
    await saveReport(minutesLater(engineer, 10), incident, { title: { en: 'It is owed' } });
    await settleDecision(later, id, { isAgreed: false });
  });

  test('the withdrawn end of a restricted incident leaves it closed and its report due', async () => {
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
