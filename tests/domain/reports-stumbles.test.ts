/** The way of a report without a stumble: what is refused, asked, stated and told on it. */
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { listNotices } from '../../src/domain/incidents/notices/list-notices.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { readReportPage } from '../../src/domain/public/read-report-page.ts';
import { classifyReport } from '../../src/domain/reports/classify-report.ts';
import { listReports } from '../../src/domain/reports/list-reports.ts';
import { recordMilestones } from '../../src/domain/reports/milestones/record-milestones.ts';
import { readReport } from '../../src/domain/reports/read-report.ts';
import { settleItem } from '../../src/domain/reports/remediation/settle-item.ts';
import { publishReport } from '../../src/domain/reports/reviews/publish-report.ts';
import { reviewReport } from '../../src/domain/reports/reviews/review-report.ts';
import { submitReport } from '../../src/domain/reports/reviews/submit-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { describeEachEngine } from '../support/engines.ts';
import { statusPage } from '../support/incidents.ts';
import { runOutbox } from '../support/outbox.ts';
import { addAction, approve, complete, inReview, resolvedP0, submitted } from '../support/reports.ts';
import { minutesLater } from '../support/world.ts';
import { asAnybody, audits, refusal, refusedBy, refusedFor } from './accounts-support.ts';

describeEachEngine('what a P0 report is not submitted without', (bench) => {
  /** Complete but for what is tested. */
  async function written() {
    const people = await statusPage(bench.store);
    const incident = await resolvedP0(people);
    const engineer = minutesLater(people.engineer, 120);
    const { id } = await saveReport(engineer, incident, complete(engineer.actor.userId));
    return { people, engineer, manager: minutesLater(people.manager, 121), incident, id };
  }

  test('a P0 report without any action is refused; a waived one is none', async () => {
    const { engineer, incident, id } = await written();
    const without = refusedFor('remediation: report_without_action');
    expect(await refusal(submitReport(engineer, id))).toEqual(without);
    expect((await readReport(engineer, id)).missing).toMatchObject([{ path: 'remediation' }]);
    const item = await addAction(engineer, incident);
    await settleItem(engineer, item, { state: 'waived', reason: 'It was replaced by another one.' });
    expect(await refusal(submitReport(engineer, id))).toEqual(without);
    await addAction(engineer, incident);
    await submitReport(engineer, id);
  });

  test('one whose "verified" is unrecorded needs a typed reason, stored for who approves', async () => {
    const { engineer, incident, id } = await written();
    await addAction(engineer, incident);
    await recordMilestones(engineer, incident, { verified: null });
    expect(await refusal(submitReport(engineer, id))).toEqual(
      refusedFor('unverifiedReason: unverified_reason'),
    );
    expect(await refusal(submitReport(engineer, id, { unverifiedReason: 'xxxx' }))).toEqual(
      refusedFor('unverifiedReason: reason_thin'),
    );
    const unverifiedReason = 'The probe for it is built next week.';
    await submitReport(engineer, id, { unverifiedReason });
    expect((await readReport(engineer, id)).submitted).toMatchObject({ unverifiedReason });
    expect((await audits(bench.store)).at(-1)).toMatchObject({ action: 'report.submitted' });
  });

  test('a reason that nobody needed is not kept', async () => {
    const { engineer, incident, id } = await written();
    await addAction(engineer, incident);
    await submitReport(engineer, id, { unverifiedReason: 'The probe for it is built next week.' });
    expect((await readReport(engineer, id)).submitted?.unverifiedReason).toBe('');
  });
});

describeEachEngine('raising the classification is part of approving', (bench) => {
  /** In review without that a manager classified it before. */
  async function unclassified() {
    const people = await statusPage(bench.store);
    const incident = await resolvedP0(people);
    const engineer = minutesLater(people.engineer, 120);
    const { id } = await saveReport(engineer, incident, complete(engineer.actor.userId));
    await addAction(engineer, incident);
    const { digest } = await submitReport(engineer, id);
    return { people, incident, id, digest, manager: minutesLater(people.manager, 121) };
  }
  const ticks = { content: {}, commitments: {}, presentation: {} };

  test('a P0 needs no manager before its submission; approving writes it with its own entry (R-153), and the digest stays', async () => {
    const { people, id, digest, manager } = await unclassified();
    const decision = { digest, ticks, decision: 'approve' };
    expect(await refusal(reviewReport(manager, id, decision))).toEqual(
      refusedFor('classification: classification_stated'),
    );
    expect(await refusal(reviewReport(manager, id, { ...decision, classification: 'customers' }))).toEqual(
      refusedFor('classification: classification_stated'),
    );
    await reviewReport(manager, id, { ...decision, classification: 'public' });
    const shown = await readReport(manager, id);
    expect(shown.report).toMatchObject({ state: 'approved', classification: 'public' });
    expect(shown.digest).toBe(digest);
    const entries = (await audits(bench.store)).slice(-2);
    expect(entries).toMatchObject([{ action: 'report.classified' }, { action: 'report.approved' }]);
    const csup = minutesLater(people.csup, 122);
    const { slug } = await publishReport(csup, id, { digest, impact: 'keep' });
    const page = await readReportPage(asAnybody(bench.store, csup.now), slug);
    expect(page?.report.content.header).toMatchObject({ audience: 'public', classification: 'public' });
  });

  test('a manager’s separate act stays possible, before and while it is reviewed, without ending the review', async () => {
    const { id, digest, manager } = await unclassified();
    await classifyReport(manager, id, { classification: 'public', reason: 'It is a P0.' });
    expect((await readReport(manager, id)).report.state).toBe('in_review');
    await reviewReport(manager, id, { digest, ticks, decision: 'approve' });
    await classifyReport(manager, id, { classification: 'internal', reason: 'It was too early.' });
    expect((await readReport(manager, id)).report.state).toBe('draft');
    expect(await refusal(publishReport(manager, id, { digest }))).toEqual(
      refusedBy('conflict', 'report_not_approved'),
    );
  });
});

