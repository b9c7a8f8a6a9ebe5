/** What a report must have and what of it the world gets, rule by rule. */
import { expect, test } from 'vitest';
import { type ReportSection, reportSections } from '../../db/words.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { readReportPage } from '../../src/domain/public/read-report-page.ts';
import { classifyReport } from '../../src/domain/reports/classify-report.ts';
import { recordMilestones } from '../../src/domain/reports/milestones/record-milestones.ts';
import { readReport } from '../../src/domain/reports/read-report.ts';
import { publishReport } from '../../src/domain/reports/reviews/publish-report.ts';
import { reviewReport } from '../../src/domain/reports/reviews/review-report.ts';
import { submitReport } from '../../src/domain/reports/reviews/submit-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { addSupplierAnalysis, changeSupplierAnalysis } from '../../src/domain/reports/suppliers.ts';
import { describeEachEngine } from '../support/engines.ts';
import { open, statusPage } from '../support/incidents.ts';
import { addAction, approve, complete, inReview, resolvedP0, submitted } from '../support/reports.ts';
import { asUser, minutesLater } from '../support/world.ts';
import { asAnybody, audits, refusal, refusedBy, refusedFor } from './accounts-support.ts';

/** The sections that each rule makes mandatory. */
const mandatory: [rule: string, sections: ReportSection[]][] = [
  [
    'R-078: nature of the problem, overall response, efforts against the next time',
    ['summary', 'impact', 'what_happened', 'response', 'can_improve'],
  ],
  ['R-079: root cause and contributing factors', ['why', 'contributing_factors']],
  ['R-094: what happened, why, how it was fixed', ['what_happened', 'why', 'how_fixed']],
  ['R-096: what went well, what can improve', ['went_well', 'can_improve']],
];
const empty = { en: { text: ' ' }, de: { text: '' } };

describeEachEngine('a report is whole before it is reviewed', (bench) => {
  test.each(mandatory)('%s: no empty one is submitted, so none is approved', async (_rule, sections) => {
    const people = await statusPage(bench.store);
    const engineer = minutesLater(people.engineer, 120);
    const incident = await resolvedP0(people);
    const { id } = await saveReport(engineer, incident, complete(engineer.actor.userId));
    await classifyReport(people.manager, id, { classification: 'public', reason: 'It is a P0.' });
    await addAction(engineer, incident);
    for (const section of sections) {
      const { [section]: before } = complete(null).sections;
      await saveReport(engineer, id, { sections: { [section]: empty } });
      expect(await refusal(submitReport(engineer, id)), section).toEqual(
        refusedFor(`sections.${section}: section_empty`),
      );
      await saveReport(engineer, id, { sections: { [section]: before } });
    }
    expect((await readReport(engineer, id)).report.state).toBe('draft');
    await submitReport(engineer, id);
  });

  test('every section belongs to a rule that makes it mandatory', () => {
    const named = new Set(mandatory.flatMap(([, sections]) => sections));
    expect(reportSections.filter((section) => !named.has(section))).toEqual([]);
  });

  test('R-058: what nobody classified has no report to submit; a P0 classified by its SRE has', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await open(csup);
    expect(await refusal(submitReport(sre, id))).toEqual(refusedBy('not_found', 'not_found'));
    await classifyIncident(sre, id, { priority: 'P0', reason: 'Everything is down.' });
    expect(await refusal(submitReport(sre, id))).toEqual(refusedBy('conflict', 'report_state'));
  });

  test('R-093: detection ≤ diagnosis ≤ recovery ≤ verification, and none in the future', async () => {
    const people = await statusPage(bench.store);
    const sre = minutesLater(people.sre, 130);
    const incident = await resolvedP0(people);
    const at = (minutes: number): string => minutesLater(people.sre, minutes).now.toISOString();
    const wrong: [object, string][] = [
      [{ started: at(3) }, 'detected: milestone_order'],
      [{ detected: at(25) }, 'diagnosed: milestone_order'],
      [{ diagnosed: at(61) }, 'recovered: milestone_order'],
      [{ verified: at(59) }, 'verified: milestone_order'],
      [{ diagnosed: null, recovered: at(1) }, 'recovered: milestone_order'],
      [{ verified: at(131) }, 'verified: in_future'],
    ];
    for (const [moments, field] of wrong)
      expect(await refusal(recordMilestones(sre, incident, moments)), field).toEqual(refusedFor(field));
    await recordMilestones(sre, incident, { detected: at(24), recovered: at(72), pageEnd: 'keep' });
    expect((await audits(bench.store)).at(-1)).toMatchObject({ action: 'incident.milestones-recorded' });
  });

  test('R-088: an analysis by a supplier that came names what is still open, or says that nothing is', async () => {
    const people = await statusPage(bench.store);
    const engineer = minutesLater(people.engineer, 120);
    const incident = await resolvedP0(people);
    const asked = { supplier: 'Transit Ltd', requestedAt: people.engineer.now.toISOString() };
    const { id } = await addSupplierAnalysis(engineer, incident, asked);
    const came = { ...asked, receivedAt: engineer.now.toISOString(), documentUrl: 'https://example.com/rca' };
    expect(await refusal(changeSupplierAnalysis(engineer, id, came))).toEqual(
      refusedFor('outstanding: outstanding_missing'),
    );
    expect(
      await refusal(
        changeSupplierAnalysis(engineer, id, { ...came, outstanding: 'A fan.', isNothingOutstanding: true }),
      ),
    ).toEqual(refusedFor('isNothingOutstanding: wrong_value'));
    await changeSupplierAnalysis(engineer, id, { ...came, isNothingOutstanding: true });
    await changeSupplierAnalysis(engineer, id, { ...came, outstanding: 'They replace a fan.' });
    expect((await readReport(engineer, incident)).suppliers).toMatchObject([
      { supplier: 'Transit Ltd', outstanding: 'They replace a fan.', documentUrl: came.documentUrl },
    ]);
  });

  test('R-088: a report is published as preliminary while the analysis of a supplier is pending', async () => {
    const people = await statusPage(bench.store);
    const { engineer, manager, csup } = people;
    const { report } = await inReview(people);
    const requestedAt = engineer.now.toISOString();
    await addSupplierAnalysis(engineer, report, { supplier: 'Transit Ltd', requestedAt });
    await saveReport(engineer, report, { isPreliminary: true, analysisSource: 'third_party' });
    await submitReport(engineer, report);
    await approve(manager, report);
    const published = minutesLater(csup, 121);
    const { slug } = await publishReport(published, report, { digest: await submitted(csup, report) });
    expect((await readReportPage(asAnybody(bench.store, published.now), slug))?.report.content).toMatchObject(
      {
        header: { isPreliminary: true },
        suppliers: [{ supplier: 'Transit Ltd', receivedAt: null }],
      },
    );
  });
});

