import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { reportSections } from '../../db/words.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { readReportPage } from '../../src/domain/public/read-report-page.ts';
import { readReports } from '../../src/domain/public/read-reports.ts';
import { planMeeting } from '../../src/domain/reports/meetings/plan-meeting.ts';
import { recordMeeting } from '../../src/domain/reports/meetings/record-meeting.ts';
import { changeProblem, linkIncident } from '../../src/domain/reports/problems/change-problem.ts';
import { closeProblem } from '../../src/domain/reports/problems/close-problem.ts';
import { findProblem } from '../../src/domain/reports/problems/find-problem.ts';
import { readReport } from '../../src/domain/reports/read-report.ts';
import { addItem } from '../../src/domain/reports/remediation/add-item.ts';
import { changeItem } from '../../src/domain/reports/remediation/change-item.ts';
import { moveItem } from '../../src/domain/reports/remediation/move-item.ts';
import { noteEffectiveness } from '../../src/domain/reports/remediation/note-effectiveness.ts';
import { settleItem } from '../../src/domain/reports/remediation/settle-item.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { describeEachEngine } from '../support/engines.ts';
import { fillAgain } from '../support/fill-again.ts';
import { open, statusPage } from '../support/incidents.ts';
import { approve, forCustomers, inReview, problemOf, promise, publishedReport } from '../support/reports.ts';
import { asUser, minutesLater } from '../support/world.ts';
import { asAnybody, audits, refusal, refusedBy, refusedFor } from './accounts-support.ts';

const agreed = Object.fromEntries(reportSections.map((section) => [section, 'agreed']));

describeEachEngine('R-087, R-095: the plan of a problem', (bench) => {
  test('an action needs words, owner and deadline; a promised one the owner’s function as well', async () => {
    const people = await statusPage(bench.store);
    const { sre, engineer, csup } = people;
    const { id } = await open(csup);
    await classifyIncident(sre, id, { priority: 'P1', reason: 'Important.' });
    const problem = await problemOf(sre, id);
    const good = promise(engineer.actor.userId);
    const { owner: _owner, dueOn: _dueOn, ...rest } = good;
    expect(await refusal(addItem(engineer, problem, rest))).toEqual(
      refusedFor('owner: required', 'dueOn: required'),
    );
    expect(await refusal(addItem(engineer, problem, { ...good, action: { en: ' ' } }))).toEqual(
      refusedFor('action: required'),
    );
    expect(await refusal(addItem(engineer, problem, { ...good, ownerFunction: {} }))).toEqual(
      refusedFor('ownerFunction: commitment_owner'),
    );
    expect(await refusal(addItem(engineer, problem, { ...good, dueOn: '2026-11-19' }))).toEqual(
      refusedFor('dueOn: in_past'),
    );
    expect(await refusal(addItem(engineer, problem, { ...good, owner: '0123456789bc' }))).toEqual(
      refusedFor('owner: unknown_user'),
    );
    expect(await refusal(addItem(csup, problem, good))).toEqual(refusedBy('forbidden', 'forbidden'));
    const { id: item } = await addItem(engineer, problem, { ...good, dueOn: '2026-11-20' });
    expect((await findProblem(bench.store, engineer, problem)).items).toMatchObject([
      { id: item, state: 'open', firstDueOn: '2026-11-20', dueOn: '2026-11-20' },
    ]);
  });

  test('a deadline moves with a reason and keeps the first date; a settled item does not move', async () => {
    const people = await statusPage(bench.store);
    const { engineer } = people;
    const { item } = await publishedReport(people);
    expect(await refusal(moveItem(engineer, item, { dueOn: '2026-12-10', reason: { en: ' ' } }))).toEqual(
      refusedFor('reason: reason_missing'),
    );
    expect(
      await refusal(moveItem(engineer, item, { dueOn: '2026-11-30', reason: { en: 'No other reason' } })),
    ).toEqual(refusedFor('dueOn: same_day'));
    await moveItem(engineer, item, { dueOn: '2026-12-10', reason: { en: 'The vendor delivers later.' } });
    await moveItem(engineer, item, {
      dueOn: '2026-12-20',
      reason: { de: 'Der Lieferant liefert noch später.' },
    });
    const { remediationItems, remediationMoves } = bench.store.tables;
    expect(await bench.store.read.select().from(remediationItems)).toMatchObject([
      { firstDueOn: '2026-11-30', dueOn: '2026-12-20' },
    ]);
    expect(await bench.store.read.select().from(remediationMoves)).toHaveLength(2);
    await settleItem(engineer, item, { state: 'done' });
    expect(
      await refusal(moveItem(engineer, item, { dueOn: '2026-12-24', reason: { en: 'No other reason' } })),
    ).toEqual(refusedBy('conflict', 'item_settled'));
  });

  test('waiving asks for a reason; whether it helped is noted once it is done (R-099)', async () => {
    const people = await statusPage(bench.store);
    const { engineer } = people;
    const { item } = await publishedReport(people);
    expect(await refusal(settleItem(engineer, item, { state: 'waived' }))).toEqual(
      refusedFor('reason: reason_missing'),
    );
    expect(await refusal(noteEffectiveness(engineer, item, { text: 'No repeat.' }))).toEqual(
      refusedBy('conflict', 'item_not_done'),
    );
    await settleItem(engineer, item, { state: 'done' });
    await noteEffectiveness(engineer, item, { text: 'No repeat in 30 days.' });
    expect((await audits(bench.store)).slice(-2).map(({ action }) => action)).toEqual([
      'remediation.done',
      'remediation.effectiveness-noted',
    ]);
  });

  test('a change of the plan voids the approval of the report', async () => {
    const people = await statusPage(bench.store);
    const { engineer, manager } = people;
    const { report, incident } = await inReview(people);
    const problem = await problemOf(engineer, incident);
    await approve(manager, report);
    await addItem(engineer, problem, promise(engineer.actor.userId, { isPublic: false }));
    expect((await readReport(engineer, report)).report.state).toBe('draft');
  });

  test('a promise that was read in public is not hidden again', async () => {
    const people = await statusPage(bench.store);
    const { item } = await publishedReport(people);
    expect(await refusal(changeItem(people.engineer, item, { isPublic: false }))).toEqual(
      refusedFor('isPublic: commitment_stays'),
    );
  });
});

