import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { verifyAudit } from '../../src/domain/core/audit/verify.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { reopenIncident } from '../../src/domain/incidents/updates/post-update.ts';
import { validatePriority } from '../../src/domain/incidents/validate-priority.ts';
import { classifyReport } from '../../src/domain/reports/classify-report.ts';
import { recordMilestones } from '../../src/domain/reports/milestones/record-milestones.ts';
import { decideReport } from '../../src/domain/reports/obligations/decide-report.ts';
import { proposeReclassification } from '../../src/domain/reports/obligations/propose-decision.ts';
import { settleDecision } from '../../src/domain/reports/obligations/settle-decision.ts';
import { readReport } from '../../src/domain/reports/read-report.ts';
import { publishReport } from '../../src/domain/reports/reviews/publish-report.ts';
import { reviewReport } from '../../src/domain/reports/reviews/review-report.ts';
import { submitReport } from '../../src/domain/reports/reviews/submit-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { describeEachEngine } from '../support/engines.ts';
import { firstWords, open, statusPage } from '../support/incidents.ts';
import {
  addAction,
  approve,
  complete,
  inReview,
  resolvedP0,
  sections,
  submitted,
} from '../support/reports.ts';
import { asUser, minutesLater } from '../support/world.ts';
import { audits, refusal, refusedBy, refusedFor } from './accounts-support.ts';

describeEachEngine('R-076, R-077: what a priority obliges to', (bench) => {
  const reportsOf = async () => bench.store.read.select().from(bench.store.tables.reports);
  const stateOf = async () => (await reportsOf()).map(({ state, isRequired }) => [state, isRequired]);

  test('a P0 owes a report and opens a problem in the same act, once however often it is classified', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await open(csup);
    expect(await stateOf()).toEqual([]);
    await classifyIncident(sre, id, { priority: 'P0', reason: 'Everything is down.' });
    await classifyIncident(sre, id, { priority: 'P0', reason: 'Still everything.' });
    expect(await stateOf()).toEqual([['owed', true]]);
    expect(await bench.store.read.select().from(bench.store.tables.problems)).toMatchObject([
      { title: expect.stringContaining('API'), closedAt: null },
    ]);
    const actions = (await audits(bench.store)).map(({ action }) => action);
    expect(actions.filter((action) => action === 'report.owed' || action === 'problem.opened')).toEqual([
      'problem.opened',
      'report.owed',
    ]);
  });

  test('a P2 owes nothing; raised to P0 it does', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await open(csup);
    await classifyIncident(sre, id, { priority: 'P2', reason: 'Few notice.' });
    expect(await stateOf()).toEqual([]);
    await classifyIncident(sre, id, { priority: 'P0', reason: 'It spread.' });
    expect(await stateOf()).toEqual([['owed', true]]);
  });

  test('due at the end of the fifth working day after the resolution, not while it is open, anew when reopened', async () => {
    const { csup, sre, ...rest } = await statusPage(bench.store);
    const people = { csup, sre, ...rest };
    const id = await resolvedP0(people);
    // Resolved on Friday 20 November in Berlin: the fifth working day is Friday 27 November.
    expect((await reportsOf())[0]?.dueAt?.toISOString()).toBe('2026-11-27T23:00:00.000Z');
    await reopenIncident(minutesLater(csup, 100), id, firstWords);
    expect((await reportsOf())[0]?.dueAt).toBeNull();
  });

  test('a P1 asks for a decision: by a manager, with a reason; no waives it, yes owes it', async () => {
    const { csup, sre, manager } = await statusPage(bench.store);
    const { id } = await open(csup);
    await classifyIncident(sre, id, { priority: 'P1', reason: 'Important function.' });
    // Yes is the default.
    expect(await stateOf()).toEqual([['owed', null]]);
    for (const person of [csup, sre])
      expect(
        await refusal(decideReport(person, id, { isRequired: false, reason: 'No other reason' })),
      ).toEqual(refusedBy('forbidden', 'forbidden'));
    expect(await refusal(decideReport(manager, id, { isRequired: false, reason: ' ' }))).toEqual(
      refusedFor('reason: required'),
    );
    await decideReport(manager, id, { isRequired: false, reason: 'One customer, told in person.' });
    expect(await stateOf()).toEqual([[null, false]]);
    await decideReport(manager, id, { isRequired: true, reason: 'More customers than we knew.' });
    expect(await stateOf()).toEqual([['owed', true]]);
  });

  test('the report of a P0 is never waived, by nobody', async () => {
    const people = await statusPage(bench.store);
    const id = await resolvedP0(people);
    expect(await refusal(decideReport(people.manager, id, { isRequired: false, reason: 'Please.' }))).toEqual(
      refusedBy('conflict', 'report_never_waived'),
    );
    for (const person of [people.sre, people.manager])
      expect(await refusal(classifyIncident(person, id, { priority: 'P2', reason: 'Please.' }))).toEqual(
        refusedBy('conflict', 'reclassify'),
      );
    expect(await stateOf()).toEqual([['owed', true]]);
  });

  test('a P0 set in error ends with evidence and a manager as second person, and the obligation with that record', async () => {
    const people = await statusPage(bench.store);
    const { sre, manager, engineer } = people;
    const id = await resolvedP0(people);
    const proposal = { priority: 'P2', evidence: 'The probe was wrong, see the graphs.' };
    expect(await refusal(proposeReclassification(engineer, id, proposal))).toEqual(
      refusedBy('forbidden', 'forbidden'),
    );
    const own = await proposeReclassification(manager, id, proposal);
    expect(await refusal(settleDecision(manager, own.id, { isAgreed: true }))).toEqual(
      refusedBy('forbidden', 'own_proposal'),
    );
    const { id: decision } = await proposeReclassification(sre, id, proposal);
    expect(await refusal(settleDecision(sre, decision, { isAgreed: true }))).toEqual(
      refusedBy('forbidden', 'forbidden'),
    );
    // The later proposal replaced the open one before it.
    expect(await refusal(settleDecision(manager, own.id, { isAgreed: true }))).toEqual(
      refusedBy('conflict', 'decision_settled'),
    );
    await settleDecision(manager, decision, { isAgreed: true });
    const [report] = await reportsOf();
    expect(report?.closedAt).toEqual(manager.now);
    const { incidents } = bench.store.tables;
    const [incident] = await bench.store.read.select().from(incidents).where(eq(incidents.id, id));
    expect(incident?.priority).toBe('P2');
    expect(await refusal(saveReport(engineer, id, { title: { en: 'x' } }))).toEqual(
      refusedBy('conflict', 'report_not_owed'),
    );
    expect((await audits(bench.store)).at(-1)).toMatchObject({
      action: 'report.obligation-closed',
      change: { reason: proposal.evidence, before: { priority: 'P0' } },
    });
  });
});