describeEachEngine('"P0" beside "Impact: Minor" in public', (bench) => {
  async function approved(impact: 'minor' | 'none' | 'major') {
    const people = await statusPage(bench.store);
    const { incident, report } = await inReview(people);
    const { incidents } = bench.store.tables;
    await bench.store.transaction(async ({ db }) => {
      await db.update(incidents).set({ impact }).where(eq(incidents.id, incident));
    });
    const digest = await submitted(people.manager, report);
    await approve(minutesLater(people.manager, 121), report);
    return { csup: minutesLater(people.csup, 122), incident, report, digest };
  }
  const asked = refusedFor('impact: impact_beside_p0');

  test.each(['minor', 'none'] as const)('%s: is asked before publishing, and may stay', async (impact) => {
    const { csup, incident, report, digest } = await approved(impact);
    expect(await refusal(publishReport(csup, report, { digest }))).toEqual(asked);
    expect((await readReport(csup, report)).report.state).toBe('approved');
    await publishReport(csup, report, { digest, impact: 'keep' });
    const page = await readIncidentPage(asAnybody(bench.store, csup.now), incident);
    expect(page?.incident.impact).toBe(impact);
  });

  test('or it is raised with the publication, and the page of the incident says so', async () => {
    const { csup, incident, report, digest } = await approved('minor');
    await publishReport(csup, report, { digest, impact: 'critical' });
    const page = await readIncidentPage(asAnybody(bench.store, csup.now), incident);
    expect(page?.incident.impact).toBe('critical');
    expect((await audits(bench.store)).map(({ action }) => action)).toContain('incident.impact-raised');
  });

  test('where they fit nothing is asked', async () => {
    const { csup, report, digest } = await approved('major');
    expect(await refusal(publishReport(csup, report, { digest }))).toBe('not refused');
  });
});

describeEachEngine('a manager’s board', (bench) => {
  test('knows what that manager wrote or submitted and may not approve', async () => {
    const people = await statusPage(bench.store);
    const { report } = await inReview(people);
    const isOwn = async (who: typeof people.manager) =>
      (await listReports(who)).owed.find(({ id }) => id === report)?.isOwn;
    expect([await isOwn(people.manager), await isOwn(people.engineer)]).toEqual([false, true]);
    const manager = minutesLater(people.manager, 125);
    await saveReport(manager, report, { sections: { why: { en: { text: 'A certificate expired.' } } } });
    expect(await isOwn(people.manager)).toBe(true);
  });
});

describeEachEngine('notices', (bench) => {
  test('about reports name the version', async () => {
    const people = await statusPage(bench.store);
    const { report } = await inReview(people);
    await runOutbox(bench.store, minutesLater(people.manager, 121).now);
    const told = async (who: typeof people.manager) =>
      (await listNotices(who)).notices.map(({ kind, version }) => `${kind} ${version}`);
    expect(await told(people.manager)).toContain('review_waiting 1');
    await approve(minutesLater(people.manager, 121), report);
    const csup = minutesLater(people.csup, 122);
    await publishReport(csup, report, { digest: await submitted(csup, report), impact: 'keep' });
    const engineer = minutesLater(people.engineer, 130);
    const change = { en: 'We know more.', de: 'Wir wissen mehr.' };
    await saveReport(engineer, report, { change });
    await submitReport(engineer, report);
    await runOutbox(bench.store, minutesLater(people.manager, 131).now);
    expect(await told(people.manager)).toEqual(
      expect.arrayContaining(['report_published 1', 'review_waiting 1', 'review_waiting 2']),
    );
  });
});