describeEachEngine('R-086, R-087, R-089, R-129: problems', (bench) => {
  test('two incidents share a problem; a restricted and a public one never do', async () => {
    const people = await statusPage(bench.store);
    const { csup, sre, security } = people;
    const first = await open(csup);
    const second = await open(csup);
    await classifyIncident(sre, first.id, { priority: 'P1', reason: 'Important.' });
    const problem = await problemOf(sre, first.id);
    await linkIncident(sre, problem, { incident: second.id });
    await linkIncident(sre, problem, { incident: second.id });
    expect((await findProblem(bench.store, sre, problem)).incidents.map(({ id }) => id).sort()).toEqual(
      [first.id, second.id].sort(),
    );
    const hidden = await open(security, { category: 'keys' });
    expect(await refusal(linkIncident(sre, problem, { incident: hidden.id }))).toEqual(
      refusedFor('incident: unknown_incident'),
    );
    const trusted = await asUser(bench.store, ['security', 'sre']);
    expect(await refusal(linkIncident(trusted, problem, { incident: hidden.id }))).toEqual(
      refusedBy('conflict', 'problem_restricted'),
    );
    await classifyIncident(trusted, hidden.id, { priority: 'P1', reason: 'Keys leaked.' });
    const secret = await problemOf(trusted, hidden.id);
    expect(await refusal(findProblem(bench.store, sre, secret))).toEqual(refusedBy('not_found', 'not_found'));
    expect((await findProblem(bench.store, trusted, secret)).problem.id).toBe(secret);
  });

  test('closes only when every item is done or waived and the meeting was held', async () => {
    const people = await statusPage(bench.store);
    const { engineer, manager } = people;
    const { problem, item } = await publishedReport(people);
    const now = minutesLater(manager, 240);
    expect(await refusal(closeProblem(engineer, problem))).toEqual(refusedBy('forbidden', 'forbidden'));
    await expect(closeProblem(now, problem)).rejects.toMatchObject({
      key: 'problem_open',
      details: { obstacles: ['meeting_owed', 'items_open'] },
    });
    await settleItem(engineer, item, { state: 'done' });
    await expect(closeProblem(now, problem)).rejects.toMatchObject({
      details: { obstacles: ['meeting_owed'] },
    });
    const [meeting] = await bench.store.read.select().from(bench.store.tables.postmortemMeetings);
    const lead = String(manager.actor.userId);
    const invited = [String(engineer.actor.userId)];
    await planMeeting(now, String(meeting?.id), { lead, plannedFor: now.now.toISOString(), invited });
    const held = {
      heldAt: minutesLater(manager, 200).now.toISOString(),
      attended: [lead, ...invited],
      outcomes: agreed,
    };
    await recordMeeting(now, String(meeting?.id), held);
    await closeProblem(now, problem);
    expect(await refusal(changeProblem(engineer, problem, { cause: 'x' }))).toEqual(
      refusedBy('conflict', 'problem_closed'),
    );
  });

  test('a known cause without a plan: closing asks for a plan or a reason why none is needed', async () => {
    const people = await statusPage(bench.store);
    const { csup, sre, manager } = people;
    const { id } = await open(csup);
    await classifyIncident(sre, id, { priority: 'P1', reason: 'Important.' });
    const problem = await problemOf(sre, id);
    await changeProblem(sre, problem, { cause: 'A cable.', causeTag: 'cable' });
    await expect(closeProblem(manager, problem)).rejects.toMatchObject({
      details: { obstacles: ['plan_missing'] },
    });
    await changeProblem(sre, problem, { nothingNeededReason: 'The building is gone.' });
    await closeProblem(manager, problem);
    const { problems } = bench.store.tables;
    const [row] = await bench.store.read.select().from(problems).where(eq(problems.id, problem));
    expect(row).toMatchObject({ cause: 'A cable.', causeKnownAt: sre.now, closedAt: manager.now });
  });
});

