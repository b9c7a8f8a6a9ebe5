/** The eyes of management on a report, links for customers, and incidents restricted after the fact; on both engines. */
import { expect, test } from 'vitest';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { recordIncident } from '../../src/domain/incidents/not-public/record-incident.ts';
import { nameReaders } from '../../src/domain/incidents/restricted/name-readers.ts';
import { restrictIncident } from '../../src/domain/incidents/restricted/restrict-incident.ts';
import { validatePriority } from '../../src/domain/incidents/validate-priority.ts';
import { readReportOfLink } from '../../src/domain/public/read-shared-report.ts';
import { classifyReport } from '../../src/domain/reports/classify-report.ts';
import { revokeLink, shareReport } from '../../src/domain/reports/links.ts';
import { listReports } from '../../src/domain/reports/list-reports.ts';
import { recordMilestones } from '../../src/domain/reports/milestones/record-milestones.ts';
import { decideReport } from '../../src/domain/reports/obligations/decide-report.ts';
import { readReport } from '../../src/domain/reports/read-report.ts';
import { publishReport } from '../../src/domain/reports/reviews/publish-report.ts';
import { reviewBaseline } from '../../src/domain/reports/reviews/review-baseline.ts';
import { reviewReport } from '../../src/domain/reports/reviews/review-report.ts';
import { submitReport } from '../../src/domain/reports/reviews/submit-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { describeEachEngine } from '../support/engines.ts';
import { open, type StatusPage, statusPage } from '../support/incidents.ts';
import {
  approve,
  complete,
  forCustomers,
  inReview,
  publishedForCustomers,
  publishedReport,
  submitted,
} from '../support/reports.ts';
import { asUser, minutesLater } from '../support/world.ts';

const ticks = { content: {}, commitments: {}, presentation: {} };
const keyOf = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => 'allowed',
    (error: { key?: string }) => error.key ?? error,
  );
const detailsOf = (act: Promise<unknown>) =>
  act.then(
    () => null,
    (error: { details?: { changes?: { path: string; before: string; after: string }[] } }) => error.details,
  );
const inAnHour = (people: StatusPage) => minutesLater(people.csup, 60 * 24).now.toISOString();

