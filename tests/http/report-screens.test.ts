/** What new users met on the screens of reports and meetings: each defect in its words, so that it stays mended. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { reportSections } from '../../db/words.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { classifyReport } from '../../src/domain/reports/classify-report.ts';
import { planMeeting } from '../../src/domain/reports/meetings/plan-meeting.ts';
import { recordMeeting } from '../../src/domain/reports/meetings/record-meeting.ts';
import {
  proposeNotReleased,
  proposeReclassification,
} from '../../src/domain/reports/obligations/propose-decision.ts';
import { readReport } from '../../src/domain/reports/read-report.ts';
import { moveItem } from '../../src/domain/reports/remediation/move-item.ts';
import { publishReport } from '../../src/domain/reports/reviews/publish-report.ts';
import { submitReport } from '../../src/domain/reports/reviews/submit-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { addSupplierAnalysis } from '../../src/domain/reports/suppliers.ts';
import { adminPaths, publicPaths } from '../../src/paths.ts';
import { inWords, type ReportDesk, reportDesk } from '../support/report-desk.ts';
import { addAction, approve, complete, publishedReport, resolvedP0, submitted } from '../support/reports.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { minutesLater, night } from '../support/world.ts';

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

const shown = async (who: Parameters<ReportDesk['show']>[0], path: string): Promise<string> =>
  (await desk.show(who, path)).html;

describe('R-153: an audience that the classification does not allow yet', () => {
  test('may be chosen and is no obstacle: the form says that approving raises it', async () => {
    const { engineer } = desk.people();
    const incident = await resolvedP0(desk.people(), inWords);
    const { id } = await saveReport(minutesLater(engineer, 120), incident, {
      title: { en: 'Look-ups failed' },
    });
    server.clock.forward(130);
    const html = await shown('engineer', adminPaths.reportText(id));
    expect(html).toContain('Classified so far: Internal. Approving raises it to what you choose here.');
    expect(html).not.toMatch(/<option value="(?:internal|customers|public)"[^>]* disabled/);
    expect(await shown('engineer', adminPaths.report(id))).toContain('id="classification"');
  });
});

describe('R-098: the report inside', () => {
  test('a published report still names who approved it after one of its deadlines moved', async () => {
    const { report, item } = await publishedReport(desk.people(), inWords);
    const reason = { en: 'The vendor delivers later.', de: 'Der Lieferant liefert später.' };
    await moveItem(minutesLater(desk.people().engineer, 130), item, { dueOn: '2026-12-10', reason });
    server.clock.forward(140);
    const html = await shown('csup', adminPaths.report(report));
    expect(html).toMatch(new RegExp(`Approved by</dt>\\s*<dd[^>]*>${desk.person.manager.name}, 20 Nov 2026`));
    expect(html).not.toContain('not approved yet');
  });

  test('a P1 that waits for its decision shows no empty document, no way and the question once', async () => {
    const { csup, sre } = desk.people();
    const { id } = await openIncident(csup, { category: 'dns', ...inWords });
    await classifyIncident(sre, id, { priority: 'P1', reason: 'Many customers.' });
    const { report } = await readReport(csup, id);
    const html = await shown('manager', adminPaths.report(report.id));
    expect(html.match(/Will there be a report\?/g)).toHaveLength(1);
    expect(html).not.toMatch(/no number yet|The report as it stands now|The way of this report/);
    expect(html).toContain('Record the decision');
  });

  test('R-076: a proposal that waits for a second person is named under what to do next', async () => {
    const incident = await resolvedP0(desk.people(), inWords);
    const page = adminPaths.report(incident);
    expect(await shown('manager', page)).not.toContain('href="#decide"');
    await proposeReclassification(minutesLater(desk.people().sre, 100), incident, {
      priority: 'P2',
      evidence: 'Only the figures were old.',
    });
    server.clock.forward(110);
    expect(await shown('manager', page)).toMatch(/href="#decide"[^>]*>A proposal waits for a second person/);
  });

  test('R-126: the day to look again at a report that is not released is said as a date', async () => {
    const { security, sre } = desk.people();
    const readers = [desk.person.manager.id, desk.person.sre.id];
    const { id } = await openIncident(security, { category: 'security', ...inWords, readers });
    await classifyIncident(sre, id, { priority: 'P0', reason: 'Keys leaked.' });
    await proposeNotReleased(security, id, { reason: 'It would tell how.', reviewOn: '2027-01-15' });
    const html = await shown('manager', adminPaths.report(id));
    expect(html).toContain('Look again on 15 Jan 2027');
    expect(html).not.toContain('on: 2027-01-15');
  });

  test('the audit leads to the report that an entry is about', async () => {
    const { report } = await publishedReport(desk.people(), inWords);
    server.clock.forward(140);
    expect(await shown('manager', adminPaths.audit)).toContain(`href="${adminPaths.report(report)}"`);
  });
});

describe('R-089, R-090: meetings', () => {
  test('whoever plans a meeting sees who is an engineer, and a held one asks for no version that is already public', async () => {
    const { report } = await publishedReport(desk.people(), inWords);
    const { postmortemMeetings } = server.app.store.tables;
    const meeting = (await server.app.store.read.select().from(postmortemMeetings)).find(
      (one) => one.reportId === report,
    );
    const path = adminPaths.meeting(meeting?.id ?? '');
    server.clock.forward(140);
    expect(await shown('manager', path)).toContain(`${desk.person.engineer.name} · Engineer`);
    const { manager, engineer, csup } = desk.people();
    const both = [desk.person.manager.id, desk.person.engineer.id];
    const at = manager.now.toISOString();
    await planMeeting(manager, meeting?.id ?? '', { lead: both[0], plannedFor: at, invited: both });
    const outcomes = Object.fromEntries(reportSections.map((section) => [section, 'agreed']));
    await recordMeeting(manager, meeting?.id ?? '', {
      heldAt: at,
      attended: both,
      outcomes: { ...outcomes, impact: 'changed' },
    });
    expect(await shown('engineer', path)).toContain('Write the next version');
    const change = { en: 'Counted anew.', de: 'Neu gezählt.' };
    await saveReport(minutesLater(engineer, 1), report, { title: { en: 'Counted anew' }, change });
    await submitReport(minutesLater(engineer, 2), report);
    await approve(minutesLater(manager, 3), report);
    await publishReport(minutesLater(csup, 4), report, {
      digest: await submitted(csup, report),
      impact: 'keep',
    });
    server.clock.forward(10);
    expect(await shown('engineer', path)).not.toContain('Write the next version');
  });
});

describe('R-085, R-088: the report as customers read it', () => {
  test('a report translated only in part says so once, and a late supplier is told in a whole sentence', async () => {
    const { engineer, manager, csup } = desk.people();
    const incident = await resolvedP0(desk.people(), inWords);
    const later = minutesLater(engineer, 120);
    const all = complete(engineer.actor.userId);
    const { id } = await saveReport(later, incident, {
      ...all,
      sections: { ...all.sections, impact: { en: { text: 'Nobody could sign in.' } } },
      isPreliminary: true,
    });
    await addSupplierAnalysis(later, id, {
      supplier: 'Example Payments',
      requestedAt: later.now.toISOString(),
      dueAt: '2026-11-25T10:00:00.000Z',
    });
    await classifyReport(manager, id, { classification: 'public', reason: 'It is a P0.' });
    await addAction(later, incident);
    await submitReport(later, id);
    await approve(minutesLater(manager, 130), id);
    const digest = await submitted(csup, id);
    const { slug } = await publishReport(minutesLater(csup, 131), id, { digest, impact: 'keep' });
    server.clock.forward(140);
    const german = await server.text(publicPaths.report('de', slug ?? ''));
    expect(german).toContain('Die Übersetzung folgt. Ein Teil dieses Berichts ist noch auf Englisch.');
    expect(german).toMatch(/lang="en"[^>]*>\s*<p>Nobody could sign in\./);
    expect(german).toContain('noch nicht erhalten, erwartet bis 25. Nov. 2026');
    expect(german).toContain('Veröffentlicht, vorläufig');
    expect(await server.text(publicPaths.report('en', slug ?? ''))).not.toContain('Translation pending');
  });

  test('the history leads to the reports of a category, which nothing led to', async () => {
    await publishedReport(desk.people(), inWords);
    server.clock.forward(140);
    const path = publicPaths.reportsOfCategory('de', 'api');
    expect(await server.text(publicPaths.reports('de'))).toContain(`href="${path}"`);
    expect((await server.fetch(path)).status).toBe(200);
  });
});
