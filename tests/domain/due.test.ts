/** The due list: what each person owes or may do now, on the way from an incident to its last kept promise. */
import { expect, test } from 'vitest';
import type { Role } from '../../db/words.ts';
import { reportSections } from '../../db/words.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { nameReaders } from '../../src/domain/incidents/restricted/name-readers.ts';
import { resolveIncident } from '../../src/domain/incidents/updates/post-update.ts';
import { readDue } from '../../src/domain/reports/due/read-due.ts';
import { listMeetings } from '../../src/domain/reports/meetings/list-meetings.ts';
import { planMeeting } from '../../src/domain/reports/meetings/plan-meeting.ts';
import { recordMeeting } from '../../src/domain/reports/meetings/record-meeting.ts';
import {
  proposeNotReleased,
  proposeReclassification,
} from '../../src/domain/reports/obligations/propose-decision.ts';
import { settleDecision } from '../../src/domain/reports/obligations/settle-decision.ts';
import { noteEffectiveness } from '../../src/domain/reports/remediation/note-effectiveness.ts';
import { settleItem } from '../../src/domain/reports/remediation/settle-item.ts';
import { reviewReport } from '../../src/domain/reports/reviews/review-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { describeEachEngine } from '../support/engines.ts';
import { lastWords, open, type People, statusPage } from '../support/incidents.ts';
import { approve, inReview, publishedReport, resolvedP0, submitted } from '../support/reports.ts';
import { asUser, minutesLater } from '../support/world.ts';

const day = 24 * 60;
const at = (context: Context, minutes: number): Promise<string[]> =>
  readDue(minutesLater(context, minutes)).then(({ due }) =>
    // Whether a priority is validated is tested with the priorities.
    due
      .filter(({ kind }) => kind !== 'validation_waiting')
      .map(({ kind, isOwn, isOverdue }) =>
        [kind, isOwn && 'own', isOverdue && 'late'].filter(Boolean).join(' '),
      ),
  );
/** What each role is asked `minutes` later; who is asked nothing is left out. */
async function asked(people: People, minutes: number): Promise<Partial<Record<Role, string[]>>> {
  const all = ['csup', 'sre', 'engineer', 'manager', 'security', 'admin'] as const;
  const lists = await Promise.all(all.map(async (role) => [role, await at(people[role], minutes)] as const));
  return Object.fromEntries(lists.filter(([, due]) => due.length > 0));
}

describeEachEngine(
  'R-076: an owed report is on the list of who may write it, not of who approves it',
  (bench) => {
    test('from the resolution on, overdue after the fifth working day; of its owner alone once there is one', async () => {
      const people = await statusPage(bench.store);
      const { csup, sre, engineer } = people;
      const { id } = await open(csup);
      await classifyIncident(sre, id, { priority: 'P0', reason: 'All customers.' });
      expect(await asked(people, 30)).toEqual({});
      await resolveIncident(minutesLater(csup, 60), id, lastWords);
      const writers = (word: string) => ({ sre: [word], engineer: [word], security: [word] });
      expect(await asked(people, 61)).toEqual(writers('report_due'));
      expect(await asked(people, 9 * day)).toEqual(writers('report_due late'));
      await saveReport(minutesLater(engineer, 70), id, { owner: engineer.actor.userId });
      expect(await asked(people, 71)).toEqual({ engineer: ['report_due own'] });
      expect((await readDue(minutesLater(engineer, 71))).due[0]).toMatchObject({
        subject: 'report',
        priority: 'P0',
        title: { en: expect.stringContaining('API') },
        dueAt: new Date('2026-11-27T23:00:00.000Z'),
      });
    });
  },
);

describeEachEngine('R-081 … R-083: what waits in the way of a report', (bench) => {
  test('for a manager who did not write it, then for its authors, then for who publishes', async () => {
    const people = await statusPage(bench.store);
    const { manager, csup, engineer } = people;
    const { report } = await inReview(people);
    expect(await asked(people, 130)).toEqual({ manager: ['review_waiting'] });
    const writer = await asUser(bench.store, ['manager', 'engineer']);
    await reviewReport(minutesLater(manager, 130), report, {
      digest: await submitted(csup, report),
      decision: 'request_changes',
      comment: 'Say why.',
    });
    expect(await asked(people, 131)).toEqual({ engineer: ['changes_requested own'] });
    await saveReport(minutesLater(engineer, 140), report, { title: { en: 'API calls failed for all' } });
    expect(await asked(people, 141)).toEqual({ engineer: ['changes_requested own'] });
    const other = await inReview({ ...people, engineer: writer });
    expect(await at(writer, 130)).not.toContain('review_waiting');
    await approve(minutesLater(manager, 130), other.report);
    expect(await asked(people, 142)).toEqual({
      csup: ['report_approved'],
      engineer: ['changes_requested own'],
      manager: ['report_approved'],
    });
  });

  test('R-077: a P1 waits for a decision, a proposal for the second person', async () => {
    const people = await statusPage(bench.store);
    const { csup, sre, manager } = people;
    const { id } = await open(csup);
    await classifyIncident(sre, id, { priority: 'P1', reason: 'Many customers.' });
    expect(await asked(people, 1)).toEqual({ manager: ['decision_waiting'] });
    const p0 = await resolvedP0(people);
    await proposeReclassification(manager, p0, { priority: 'P2', evidence: 'Counted twice.' });
    expect((await at(manager, 100)).filter((word) => word === 'decision_waiting')).toHaveLength(1);
    const second = await asUser(bench.store, ['manager']);
    expect((await at(second, 100)).filter((word) => word === 'decision_waiting')).toHaveLength(2);
  });
});

