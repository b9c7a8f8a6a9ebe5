/** People are told of what they owe, once, by rows of the outbox that look again when they run. */
import { expect, test } from 'vitest';
import type { Store } from '../../db/store.ts';
import { type Role, roles } from '../../db/words.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { listNotices } from '../../src/domain/incidents/notices/list-notices.ts';
import { nameReaders } from '../../src/domain/incidents/restricted/name-readers.ts';
import { reopenIncident, resolveIncident } from '../../src/domain/incidents/updates/post-update.ts';
import { listMeetings } from '../../src/domain/reports/meetings/list-meetings.ts';
import { decideReport } from '../../src/domain/reports/obligations/decide-report.ts';
import { proposeNotReleased } from '../../src/domain/reports/obligations/propose-decision.ts';
import { settleDecision } from '../../src/domain/reports/obligations/settle-decision.ts';
import { moveItem } from '../../src/domain/reports/remediation/move-item.ts';
import { settleItem } from '../../src/domain/reports/remediation/settle-item.ts';
import { reviewReport } from '../../src/domain/reports/reviews/review-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { describeEachEngine } from '../support/engines.ts';
import { lastWords, open, type People, statusPage } from '../support/incidents.ts';
import { runOutbox } from '../support/outbox.ts';
import { approve, inReview, publishedReport, resolvedP0, submitted } from '../support/reports.ts';
import { asUser, minutesLater, night } from '../support/world.ts';

const day = 24 * 60;
const later = (minutes: number): Date => new Date(night.getTime() + minutes * 60_000);
/** Notices of the new kinds, by role of the person; what management was told before is left out. */
async function toldOf(store: Store, people: People): Promise<Partial<Record<Role, string[]>>> {
  const rows = await store.read.select().from(store.tables.notices);
  const known = ['started', 'phase_changed', 'promise_missed', 'briefing'];
  const found: Partial<Record<Role, string[]>> = {};
  for (const [role, { actor }] of Object.entries(people) as [Role, People[Role]][]) {
    const own = rows.filter((row) => row.userId === actor.userId && !known.includes(row.kind));
    if (own.length > 0) found[role] = own.map(({ kind }) => kind).sort();
  }
  return found;
}
/** Those of the page's people who have one role each. */
const roleContexts = (page: People): People =>
  Object.fromEntries(roles.map((role) => [role, page[role]])) as People;

describeEachEngine('R-142: a published report', (bench) => {
  test('is told to everybody inside once, however often its job runs, but not to who published it', async () => {
    const people = roleContexts(await statusPage(bench.store));
    const { incident } = await publishedReport(people);
    await runOutbox(bench.store, later(130));
    const users = await bench.store.read.select().from(bench.store.tables.users);
    const everybody = users.map(({ id }) => id).filter((id) => id !== people.csup.actor.userId);
    const rows = await bench.store.read.select().from(bench.store.tables.notices);
    const published = rows.filter(({ kind }) => kind === 'report_published');
    expect(published.map(({ userId }) => userId).sort()).toEqual(everybody.sort());
    await runOutbox(bench.store, later(131), { again: true });
    expect(await bench.store.read.$count(bench.store.tables.notices)).toBe(rows.length);
    const [notice] = (await listNotices(people.manager)).notices.filter(
      ({ kind }) => kind === 'report_published',
    );
    expect(notice).toMatchObject({ kind: 'report_published', subject: 'report', subjectId: incident });
  });
});

describeEachEngine('the way of a report', (bench) => {
  test('tells reviewers, then authors, then who publishes; nobody of a step that has passed', async () => {
    const people = roleContexts(await statusPage(bench.store));
    const { manager, csup } = people;
    const { report } = await inReview(people);
    await runOutbox(bench.store, later(121));
    expect(await toldOf(bench.store, people)).toEqual({ manager: ['review_waiting'] });
    await reviewReport(minutesLater(manager, 130), report, {
      digest: await submitted(csup, report),
      decision: 'request_changes',
      comment: 'Say why.',
    });
    await runOutbox(bench.store, later(131));
    expect((await toldOf(bench.store, people)).engineer).toEqual(['changes_requested']);
    const { report: other } = await inReview(people);
    await approve(minutesLater(manager, 140), other);
    // Approved before its review was told of: only the present step is told.
    await runOutbox(bench.store, later(141));
    expect(await toldOf(bench.store, people)).toMatchObject({
      csup: ['report_approved'],
      manager: ['report_approved', 'review_waiting'],
      engineer: ['changes_requested'],
    });
  });

  test('R-076: reminds of the due day, not when the incident was reopened, and of the new one then', async () => {
    const people = roleContexts(await statusPage(bench.store));
    const { csup, engineer } = people;
    const incident = await resolvedP0(people);
    await saveReport(minutesLater(engineer, 100), incident, { owner: engineer.actor.userId });
    await reopenIncident(minutesLater(csup, 2 * day), incident, {
      slots: { effect: 'requests_fail', scope: 'some' },
    });
    await runOutbox(bench.store, later(9 * day));
    expect(await toldOf(bench.store, people)).toEqual({});
    await resolveIncident(minutesLater(csup, 9 * day), incident, lastWords);
    await runOutbox(bench.store, later(13 * day));
    expect(await toldOf(bench.store, people)).toEqual({});
    await runOutbox(bench.store, later(14 * day));
    await runOutbox(bench.store, later(30 * day));
    await runOutbox(bench.store, later(30 * day), { again: true });
    expect(await toldOf(bench.store, people)).toEqual({ engineer: ['report_due', 'report_due'] });
  });

  test('R-077: a P1 asks managers for a decision, unless one came meanwhile', async () => {
    const people = roleContexts(await statusPage(bench.store));
    const { csup, sre, manager } = people;
    const { id } = await open(csup);
    await classifyIncident(sre, id, { priority: 'P1', reason: 'Many customers.' });
    const { id: other } = await open(csup, { category: 'website' });
    await classifyIncident(sre, other, { priority: 'P1', reason: 'Many customers.' });
    await decideReport(manager, other, { isRequired: false, reason: 'The same cause.' });
    await runOutbox(bench.store, later(1));
    expect(await toldOf(bench.store, people)).toEqual({ manager: ['decision_waiting'] });
    expect((await listNotices(manager)).notices[0]).toMatchObject({ incidentId: id, subject: 'report' });
  });
});