describeEachEngine('R-082, R-083, G-24: what was read is what is decided on', (bench) => {
  test('an outdated approval is refused with what changed since it was read, in review or back in draft', async () => {
    const people = await statusPage(bench.store);
    const { engineer, manager } = people;
    const { report } = await inReview(people);
    const digest = await submitted(manager, report);
    await saveReport(engineer, report, { sections: { why: { en: { text: 'A better reason.' } } } });
    const act = () => reviewReport(manager, report, { digest, ticks, decision: 'approve' });
    for (const _again of [1, 2]) {
      expect(await keyOf(act())).toBe('approval_outdated');
      expect((await detailsOf(act()))?.changes).toEqual([
        { path: 'sections.why', language: 'en', before: 'About why.', after: 'A better reason.' },
      ]);
      await submitReport(engineer, report).catch(() => null);
    }
    const shown = await readReport(manager, report);
    expect([shown.report.state, shown.reviews]).toEqual(['in_review', []]);
  });

  test('publishing after a voided approval is refused with what changed; without any approval it says so', async () => {
    const people = await statusPage(bench.store);
    const { engineer, manager, csup } = people;
    const { report } = await inReview(people);
    const digest = await submitted(csup, report);
    expect(await keyOf(publishReport(csup, report, { digest }))).toBe('report_not_approved');
    await approve(manager, report);
    await saveReport(engineer, report, { title: { en: 'Another title' } });
    const act = () => publishReport(csup, report, { digest });
    expect(await keyOf(act())).toBe('approval_outdated');
    expect((await detailsOf(act()))?.changes).toMatchObject([{ path: 'title', after: 'Another title' }]);
    expect((await readReport(csup, report)).report.publishedAt).toBeNull();
  });

  test('remarks on sections are kept with the review, and nothing of a refused one is', async () => {
    const people = await statusPage(bench.store);
    const { manager } = people;
    const { report } = await inReview(people);
    const digest = await submitted(manager, report);
    const given = { digest, comments: { why: 'Why so late?', impact: ' ' } };
    expect(await keyOf(reviewReport(manager, report, { ...given, decision: 'request_changes' }))).toBe(
      'input',
    );
    expect((await readReport(manager, report)).comments).toEqual([]);
    await reviewReport(manager, report, {
      ...given,
      decision: 'request_changes',
      comment: 'See the remark.',
    });
    const shown = await readReport(manager, report);
    expect(shown.comments).toMatchObject([{ section: 'why', text: 'Why so late?', settledAt: null }]);
    expect(shown.report.state).toBe('draft');
  });

  test('a review starts from the state this manager reviewed last, else from the published version', async () => {
    const people = await statusPage(bench.store);
    const { engineer, manager } = people;
    const other = await asUser(bench.store, ['manager']);
    const { report } = await publishedReport(people);
    const { userId } = manager.actor;
    await saveReport(engineer, report, { change: { en: 'More exact.' }, title: { en: 'Second' } });
    await submitReport(engineer, report);
    const first = await readReport(other, report);
    expect(reviewBaseline(first, other.actor.userId)).toMatchObject({ kind: 'version', version: 1 });
    await reviewReport(other, report, {
      digest: await submitted(other, report),
      decision: 'request_changes',
      comment: 'Shorter.',
    });
    await saveReport(engineer, report, { title: { en: 'Third' } });
    await submitReport(engineer, report);
    const second = await readReport(other, report);
    expect(reviewBaseline(second, other.actor.userId)).toMatchObject({
      kind: 'review',
      content: { title: { en: 'Second' } },
    });
    // The other manager reviewed version 1 and nothing since.
    expect(reviewBaseline(second, userId)).toMatchObject({
      kind: 'review',
      content: { title: { en: 'API calls failed' } },
    });
    expect(reviewBaseline({ ...second, revisions: second.revisions.slice(0, 1) }, userId)).toBeNull();
  });

  test('the board holds what is owed, the soonest due first, then what is published, the newest first', async () => {
    const people = await statusPage(bench.store);
    const { sre, manager } = people;
    const { report: published } = await publishedReport(people);
    const { report: owed } = await inReview(people);
    const undecided = await open(people.csup);
    await classifyIncident(sre, undecided.id, { priority: 'P1', reason: 'Many customers.' });
    const board = await listReports(minutesLater(manager, 60 * 24 * 9));
    expect(board.owed.map(({ state, isRequired, daysLeft }) => [state, isRequired, daysLeft])).toEqual([
      ['in_review', true, -2],
      ['owed', null, null],
    ]);
    expect(board.owed[0]?.id).toBe(owed);
    expect(board.published.map(({ id }) => id)).toEqual([published]);
    await decideReport(manager, undecided.id, { isRequired: false, reason: 'A small outage.' });
    expect((await listReports(manager)).owed).toHaveLength(1);
  });
});

describeEachEngine('R-085, R-125: links for customers', (bench) => {
  test('a link opens the published version until it expires or is revoked, and never the draft', async () => {
    const people = await statusPage(bench.store);
    const { csup, engineer } = people;
    const { report } = await publishedForCustomers(people);
    const now = minutesLater(csup, 130);
    const { id, token } = await shareReport(now, report, { expiresAt: inAnHour(people), note: 'Acme' });
    await saveReport(engineer, report, { title: { en: 'A draft nobody reads' } });
    expect((await readReportOfLink(now, token))?.report.content.title.en).toBe('API calls failed');
    expect(await readReportOfLink(now, `${token.slice(0, -1)}~`)).toBeNull();
    expect(await readReportOfLink(minutesLater(csup, 60 * 24), token)).toBeNull();
    await revokeLink(now, id);
    expect(await readReportOfLink(now, token)).toBeNull();
    const shown = await readReport(now, report);
    expect(shown.links).toMatchObject([{ id, note: 'Acme' }]);
    expect(JSON.stringify(shown.links)).not.toContain(token);
  });

  test('nothing is shared before publication, of an internal or for longer than a year', async () => {
    const people = await statusPage(bench.store);
    const { csup } = people;
    const { report } = await forCustomers(people);
    const now = minutesLater(csup, 130);
    expect(await keyOf(shareReport(now, report, { expiresAt: inAnHour(people) }))).toBe('report_not_shared');
    await approve(minutesLater(people.manager, 131), report);
    await publishReport(minutesLater(csup, 132), report, { digest: await submitted(csup, report) });
    const far = minutesLater(csup, 60 * 24 * 400).now.toISOString();
    expect(await keyOf(shareReport(now, report, { expiresAt: far }))).toBe('input');
    expect(await keyOf(shareReport(people.engineer, report, { expiresAt: far }))).toBe('forbidden');
  });
});