describeEachEngine('R-081, R-082: whose ticks and whose approval count', (bench) => {
  test('R-081: who submitted what others wrote does not approve it', async () => {
    const people = await statusPage(bench.store);
    const { report } = await inReview(people);
    const { engineer, manager } = people;
    await saveReport(engineer, report, { sections: { why: { en: { text: 'A certificate expired.' } } } });
    const submitting = await asUser(bench.store, ['manager', 'engineer']);
    await submitReport(submitting, report);
    expect(await refusal(approve(submitting, report))).toEqual(refusedBy('forbidden', 'own_report'));
    expect(await approve(manager, report)).toMatchObject({ state: 'approved' });
  });

  test('R-082: an edit after the ticks resets them: the new text is ticked anew', async () => {
    const people = await statusPage(bench.store);
    const { engineer, manager } = people;
    const { report } = await inReview(people);
    const ticks = { content: {}, commitments: {} };
    await reviewReport(manager, report, { digest: await submitted(manager, report), ticks });
    await saveReport(engineer, report, { sections: { why: { en: { text: 'A certificate expired.' } } } });
    await submitReport(engineer, report);
    const digest = await submitted(manager, report);
    const last = { digest, ticks: { presentation: {} }, decision: 'approve' };
    expect(await refusal(reviewReport(manager, report, last))).toEqual(
      refusedFor('ticks.content: tick_missing', 'ticks.commitments: tick_missing'),
    );
    expect(await reviewReport(manager, report, { digest, ticks: { presentation: {} } })).toMatchObject({
      ticks: ['presentation'],
    });
  });

  test('R-153: raising the classification is an act of a manager with a reason', async () => {
    const people = await statusPage(bench.store);
    const { engineer, csup, sre, manager } = people;
    const incident = await resolvedP0(people);
    const { id } = await saveReport(engineer, incident, complete(engineer.actor.userId));
    const wanted = { classification: 'public', reason: 'It is a P0.' };
    for (const person of [engineer, csup, sre])
      expect(await refusal(classifyReport(person, id, wanted))).toEqual(refusedBy('forbidden', 'forbidden'));
    expect(await refusal(classifyReport(manager, id, { ...wanted, reason: ' ' }))).toEqual(
      refusedFor('reason: required'),
    );
    await classifyReport(manager, id, wanted);
    expect((await audits(bench.store)).at(-1)).toMatchObject({
      action: 'report.classified',
      change: { before: { classification: 'internal' }, after: { classification: 'public' } },
    });
    await addAction(engineer, incident);
    await submitReport(minutesLater(engineer, 120), id);
  });
});

describeEachEngine('R-080, R-085: what is not picked stays inside', (bench) => {
  test('an unpicked entry and every internal text are in no submitted state and not on the page; picked, they are', async () => {
    const people = await statusPage(bench.store);
    const { engineer, manager, csup } = people;
    const { report } = await inReview(people);
    const at = '2026-11-20T02:13:00.000Z';
    const inside = Object.fromEntries(
      reportSections.map((section) => [section, { en: { internal: 'Inside.' }, de: { internal: 'Innen.' } }]),
    );
    await saveReport(engineer, report, {
      sections: inside,
      entries: [
        { at, text: { en: 'Unpicked.' } },
        { at, text: { en: 'Kept inside.' }, isPublic: false },
        { at, text: { en: 'Picked.' }, isPublic: true },
      ],
    });
    await submitReport(engineer, report);
    await approve(manager, report);
    const published = minutesLater(csup, 121);
    const { slug } = await publishReport(published, report, { digest: await submitted(csup, report) });
    const page = await readReportPage(asAnybody(bench.store, published.now), slug);
    expect(page?.report.content.entries).toEqual([{ at, text: { en: 'Picked.' } }]);
    const { reportRevisions } = bench.store.tables;
    const stored = JSON.stringify(await bench.store.read.select().from(reportRevisions));
    for (const bytes of [stored, JSON.stringify(page)])
      expect(bytes).not.toMatch(/Unpicked|Kept inside|Inside\.|Innen\./);
  });
});