describeEachEngine('R-081, R-082, R-083: submit, review, approve, publish', (bench) => {
  const rows = async () => {
    const { reports, reportRevisions } = bench.store.tables;
    return {
      report: (await bench.store.read.select().from(reports))[0],
      revisions: await bench.store.read.select().from(reportRevisions),
    };
  };

  test('goes its way: owed, draft, in review, approved, published, with number, address, meeting and audit', async () => {
    const people = await statusPage(bench.store);
    const { csup, manager } = people;
    const { report, incident } = await inReview(people);
    expect((await rows()).report?.state).toBe('in_review');
    expect(await approve(manager, report)).toMatchObject({ state: 'approved' });
    const published = await publishReport(csup, report, { digest: await submitted(csup, report) });
    expect(published).toMatchObject({
      number: 'IR-2026-01',
      version: 1,
      slug: '2026-11-20-api-calls-failed',
    });
    const meetings = await bench.store.read.select().from(bench.store.tables.postmortemMeetings);
    expect(meetings).toMatchObject([{ reportVersion: 1, heldAt: null }]);
    expect(meetings[0]?.dueAt.toISOString()).toBe('2026-11-27T23:00:00.000Z');
    expect(
      (await audits(bench.store)).map(({ action }) => action).filter((a) => a.startsWith('report.')),
    ).toEqual([
      'report.owed',
      'report.saved',
      'report.classified',
      'report.submitted',
      'report.approved',
      'report.published',
    ]);
    expect(await verifyAudit(bench.store)).toMatchObject({ brokenAt: null });
    expect((await readReport(csup, incident)).published?.version).toBe(1);
  });

  test.each([
    [
      'a section is empty',
      { sections: { why: { en: { text: '' }, de: { text: '' } } } },
      'sections.why: section_empty',
    ],
    ['no title', { title: { en: ' ', de: '' } }, 'title: title_missing'],
    [
      'a placeholder is left',
      { sections: { summary: { en: { text: 'Down for {duration}.' } } } },
      'sections.summary.en: leftover',
    ],
    [
      'a placeholder in the timeline',
      { entries: [{ at: '2026-11-20T02:12:00Z', text: { en: '[TODO]' }, isPublic: true }] },
      'entries.0.en: leftover',
    ],
    ['no owner for readers', { ownerFunction: { en: '', de: '' } }, 'ownerFunction: required'],
    ['no author', { author: null }, 'author: required'],
    [
      'a host name',
      { sections: { how_fixed: { en: { text: 'We restarted db-prod-03.' } } } },
      'sections.how_fixed.en: lint_blocked',
    ],
  ])('is not submitted when %s, and nothing is lost', async (_what, change, field) => {
    const people = await statusPage(bench.store);
    const engineer = minutesLater(people.engineer, 120);
    const incident = await resolvedP0(people);
    const { id } = await saveReport(engineer, incident, complete(engineer.actor.userId));
    await addAction(engineer, incident);
    await classifyReport(people.manager, id, { classification: 'public', reason: 'It is a P0.' });
    await saveReport(engineer, id, change);
    expect(await refusal(submitReport(engineer, id))).toEqual(refusedFor(field));
    expect((await rows()).report?.state).toBe('draft');
    expect((await rows()).revisions).toEqual([]);
  });

  test('is not submitted without milestones, without an action, or by an author without engineering duties', async () => {
    const people = await statusPage(bench.store);
    const { csup, sre, manager } = people;
    const { id: incident } = await open(csup);
    await classifyIncident(sre, incident, { priority: 'P0', reason: 'All is down.' });
    await validatePriority(manager, incident);
    const { id } = await saveReport(sre, incident, complete(manager.actor.userId));
    expect(await refusal(submitReport(sre, id))).toEqual(
      refusedFor(
        'milestones.recovered: milestone_missing',
        'authorReason: author_reason',
        'remediation: report_without_action',
        'unverifiedReason: unverified_reason',
      ),
    );
    await saveReport(sre, id, { authorReason: 'She led the recovery.' });
    expect(await refusal(submitReport(sre, id))).toEqual(
      refusedFor(
        'milestones.recovered: milestone_missing',
        'remediation: report_without_action',
        'unverifiedReason: unverified_reason',
      ),
    );
  });

  test('R-125: the report of a P0 is for the public, that of a P1 for whom one chooses', async () => {
    const people = await statusPage(bench.store);
    const { engineer, manager, sre, csup } = people;
    const incident = await resolvedP0(people);
    const { id } = await saveReport(engineer, incident, {
      ...complete(engineer.actor.userId),
      audience: 'internal',
    });
    await addAction(engineer, incident);
    expect(await refusal(submitReport(engineer, id))).toEqual(refusedFor('audience: audience_p0'));

    const { id: smaller } = await open(csup);
    await classifyIncident(sre, smaller, { priority: 'P1', reason: 'Many are affected.' });
    await validatePriority(manager, smaller);
    await decideReport(manager, smaller, { isRequired: true, reason: 'Customers asked.' });
    await saveReport(engineer, smaller, { ...complete(engineer.actor.userId), audience: 'internal' });
    expect(await refusal(submitReport(engineer, smaller))).toEqual(
      refusedFor('milestones.recovered: milestone_missing'),
    );
  });

  test('nobody approves what they wrote, touched or submitted, and no other role approves', async () => {
    const people = await statusPage(bench.store);
    const { csup, sre, engineer } = people;
    const { report } = await inReview(people);
    for (const person of [csup, sre, engineer])
      expect(await refusal(approve(person, report))).toEqual(refusedBy('forbidden', 'forbidden'));
    const writing = await asUser(bench.store, ['manager', 'engineer']);
    await saveReport(writing, report, { sections: { why: { en: { text: 'Because of a certificate.' } } } });
    await submitReport(writing, report);
    expect(await refusal(approve(writing, report))).toEqual(refusedBy('forbidden', 'own_report'));
    const other = await asUser(bench.store, ['manager', 'engineer']);
    expect(await approve(other, report)).toMatchObject({ state: 'approved' });
  });

  test('R-081: who wrote stays an author when somebody else wrote over it; naming an owner is not writing', async () => {
    const people = await statusPage(bench.store);
    const { engineer } = people;
    const { report } = await inReview(people);
    const writing = await asUser(bench.store, ['manager', 'engineer']);
    const naming = await asUser(bench.store, ['manager']);
    await saveReport(writing, report, { sections: { why: { en: { text: 'Because of a certificate.' } } } });
    await saveReport(engineer, report, { sections: { why: { en: { text: 'A certificate expired.' } } } });
    await saveReport(naming, report, { owner: naming.actor.userId });
    await submitReport(engineer, report);
    expect(await refusal(approve(writing, report))).toEqual(refusedBy('forbidden', 'own_report'));
    expect(await approve(naming, report)).toMatchObject({ state: 'approved' });
  });

  test('all three ticks or no approval; each keeps its name, time and comment', async () => {
    const people = await statusPage(bench.store);
    const { manager } = people;
    const { report } = await inReview(people);
    const digest = await submitted(manager, report);
    expect(
      await refusal(
        reviewReport(manager, report, {
          digest,
          ticks: { content: {}, presentation: {} },
          decision: 'approve',
        }),
      ),
    ).toEqual(refusedFor('ticks.commitments: tick_missing'));
    const at = minutesLater(manager, 1);
    await reviewReport(at, report, { digest, ticks: { content: { comment: 'Clear.' } } });
    await reviewReport(minutesLater(manager, 2), report, { digest, ticks: { commitments: {} } });
    await reviewReport(minutesLater(manager, 3), report, {
      digest,
      ticks: { presentation: {} },
      decision: 'approve',
    });
    expect((await readReport(manager, report)).reviews).toMatchObject([
      {
        reviewerId: manager.actor.userId,
        ticks: {
          content: { at: at.now.toISOString(), comment: 'Clear.' },
          commitments: { at: minutesLater(manager, 2).now.toISOString() },
          presentation: { at: minutesLater(manager, 3).now.toISOString() },
        },
      },
    ]);
  });

  test('changes are requested with a comment, and the report is a draft again', async () => {
    const people = await statusPage(bench.store);
    const { manager, engineer } = people;
    const { report } = await inReview(people);
    const digest = await submitted(manager, report);
    expect(await refusal(reviewReport(manager, report, { digest, decision: 'request_changes' }))).toEqual(
      refusedFor('comment: reason_missing'),
    );
    await reviewReport(manager, report, {
      digest,
      decision: 'request_changes',
      comment: 'Say how many were hit.',
    });
    expect((await rows()).report?.state).toBe('draft');
    await submitReport(engineer, report);
    expect((await rows()).revisions).toHaveLength(2);
  });

  const edits: [
    what: string,
    edit: (
      people: Awaited<ReturnType<typeof statusPage>>,
      ids: { report: string; incident: string },
    ) => Promise<unknown>,
  ][] = [
    [
      'a text',
      ({ engineer }, { report }) =>
        saveReport(engineer, report, { sections: sections(() => 'Other words.') }),
    ],
    [
      'one language',
      ({ engineer }, { report }) =>
        saveReport(engineer, report, { sections: { summary: { de: { text: 'Anders.' } } } }),
    ],
    ['the timeline', ({ engineer }, { report }) => saveReport(engineer, report, { entries: [] })],
    ['the audience', ({ engineer }, { report }) => saveReport(engineer, report, { audience: 'customers' })],
    ['preliminary', ({ engineer }, { report }) => saveReport(engineer, report, { isPreliminary: true })],
    [
      'a milestone',
      ({ sre }, { incident }) =>
        recordMilestones(minutesLater(sre, 130), incident, {
          verified: minutesLater(sre, 80).now.toISOString(),
        }),
    ],
    [
      'the classification',
      ({ manager }, { report }) =>
        classifyReport(manager, report, { classification: 'customers', reason: 'No other reason' }),
    ],
  ];
  test.each(edits)(
    'a change of %s after approval voids it: publishing is refused until it is approved anew',
    async (what, edit) => {
      const people = await statusPage(bench.store);
      const { csup, manager } = people;
      const ids = await inReview(people);
      await approve(manager, ids.report);
      const digest = await submitted(csup, ids.report);
      await edit(people, ids);
      expect((await rows()).report?.state).toBe('draft');
      expect(await refusal(publishReport(csup, ids.report, { digest }))).toEqual(
        // A classification is approved anew although no word changed.
        refusedBy('conflict', what === 'the classification' ? 'report_not_approved' : 'approval_outdated'),
      );
      expect((await rows()).report?.publishedAt).toBeNull();
    },
  );

  test('an outdated digest is neither approved nor published, and both digests are told', async () => {
    const people = await statusPage(bench.store);
    const { manager, engineer, csup } = people;
    const { report } = await inReview(people);
    const old = await submitted(manager, report);
    await saveReport(engineer, report, { sections: { summary: { en: { text: 'Shorter.' } } } });
    await submitReport(engineer, report);
    const ticks = { content: {}, commitments: {}, presentation: {} };
    expect(await refusal(reviewReport(manager, report, { digest: old, ticks, decision: 'approve' }))).toEqual(
      refusedBy('conflict', 'approval_outdated'),
    );
    await approve(manager, report);
    expect(await refusal(publishReport(csup, report, { digest: old }))).toEqual(
      refusedBy('conflict', 'approval_outdated'),
    );
  });

  test('a text changed behind the verbs’ back is noticed by its digest', async () => {
    const people = await statusPage(bench.store);
    const { manager, csup } = people;
    const { report } = await inReview(people);
    await approve(manager, report);
    const digest = await submitted(csup, report);
    const { reportTexts } = bench.store.tables;
    await bench.store.transaction(({ db }) => db.update(reportTexts).set({ text: 'Smuggled in.' }));
    expect(await refusal(publishReport(csup, report, { digest }))).toEqual(
      refusedBy('conflict', 'approval_outdated'),
    );
  });

  test('only CSUP and managers publish, and only what is approved', async () => {
    const people = await statusPage(bench.store);
    const { csup, sre, engineer, manager } = people;
    const { report } = await inReview(people);
    const digest = await submitted(csup, report);
    expect(await refusal(publishReport(csup, report, { digest }))).toEqual(
      refusedBy('conflict', 'report_not_approved'),
    );
    await approve(manager, report);
    for (const person of [sre, engineer])
      expect(await refusal(publishReport(person, report, { digest }))).toEqual(
        refusedBy('forbidden', 'forbidden'),
      );
    await publishReport(csup, report, { digest });
    expect(await refusal(publishReport(csup, report, { digest }))).toEqual(
      refusedBy('conflict', 'report_not_approved'),
    );
  });

  test('version 2 says what it changes, keeps address and number, and owes its own meeting', async () => {
    const people = await statusPage(bench.store);
    const { csup, engineer, manager } = people;
    const { report } = await inReview(people);
    await approve(manager, report);
    const first = await publishReport(csup, report, { digest: await submitted(csup, report) });
    await saveReport(engineer, report, { sections: { impact: { en: { text: '3,120 accounts.' } } } });
    expect(await refusal(submitReport(engineer, report))).toEqual(refusedFor('change: change_missing'));
    await saveReport(engineer, report, { change: { en: 'The number of accounts is known now.' } });
    await submitReport(engineer, report);
    await approve(manager, report);
    const second = await publishReport(csup, report, { digest: await submitted(csup, report) });
    expect(second).toEqual({ ...first, version: 2 });
    expect(await bench.store.read.select().from(bench.store.tables.postmortemMeetings)).toHaveLength(2);
  });

  test('two people on one report: the second is shown both texts and nothing of it is written', async () => {
    const people = await statusPage(bench.store);
    const { engineer, sre } = people;
    const incident = await resolvedP0(people);
    const { id, version } = await saveReport(engineer, incident, {
      sections: { why: { en: { text: 'First.' } } },
    });
    await saveReport(sre, id, { sections: { why: { en: { text: 'Second.' } } }, version });
    const late = saveReport(engineer, id, { sections: { why: { en: { text: 'Third.' } } }, version });
    await expect(late).rejects.toMatchObject({
      code: 'conflict',
      details: {
        version: version + 1,
        theirs: { sections: { why: { en: { text: 'Second.' } } } },
        yours: { sections: { why: { en: { text: 'Third.' } } } },
      },
    });
  });

  test('an unseen restricted P0 is not found, in any act of its report', async () => {
    const people = await statusPage(bench.store);
    const { security, manager, engineer, csup } = people;
    const { id } = await open(security, { category: 'keys' });
    const both = await asUser(bench.store, ['security', 'sre']);
    await classifyIncident(both, id, { priority: 'P0', reason: 'Keys leaked.' });
    const acts: ((person: Context) => Promise<unknown>)[] = [
      (person) => readReport(person, id),
      (person) => saveReport(person, id, { title: { en: 'x' } }),
      (person) => submitReport(person, id),
    ];
    for (const act of acts) expect(await refusal(act(engineer))).toEqual(refusedBy('not_found', 'not_found'));
    const digest = '0'.repeat(64);
    expect(await refusal(reviewReport(manager, id, { digest }))).toEqual(refusedBy('not_found', 'not_found'));
    expect(await refusal(publishReport(csup, id, { digest }))).toEqual(refusedBy('not_found', 'not_found'));
    expect(await refusal(decideReport(manager, id, { isRequired: true, reason: 'No other reason' }))).toEqual(
      refusedBy('not_found', 'not_found'),
    );
    expect(
      (await audits(bench.store)).filter(
        ({ action, restrictedTo }) => /^(report|problem)\./.test(action) && restrictedTo !== id,
      ),
    ).toEqual([]);
  });
});