describeEachEngine('R-001, R-126: restricted after the fact, and not public at all', (bench) => {
  /** A P1 of which nothing is public, with its report for `audience` in review. */
  async function neverPublic(people: StatusPage, audience: 'internal' | 'customers' | 'public') {
    const { csup, sre, engineer, manager } = people;
    const { id } = await recordIncident(csup, { category: 'api', internalTitle: 'Calls fail' });
    await classifyIncident(sre, id, { priority: 'P1', reason: 'Many customers.' });
    await validatePriority(manager, id);
    const at = (minutes: number): string => minutesLater(sre, minutes).now.toISOString();
    await recordMilestones(minutesLater(sre, 90), id, { recovered: at(60) });
    const { id: report } = await decideReport(manager, id, { isRequired: true, reason: 'Asked for.' });
    const later = minutesLater(engineer, 120);
    await saveReport(later, report, { ...complete(engineer.actor.userId), audience });
    await classifyReport(manager, report, { classification: audience, reason: 'No other reason' }).catch(
      () => null,
    );
    await submitReport(later, report);
    await approve(minutesLater(manager, 121), report);
    return { incident: id, report };
  }

  test('restricted while its report is written or approved: it is not published, and who may not see it finds nothing', async () => {
    const people = await statusPage(bench.store);
    const { csup, security, manager } = people;
    const { incident, report } = await neverPublic(people, 'customers');
    const digest = await submitted(csup, report);
    await restrictIncident(security, incident, {});
    expect(await keyOf(publishReport(csup, report, { digest }))).toBe('not_found');
    expect((await listReports(csup)).owed).toEqual([]);
    await nameReaders(security, incident, { readers: [manager.actor.userId] });
    expect(await keyOf(publishReport(manager, report, { digest }))).toBe('report_restricted');
    expect((await readReport(manager, report)).report.publishedAt).toBeNull();
  });

  test('given to customers, its incident is restricted no more; the team’s own copy hides with it', async () => {
    const people = await statusPage(bench.store);
    const { csup, security } = people;
    const given = await neverPublic(people, 'customers');
    await publishReport(minutesLater(csup, 122), given.report, {
      digest: await submitted(csup, given.report),
    });
    const later = minutesLater(security, 130);
    expect(await keyOf(restrictIncident(later, given.incident, {}))).toBe('cannot_restrict_report');
    const own = await neverPublic(people, 'internal');
    await publishReport(minutesLater(csup, 122), own.report, { digest: await submitted(csup, own.report) });
    await restrictIncident(later, own.incident, {});
    expect(await keyOf(readReport(csup, own.report))).toBe('not_found');
    expect((await listReports(csup)).published.map(({ id }) => id)).toEqual([given.report]);
  });

  test('a report for the world is not published while nothing of its incident is', async () => {
    const people = await statusPage(bench.store);
    const { incident: _incident, report } = await neverPublic(people, 'public');
    const digest = await submitted(people.csup, report);
    expect(await keyOf(publishReport(people.csup, report, { digest }))).toBe('report_incident_hidden');
  });
});