describeEachEngine('R-016, R-089, R-090, R-146: the meeting', (bench) => {
  const prepare = async () => {
    const people = await statusPage(bench.store);
    const made = await publishedReport(people);
    const [meeting] = await bench.store.read.select().from(bench.store.tables.postmortemMeetings);
    const now = { manager: minutesLater(people.manager, 240), engineer: minutesLater(people.engineer, 240) };
    const ids = {
      manager: String(people.manager.actor.userId),
      engineer: String(people.engineer.actor.userId),
      csup: String(people.csup.actor.userId),
    };
    return { ...made, people, meeting: String(meeting?.id), now, ids };
  };

  test('is initiated by a manager and led by one', async () => {
    const { now, ids, meeting } = await prepare();
    const plan = { lead: ids.manager, plannedFor: now.manager.now.toISOString(), invited: [ids.engineer] };
    expect(await refusal(planMeeting(now.engineer, meeting, plan))).toEqual(
      refusedBy('forbidden', 'forbidden'),
    );
    expect(await refusal(planMeeting(now.manager, meeting, { ...plan, lead: ids.engineer }))).toEqual(
      refusedFor('lead: lead_manager'),
    );
    await planMeeting(now.manager, meeting, plan);
  });

  test('counts as held with its lead, a manager and an engineer or SRE, and every section agreed or changed', async () => {
    const { now, ids, meeting } = await prepare();
    const heldAt = minutesLater(now.manager, -10).now.toISOString();
    const held = { heldAt, attended: [ids.manager, ids.engineer], outcomes: agreed };
    expect(await refusal(recordMeeting(now.manager, meeting, held))).toEqual(refusedFor('lead: required'));
    await planMeeting(now.manager, meeting, {
      lead: ids.manager,
      plannedFor: heldAt,
      invited: [ids.engineer],
    });
    const cases: [object, string[]][] = [
      [{ attended: [ids.manager, ids.csup] }, ['attended: engineer_absent']],
      [{ attended: [ids.engineer] }, ['attended: lead_absent', 'attended: manager_absent']],
      [{ outcomes: { ...agreed, why: undefined } }, ['outcomes.why: required']],
      [{ heldAt: minutesLater(now.manager, 1).now.toISOString() }, ['heldAt: in_future']],
      [{ heldAt: '2026-11-20T02:13:00.000Z' }, ['heldAt: before_publication']],
    ];
    for (const [change, fields] of cases)
      expect(
        await refusal(
          recordMeeting(now.manager, meeting, JSON.parse(JSON.stringify({ ...held, ...change }))),
        ),
      ).toEqual(refusedFor(...fields));
    expect(await recordMeeting(now.manager, meeting, held)).toEqual({
      id: meeting,
      startsNextVersion: false,
    });
    expect(await refusal(recordMeeting(now.manager, meeting, held))).toEqual(
      refusedBy('conflict', 'meeting_held'),
    );
  });

  test('“changed” starts the next version; the published one stays readable', async () => {
    const { now, ids, meeting, report, slug } = await prepare();
    const heldAt = minutesLater(now.manager, -10).now.toISOString();
    await planMeeting(now.manager, meeting, {
      lead: ids.manager,
      plannedFor: heldAt,
      invited: [ids.engineer],
    });
    const outcomes = { ...agreed, why: 'changed' };
    expect(
      await recordMeeting(now.manager, meeting, { heldAt, attended: [ids.manager, ids.engineer], outcomes }),
    ).toMatchObject({ startsNextVersion: true });
    expect((await readReport(now.engineer, report)).report.state).toBe('draft');
    expect((await readReportPage(asAnybody(bench.store, now.manager.now), slug))?.report.version).toBe(1);
  });
});