describeEachEngine('what follows a report', (bench) => {
  test('R-099: an action reminds its owner before its deadline and after it, then asks whether it helped', async () => {
    const people = roleContexts(await statusPage(bench.store));
    const { engineer } = people;
    const { item, problem } = await publishedReport(people);
    const own = async () =>
      ((await toldOf(bench.store, people)).engineer ?? []).filter((kind) => kind !== 'report_published');
    await moveItem(minutesLater(engineer, 130), item, {
      dueOn: '2026-12-10',
      reason: { en: 'It takes longer.' },
    });
    await runOutbox(bench.store, later(11 * day));
    expect(await own()).toEqual([]);
    await runOutbox(bench.store, later(14 * day));
    expect(await own()).toEqual(['remediation_due']);
    const notices = (await listNotices(engineer)).notices;
    expect(notices[0]).toMatchObject({ subject: 'problem', subjectId: problem });
    await runOutbox(bench.store, later(21 * day));
    expect(await own()).toEqual(['remediation_due', 'remediation_due']);
    await settleItem(minutesLater(engineer, 22 * day), item, { state: 'done' });
    await runOutbox(bench.store, later(51 * day));
    expect(await own()).toHaveLength(2);
    await runOutbox(bench.store, later(52 * day));
    await runOutbox(bench.store, later(52 * day), { again: true });
    expect(await own()).toEqual(['effectiveness_due', 'remediation_due', 'remediation_due']);
    expect((await toldOf(bench.store, people)).sre).toEqual(['report_published']);
  });

  test('R-089: a meeting that was not held reminds managers, before it is due and then', async () => {
    const people = roleContexts(await statusPage(bench.store));
    await publishedReport(people);
    const own = async () =>
      ((await toldOf(bench.store, people)).manager ?? []).filter((kind) => kind === 'meeting_due');
    await runOutbox(bench.store, later(5 * day));
    expect(await own()).toEqual([]);
    await runOutbox(bench.store, later(7 * day));
    expect(await own()).toEqual(['meeting_due']);
    await runOutbox(bench.store, later(9 * day));
    expect(await own()).toEqual(['meeting_due', 'meeting_due']);
    const [meeting] = (await listMeetings(people.manager)).meetings;
    const notices = (await listNotices(people.manager)).notices;
    expect(notices[0]).toMatchObject({ kind: 'meeting_due', subject: 'meeting', subjectId: meeting?.id });
  });
});

describeEachEngine('R-126: of what is restricted', (bench) => {
  test('only its readers are told, and again on the review day', async () => {
    const page = await statusPage(bench.store);
    const people = roleContexts(page);
    const { security, manager } = people;
    const trusted = await asUser(bench.store, ['sre', 'security']);
    const { id } = await open(trusted, { category: 'keys' });
    await classifyIncident(trusted, id, { priority: 'P0', reason: 'A key is known.' });
    await resolveIncident(minutesLater(trusted, 60), id, lastWords);
    await runOutbox(bench.store, later(8 * day));
    expect(await toldOf(bench.store, people)).toEqual({ security: ['report_due'] });
    await nameReaders(minutesLater(security, 8 * day), id, { readers: [manager.actor.userId] });
    const proposal = { reason: 'It would tell how.', reviewOn: '2027-01-15' };
    const { id: decision } = await proposeNotReleased(minutesLater(security, 8 * day), id, proposal);
    await runOutbox(bench.store, later(8 * day));
    expect((await toldOf(bench.store, people)).manager).toEqual(['decision_waiting']);
    await settleDecision(minutesLater(manager, 8 * day), decision, { isAgreed: true });
    await runOutbox(bench.store, later(60 * day));
    expect(await toldOf(bench.store, people)).toEqual({
      manager: ['decision_waiting', 'decision_waiting'],
      security: ['decision_waiting', 'report_due'],
    });
  });
});
