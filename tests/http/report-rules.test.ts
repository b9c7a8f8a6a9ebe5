/** Rules of reports that show on a screen or in the API, each whole. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { reportSections } from '../../db/words.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { listMeetings } from '../../src/domain/reports/meetings/list-meetings.ts';
import { planMeeting } from '../../src/domain/reports/meetings/plan-meeting.ts';
import { recordMeeting } from '../../src/domain/reports/meetings/record-meeting.ts';
import { changeProblem } from '../../src/domain/reports/problems/change-problem.ts';
import { addItem } from '../../src/domain/reports/remediation/add-item.ts';
import { submitReport } from '../../src/domain/reports/reviews/submit-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { adminPaths } from '../../src/paths.ts';
import { type Api, apiOf } from '../support/api.ts';
import { faultsOf } from '../support/html.ts';
import { inWords, type ReportDesk, reportDesk } from '../support/report-desk.ts';
import { problemOf, promise, publishedReport, resolvedP0 } from '../support/reports.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { night } from '../support/world.ts';

let server: TestServer;
let desk: ReportDesk;

beforeAll(async () => {
  server = await startTestServer();
  desk = await reportDesk(server);
});
beforeEach(() => {
  server.clock.now = night;
});
afterAll(() => server?.stop());

const apiAs = async (who: 'csup' | 'engineer' | 'manager'): Promise<Api> =>
  apiOf(server, await server.token(desk.person[who]));
const ticks = { content: {}, commitments: {}, presentation: {} };

describe('the JSON API', () => {
  test('R-014, R-083: CSUP approving is 403, publishing before the approval 409; a manager approves, then CSUP publishes', async () => {
    const { report } = await desk.reviewed();
    const digest = await desk.digestOf(report);
    const [csup, engineer, manager] = [await apiAs('csup'), await apiAs('engineer'), await apiAs('manager')];
    const approval = { digest, ticks, decision: 'approve' };
    for (const api of [csup, engineer])
      expect((await api.send('POST', `/reports/${report}/review`, approval)).status).toBe(403);
    const early = await csup.send('POST', `/reports/${report}/publication`, { digest });
    expect([early.status, early.body.error.code]).toEqual([409, 'conflict']);
    await manager.call('reviewReport', { id: report, body: approval });
    expect((await engineer.send('POST', `/reports/${report}/publication`, { digest })).status).toBe(403);
    await csup.call('publishReport', { id: report, body: { digest, impact: 'keep' } });
  });
});

describe('what the approver sees', () => {
  test('R-147: the reason why somebody without engineering duties wrote it stands in the review', async () => {
    const { report } = await desk.reviewed();
    const reason = 'She led the recovery & <b>knows</b> the contract.';
    const engineer = desk.as(desk.person.engineer);
    await saveReport(engineer, report, { author: desk.person.csup.id, authorReason: reason });
    await submitReport(engineer, report);
    const { html } = await desk.show('manager', adminPaths.reportReview(report));
    expect(html).toContain(
      'Why this author: She led the recovery &amp; &lt;b&gt;knows&lt;/b&gt; the contract.',
    );
  });

  test('R-130: a P0 plan that neither removes the cause nor prevents a return warns in the review and on the problem', async () => {
    const { report, incident } = await desk.reviewed();
    const engineer = desk.as(desk.person.engineer);
    const problem = await problemOf(engineer, incident);
    const more = { aim: 'reduces_effect' };
    await addItem(engineer, problem, promise(desk.person.engineer.id, more));
    await submitReport(engineer, report);
    const warned = async (): Promise<boolean[]> => {
      const review = await desk.show('manager', adminPaths.reportReview(report));
      const own = await desk.show('csup', adminPaths.problem(problem));
      return [
        review.html.includes('No action removes the cause or prevents its return.'),
        own.html.includes('No action removes the cause or prevents a return'),
      ];
    };
    expect(await warned()).toEqual([true, true]);
    await addItem(engineer, problem, promise(desk.person.engineer.id));
    await submitReport(engineer, report);
    expect(await warned()).toEqual([false, false]);
  });
});

describe('R-077: a report that nobody owes', () => {
  test('nobody could ask for the report of a P2 or P3 on the screen: a manager can, from its incident, with a reason', async () => {
    const { csup, sre } = desk.people();
    const { id } = await openIncident(csup, { category: 'dns', ...inWords });
    const page = adminPaths.incident(id);
    const ask = 'Ask for a report';
    expect((await desk.show('manager', page)).html).not.toContain(ask);
    await classifyIncident(sre, id, { priority: 'P2', reason: 'Few notice.' });
    expect((await desk.show('manager', page)).html).toMatch(
      new RegExp(
        `name="report" value="${id}"[\\s\\S]*name="answer" value="yes"[\\s\\S]*Reason for the report`,
      ),
    );
    expect(await faultsOf((await desk.show('manager', page)).html)).toEqual([]);
    expect((await desk.show('sre', page)).html).not.toContain(ask);
    const fields = { report: id, answer: 'yes', 'reason:text': ' ' };
    const refused = await desk.send('manager', page, 'reports.decide', fields);
    expect([refused.status, refused.html.includes('id="ask-reason-refusal"')]).toEqual([422, true]);
    expect((await desk.send('sre', page, 'reports.decide', fields)).status).toBe(403);
    const done = await desk.send('manager', page, 'reports.decide', {
      ...fields,
      'reason:text': 'Customers asked.',
    });
    expect([done.status, done.location]).toEqual([303, expect.stringContaining('done=saved')]);
    expect((await desk.show('engineer', done.location)).html).toContain('Write the report');
    expect((await desk.show('manager', page)).html).not.toContain(ask);
  });
});

describe('problems and meetings', () => {
  test('R-067, R-129: no expert warns, a known cause without a plan is red', async () => {
    const incident = await resolvedP0(desk.people(), inWords);
    const engineer = desk.as(desk.person.engineer);
    const problem = await problemOf(engineer, incident);
    const page = async () => (await desk.show('csup', adminPaths.problem(problem))).html;
    expect(await page()).toContain('No expert is named');
    // "The cause is known, and there is no plan" was said of a cause that nobody knows.
    expect(await page()).not.toContain('The cause is known');
    expect(await page()).toContain('There is no plan. Add an action');
    await changeProblem(engineer, problem, { cause: 'A cable.', expert: desk.person.engineer.id });
    expect(await page()).not.toContain('No expert is named');
    expect(await page()).toContain('The cause is known, and there is no plan');
    expect((await desk.show('csup', adminPaths.problems())).html).toMatch(
      /class="tag late"[^>]*>The cause is known, and there is no plan/,
    );
  });

  test('R-025: the report inside shows who was invited, who attended and who did not', async () => {
    const { report } = await publishedReport(desk.people(), inWords);
    server.clock.forward(240);
    const { manager, engineer, csup, sre } = desk.person;
    const meeting =
      (await listMeetings(desk.as(manager))).meetings.find(({ reportId }) => reportId === report)?.id ?? '';
    const heldAt = server.clock.now.toISOString();
    await planMeeting(desk.as(manager), meeting, {
      lead: manager.id,
      plannedFor: heldAt,
      invited: [manager.id, engineer.id, csup.id],
    });
    const shown = async () =>
      (await desk.show('security', adminPaths.report(report))).html.replace(/\s+/g, ' ');
    const line = (name: string, words: string) =>
      new RegExp(`${name}(?: ?<[^<]*>| Lead)* ?<span class="soft"[^>]*>${words}<`);
    expect(await shown()).toMatch(line(engineer.name, 'invited'));
    const outcomes = Object.fromEntries(reportSections.map((section) => [section, 'agreed']));
    await recordMeeting(desk.as(manager), meeting, {
      heldAt,
      attended: [manager.id, engineer.id, sre.id],
      outcomes,
    });
    const html = await shown();
    expect(html).toMatch(line(engineer.name, 'attended'));
    expect(html).toMatch(line(sre.name, 'attended'));
    expect(html).toMatch(line(csup.name, 'invited, did not attend'));
  });
});