describeEachEngine('R-085, R-100, R-125: what the world reads', (bench) => {
  test('the published version alone: no draft of the next one, nothing internal, progress as it stands', async () => {
    const people = await statusPage(bench.store);
    const { engineer } = people;
    const { report, slug, item } = await publishedReport(people);
    await saveReport(engineer, report, {
      sections: { why: { en: { text: 'Draft of version 2.', internal: 'Internal words.' } } },
    });
    await settleItem(minutesLater(engineer, 200), item, { state: 'done' });
    const world = asAnybody(bench.store, minutesLater(engineer, 201).now);
    const page = await readReportPage(world, slug);
    expect(JSON.stringify(page)).not.toMatch(/Draft of version 2|Internal words/);
    expect(page?.report).toMatchObject({
      number: 'IR-2026-01',
      version: 1,
      outage: 60 * 60_000,
      commitments: [{ state: 'done', dueOn: '2026-11-30' }],
    });
    expect((await readReports(world))?.years).toMatchObject([
      { year: '2026', reports: [{ slug, priority: 'P0' }] },
    ]);
    expect((await readReports(world, { year: '2025' }))?.years).toEqual([]);
    expect((await readReports(world, { priority: 'P1' }))?.years).toEqual([]);
    expect((await readReports(world, { categorySlug: 'api' }))?.years).toHaveLength(1);
    expect(await readReports(world, { categorySlug: 'keys' })).toBeNull();
  });

  test('nothing before publication, and nothing of a report for customers or the team alone', async () => {
    const people = await statusPage(bench.store);
    const { slug, report } = await publishedReport(people);
    const world = asAnybody(bench.store, minutesLater(people.csup, 200).now);
    expect(await readReportPage(asAnybody(bench.store, minutesLater(people.csup, 120).now), slug)).toBeNull();
    const { reports } = bench.store.tables;
    for (const publishedFor of ['customers', 'internal'] as const) {
      await bench.store.transaction(({ db }) =>
        db.update(reports).set({ publishedFor }).where(eq(reports.id, report)),
      );
      expect(await readReportPage(world, slug)).toBeNull();
      expect((await readReports(world))?.years).toEqual([]);
    }
  });

  test('a submission says the priority of its content, and after an upgrade so do those from before', async () => {
    const people = await statusPage(bench.store);
    const { reportRevisions } = bench.store.tables;
    const rows = async () => {
      const all = await bench.store.read.select().from(reportRevisions);
      return all.map(({ priority, content }) => [priority, JSON.parse(content).priority]);
    };
    await inReview(people);
    await forCustomers(people);
    const both = [
      ['P0', 'P0'],
      ['P1', 'P1'],
    ];
    expect((await rows()).sort()).toEqual(both);
    await fillAgain(bench, '0014_priority-of-a-version', "update report_revisions set priority = 'P0'");
    expect((await rows()).sort()).toEqual(both);
  });
});