describeEachEngine('R-087, R-089, R-099: what follows a report', (bench) => {
  test('actions in their last week, effect notes after thirty days, meetings until they are held', async () => {
    const people = await statusPage(bench.store);
    const { engineer, manager } = people;
    const { item } = await publishedReport(people);
    expect(await asked(people, 130)).toEqual({ manager: ['meeting_due'] });
    expect(await at(engineer, 4 * day)).toEqual(['remediation_due own']);
    expect(await at(engineer, 11 * day)).toEqual(['remediation_due own late']);
    expect(await at(manager, 9 * day)).toEqual(['meeting_due late']);
    const [meeting] = (await listMeetings(manager)).meetings;
    const id = meeting?.id ?? '';
    const lead = await asUser(bench.store, ['manager']);
    const both = [lead.actor.userId, engineer.actor.userId];
    await planMeeting(minutesLater(manager, 130), id, {
      lead: lead.actor.userId,
      plannedFor: minutesLater(manager, 200).now.toISOString(),
      invited: both,
    });
    expect(await at(lead, 140)).toEqual(['meeting_due own']);
    expect(await at(manager, 140)).toEqual([]);
    await recordMeeting(minutesLater(manager, 300), id, {
      heldAt: minutesLater(manager, 200).now.toISOString(),
      attended: both,
      outcomes: Object.fromEntries(reportSections.map((section) => [section, 'agreed'])),
    });
    expect(await at(lead, 301)).toEqual([]);
    await settleItem(minutesLater(engineer, 5 * day), item, { state: 'done' });
    expect(await at(engineer, 6 * day)).toEqual([]);
    expect(await at(engineer, 35 * day)).toEqual(['effectiveness_due own']);
    await noteEffectiveness(minutesLater(engineer, 35 * day), item, { text: 'No repeat.' });
    expect(await at(engineer, 36 * day)).toEqual([]);
  });
});

describeEachEngine('R-126: what is restricted', (bench) => {
  test('stands on the list of its readers alone, and comes back on its review day', async () => {
    const people = await statusPage(bench.store);
    const { security, manager } = people;
    const trusted = await asUser(bench.store, ['sre', 'security']);
    const { id } = await open(trusted, { category: 'keys' });
    await classifyIncident(trusted, id, { priority: 'P0', reason: 'A key is known.' });
    await resolveIncident(minutesLater(trusted, 60), id, lastWords);
    expect(await asked(people, 70)).toEqual({ security: ['report_due'] });
    await nameReaders(minutesLater(security, 70), id, { readers: [manager.actor.userId] });
    const proposal = { reason: 'It would tell how.', reviewOn: '2027-01-15' };
    const { id: decision } = await proposeNotReleased(minutesLater(security, 71), id, proposal);
    expect(await at(manager, 72)).toEqual(['decision_waiting']);
    await settleDecision(minutesLater(manager, 73), decision, { isAgreed: true });
    expect(await asked(people, 74)).toEqual({});
    expect(await asked(people, 50 * day)).toEqual({
      manager: ['release_review'],
      security: ['release_review own'],
    });
    expect(await at(manager, 60 * day)).toEqual(['release_review late']);
  });
});

describeEachEngine('the due list', (bench) => {
  test('costs as many queries with eight reports as with one', async () => {
    const people = await statusPage(bench.store);
    await publishedReport(people);
    await resolvedP0(people);
    const count = async (context: Context): Promise<number> => {
      let queries = 0;
      const read = new Proxy(bench.store.read, {
        get(target, name) {
          if (name === 'select' || name === 'selectDistinct') queries += 1;
          return Reflect.get(target, name);
        },
      });
      (await readDue({ ...context, store: { ...bench.store, read } })).due;
      return queries;
    };
    const before = await count(minutesLater(people.manager, 130));
    for (let more = 0; more < 4; more += 1) await resolvedP0(people);
    expect(await count(minutesLater(people.manager, 130))).toBe(before);
    expect(before).toBeLessThan(26);
  });
});
