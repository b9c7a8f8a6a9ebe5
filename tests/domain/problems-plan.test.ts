/** Problems opened by hand or from a proposal, the board of all plans, and what a meeting adds to a plan. */
import { expect, test } from 'vitest';
import { reportSections } from '../../db/words.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { listMeetings } from '../../src/domain/reports/meetings/list-meetings.ts';
import { planMeeting } from '../../src/domain/reports/meetings/plan-meeting.ts';
import { listMeetingsOf, readMeeting } from '../../src/domain/reports/meetings/read-meeting.ts';
import { recordMeeting } from '../../src/domain/reports/meetings/record-meeting.ts';
import { changeProblem, linkIncident } from '../../src/domain/reports/problems/change-problem.ts';
import { closeProblem } from '../../src/domain/reports/problems/close-problem.ts';
import { listProblems } from '../../src/domain/reports/problems/list-problems.ts';
import { listLinkable, listProposals } from '../../src/domain/reports/problems/list-proposals.ts';
import { openProblem } from '../../src/domain/reports/problems/open-problem.ts';
import { readProblem } from '../../src/domain/reports/problems/read-problem.ts';
import { readReport } from '../../src/domain/reports/read-report.ts';
import { addItem } from '../../src/domain/reports/remediation/add-item.ts';
import { changeItem } from '../../src/domain/reports/remediation/change-item.ts';
import { listItems } from '../../src/domain/reports/remediation/list-items.ts';
import { noteEffectiveness } from '../../src/domain/reports/remediation/note-effectiveness.ts';
import { settleItem } from '../../src/domain/reports/remediation/settle-item.ts';
import { publishReport } from '../../src/domain/reports/reviews/publish-report.ts';
import { submitReport } from '../../src/domain/reports/reviews/submit-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { agendaMarkdown } from '../../src/render/agenda-markdown.ts';
import { describeEachEngine } from '../support/engines.ts';
import { open, statusPage } from '../support/incidents.ts';
import { approve, inReview, problemOf, promise, publishedReport, submitted } from '../support/reports.ts';
import { asUser, minutesLater } from '../support/world.ts';
import { audits, lastAudit, refusal, refusedBy, refusedFor } from './accounts-support.ts';

const agreed = Object.fromEntries(reportSections.map((section) => [section, 'agreed']));
const days = (count: number): number => count * 24 * 60;

describeEachEngine('R-086, R-091: a problem that nobody classified into being', (bench) => {
  test('three incidents of a place in 30 days are proposed and become one problem, of any priority', async () => {
    const people = await statusPage(bench.store);
    const { csup, sre, engineer } = people;
    const made = [];
    for (const later of [0, 10, 20]) made.push(await open(minutesLater(csup, later)));
    const now = minutesLater(engineer, 30);
    expect((await listProposals(minutesLater(engineer, 15))).proposals).toEqual([]);
    const [proposal] = (await listProposals(now)).proposals;
    const ids = made.map(({ id }) => id);
    expect(proposal?.incidents.map(({ id }) => id)).toEqual(ids.toReversed());
    expect(await refusal(openProblem(csup, { incidents: ids }))).toEqual(refusedBy('forbidden', 'forbidden'));
    const { id } = await openProblem(now, { incidents: ids });
    expect(await lastAudit(bench.store)).toMatchObject({ action: 'problem.opened', subjectId: id });
    expect((await listProblems(now)).problems[0]).toMatchObject({ id, incidents: 3, priority: 'P3' });
    expect((await listProposals(now)).proposals).toEqual([]);
    expect((await readProblem(now, id)).problem.title).not.toBe('');
    await classifyIncident(sre, ids[0] ?? '', { priority: 'P1', reason: 'Important.' });
    expect((await listProblems(now)).problems).toHaveLength(1);
  });

  test('is refused for nothing, what is unknown, two categories, and what has a problem', async () => {
    const people = await statusPage(bench.store);
    const { csup, sre, security, engineer } = people;
    const first = await open(csup);
    const other = await open(csup, { category: 'website' });
    const hidden = await open(security, { category: 'keys' });
    expect(await refusal(openProblem(sre, { incidents: [] }))).toEqual(refusedFor('incidents: required'));
    expect(await refusal(openProblem(sre, { incidents: [first.id, hidden.id] }))).toEqual(
      refusedFor('incidents.1: unknown_incident'),
    );
    expect(await refusal(openProblem(sre, { incidents: [first.id, other.id] }))).toEqual(
      refusedFor('incidents: one_category'),
    );
    expect(await refusal(openProblem(sre, { incidents: [first.id], component: people.portal }))).toEqual(
      refusedFor('component: unknown_component'),
    );
    await openProblem(engineer, { incidents: [first.id], title: 'By hand', component: people.gateway });
    expect(await refusal(openProblem(sre, { incidents: [first.id] }))).toEqual(
      refusedFor('incidents.0: incident_linked'),
    );
  });

  test('of several incidents that have a problem the refusal named any: it names the first that was sent', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const ids = [(await open(csup)).id, (await open(csup)).id];
    for (const id of ids) await openProblem(sre, { incidents: [id] });
    const free = await open(csup);
    for (const linked of [ids, ids.toReversed()])
      expect(await refusal(openProblem(sre, { incidents: [free.id, ...linked] }))).toEqual(
        refusedFor('incidents.1: incident_linked'),
      );
  });

  test('of restricted incidents it is seen by who may see them all, in no list and no audit of others', async () => {
    const people = await statusPage(bench.store);
    const { sre, security } = people;
    const hidden = await open(security, { category: 'keys' });
    const trusted = await asUser(bench.store, ['security', 'sre']);
    const { id } = await openProblem(trusted, { incidents: [hidden.id], title: 'Keys leak' });
    await addItem(trusted, id, promise(trusted.actor.userId, { isPublic: false }));
    expect((await listProblems(sre)).problems).toEqual([]);
    expect((await listItems(sre)).items).toEqual([]);
    expect((await listProposals(sre)).unlinked).toEqual([]);
    expect(await refusal(readProblem(sre, id))).toEqual(refusedBy('not_found', 'not_found'));
    expect((await listItems(trusted)).items).toHaveLength(1);
    expect((await audits(bench.store)).slice(-2).map(({ restrictedTo }) => restrictedTo)).toEqual([
      hidden.id,
      hidden.id,
    ]);
    const outsider = String(sre.actor.userId);
    expect(await refusal(addItem(trusted, id, promise(outsider)))).toEqual(refusedFor('owner: cannot_see'));
    expect(await refusal(changeProblem(trusted, id, { expert: outsider }))).toEqual(
      refusedFor('expert: cannot_see'),
    );
  });

  test('what may be linked is of its category and not linked yet', async () => {
    const people = await statusPage(bench.store);
    const { csup, sre } = people;
    const [first, second] = [await open(csup), await open(minutesLater(csup, 1))];
    await open(csup, { category: 'website' });
    const { id } = await openProblem(sre, { incidents: [first.id] });
    const { problem } = await readProblem(sre, id);
    expect((await listLinkable(sre, problem)).linkable.map((incident) => incident.id)).toEqual([second.id]);
    await linkIncident(sre, id, { incident: second.id });
    expect((await listLinkable(sre, problem)).linkable).toEqual([]);
  });
});

describeEachEngine('R-095, R-099: the plan', (bench) => {
  test('an unknown group and a deadline centuries away are refused at their fields', async () => {
    const people = await statusPage(bench.store);
    const { csup, engineer } = people;
    const { id } = await open(csup);
    const { id: problem } = await openProblem(engineer, { incidents: [id] });
    const good = promise(engineer.actor.userId);
    expect(await refusal(addItem(engineer, problem, { ...good, group: '0123456789bc' }))).toEqual(
      refusedFor('group: unknown_group'),
    );
    expect(await refusal(addItem(engineer, problem, { ...good, dueOn: '2062-11-30' }))).toEqual(
      refusedFor('dueOn: too_late'),
    );
  });

  test('the board shows what is overdue, and a note on whether it helped is owed 30 days after it was done', async () => {
    const people = await statusPage(bench.store);
    const { engineer } = people;
    const { item, problem } = await publishedReport(people);
    expect((await listItems(minutesLater(engineer, days(9)))).items[0]).toMatchObject({ isOverdue: false });
    const late = minutesLater(engineer, days(11));
    expect((await listItems(late)).items[0]).toMatchObject({ isOverdue: true, state: 'open' });
    expect((await readProblem(late, problem)).flags).toContain('item_overdue');
    await settleItem(late, item, { state: 'done' });
    expect((await listItems(late)).items[0]).toMatchObject({ isOverdue: false, isNoteOwed: false });
    const month = minutesLater(late, days(30));
    expect((await listItems(month)).items[0]).toMatchObject({ isNoteOwed: true });
    expect((await listProblems(month)).problems[0]?.flags).toContain('effectiveness_owed');
    await noteEffectiveness(month, item, { text: 'No repeat.' });
    expect((await listItems(month)).items[0]).toMatchObject({ isNoteOwed: false });
  });

  test('a promise whose deadline has passed keeps a first version from being submitted (R-095)', async () => {
    const people = await statusPage(bench.store);
    const { engineer } = people;
    const { report, incident } = await inReview(people);
    const problem = await problemOf(engineer, incident);
    const { id: item } = await addItem(engineer, problem, promise(engineer.actor.userId));
    const late = minutesLater(engineer, days(11));
    expect(await refusal(submitReport(late, report))).toEqual(refusedFor('remediation.0.dueOn: in_past'));
    await settleItem(late, item, { state: 'done' });
    await submitReport(late, report);
  });

  test('saving without a change and linking another incident void no approval; waiving a promise does (R-082)', async () => {
    const people = await statusPage(bench.store);
    const { engineer, manager, csup } = people;
    const { report, incident } = await inReview(people);
    const problem = await problemOf(engineer, incident);
    const { id: item } = await addItem(engineer, problem, promise(engineer.actor.userId));
    const state = async () => (await readReport(engineer, report)).report.state;
    await submitReport(minutesLater(engineer, 121), report);
    await approve(minutesLater(manager, 122), report);
    await changeItem(engineer, item, { aim: 'prevents_return' });
    const second = await open(csup);
    await linkIncident(engineer, problem, { incident: second.id });
    expect(await state()).toBe('approved');
    await settleItem(engineer, item, { state: 'waived', reason: 'Replaced.' });
    expect(await state()).toBe('draft');
  });
});

describeEachEngine('R-089, R-090, R-095, R-101: what a meeting records', (bench) => {
  const prepare = async () => {
    const people = await statusPage(bench.store);
    const made = await publishedReport(people);
    const manager = minutesLater(people.manager, 240);
    const [line] = (await listMeetings(manager)).meetings;
    const meeting = line?.id ?? '';
    const lead = String(manager.actor.userId);
    const engineer = String(people.engineer.actor.userId);
    const heldAt = minutesLater(manager, -10).now.toISOString();
    await planMeeting(manager, meeting, { lead, plannedFor: heldAt, invited: [engineer] });
    const record = { heldAt, attended: [lead, engineer], outcomes: agreed };
    return { ...made, people, manager, meeting, lead, engineer, record };
  };

  test('new actions go into the plan in the same transaction, or nothing is recorded', async () => {
    const { manager, meeting, engineer, record, problem, people } = await prepare();
    const good = promise(engineer, { action: { en: 'Watch the queue' }, isPublic: false });
    const { dueOn: _dueOn, ...undated } = good;
    expect(await refusal(recordMeeting(manager, meeting, { ...record, items: [good, undated] }))).toEqual(
      refusedFor('items.1.dueOn: required'),
    );
    const past = { ...good, dueOn: '2026-11-19' };
    expect(await refusal(recordMeeting(manager, meeting, { ...record, items: [good, past] }))).toEqual(
      refusedFor('items.1.dueOn: in_past'),
    );
    expect((await readMeeting(manager, meeting)).meeting.heldAt).toBeNull();
    expect((await readProblem(manager, problem)).items).toHaveLength(1);
    await recordMeeting(manager, meeting, {
      ...record,
      items: [good, { ...good, action: { de: 'Prüfen' } }],
    });
    expect(
      (await readProblem(manager, problem)).items.map(({ position, action }) => [position, action.en]),
    ).toEqual([
      [0, 'Check certificates before rotation'],
      [1, 'Watch the queue'],
      [2, ''],
    ]);
    expect((await audits(bench.store)).slice(-3).map(({ action }) => action)).toEqual([
      'remediation.added',
      'remediation.added',
      'meeting.held',
    ]);
    expect((await readProblem(people.engineer, problem)).meetingsOwed).toEqual([]);
  });

  test('it is owed, red after 5 working days, and keeps its problem open until it is held', async () => {
    const { manager, meeting, record, problem, item, report } = await prepare();
    expect((await listMeetings(manager)).meetings[0]).toMatchObject({ id: meeting, isOverdue: false });
    // Published on a Friday: the end of the Friday after it.
    expect((await listMeetings(manager)).meetings[0]?.dueAt.toISOString()).toBe('2026-11-27T23:00:00.000Z');
    expect((await listMeetings(minutesLater(manager, days(8)))).meetings[0]).toMatchObject({
      isOverdue: true,
    });
    await settleItem(manager, item, { state: 'done' });
    expect((await readProblem(manager, problem)).obstacles).toEqual(['meeting_owed']);
    expect(await refusal(closeProblem(manager, problem))).toEqual(refusedBy('conflict', 'problem_open'));
    await recordMeeting(manager, meeting, { ...record, sharing: ['runbook', 'training', 'runbook'] });
    expect((await listMeetings(manager)).meetings[0]).toMatchObject({ sharing: ['runbook', 'training'] });
    await closeProblem(manager, problem);
    expect((await listMeetingsOf(manager, report))[0]?.participants).toMatchObject([
      { attended: true },
      { attended: true },
    ]);
  });

  test('is initiated by a person, and who is invited may see a restricted incident (R-016)', async () => {
    const { meeting, lead, people, manager, incident, record } = await prepare();
    const operator = { ...manager, actor: { ...manager.actor, userId: null } };
    const plan = { lead, plannedFor: record.heldAt, invited: [lead] };
    expect(await refusal(planMeeting(operator, meeting, plan))).toEqual(refusedBy('forbidden', 'forbidden'));
    expect((await readMeeting(manager, meeting)).meeting.initiatedBy).toBe(lead);
    await bench.store.transaction(async ({ db, tables }) => {
      await db.update(tables.incidents).set({ isRestricted: true });
      await db.insert(tables.incidentReaders).values({ incidentId: incident, userId: lead });
    });
    const outsider = String(people.csup.actor.userId);
    expect(await refusal(planMeeting(manager, meeting, { ...plan, invited: [lead, outsider] }))).toEqual(
      refusedFor('invited.1: cannot_see'),
    );
    expect(await refusal(readMeeting(people.csup, meeting))).toEqual(refusedBy('not_found', 'not_found'));
    expect((await listMeetings(people.csup)).meetings).toEqual([]);
  });

  test('R-089, R-146: each publication owes its meeting; the one before says that a newer version is out', async () => {
    const { manager, meeting, people, report, record } = await prepare();
    const engineer = minutesLater(people.engineer, 250);
    expect((await readMeeting(manager, meeting)).newerVersion).toBeNull();
    await saveReport(engineer, report, {
      sections: { why: { en: { text: 'More exactly.' } } },
      change: { en: 'The cause is said more exactly.' },
    });
    await submitReport(engineer, report);
    expect((await readMeeting(manager, meeting)).newerVersion).toBeNull();
    await approve(minutesLater(manager, 20), report);
    const csup = minutesLater(people.csup, 270);
    await publishReport(csup, report, { digest: await submitted(csup, report) });
    expect(await readMeeting(manager, meeting)).toMatchObject({
      newerVersion: 2,
      content: { texts: { why: { en: 'About why.' } } },
    });
    const later = minutesLater(manager, 60);
    const owed = (await listMeetings(later)).meetings;
    expect(owed.map(({ reportVersion, heldAt }) => [reportVersion, heldAt]).sort()).toEqual([
      [1, null],
      [2, null],
    ]);
    // The second meeting cannot have been before the second version was published.
    const second = owed.find(({ reportVersion }) => reportVersion === 2)?.id ?? '';
    await planMeeting(later, second, {
      lead: record.attended[0],
      plannedFor: record.heldAt,
      invited: record.attended,
    });
    expect(await refusal(recordMeeting(later, second, record))).toEqual(
      refusedFor('heldAt: before_publication'),
    );
  });

  test('its agenda is the report’s sections, the plan and the open questions, as Markdown that cannot break out', async () => {
    const { manager, meeting } = await prepare();
    const page = await readMeeting(manager, meeting);
    const markdown = agendaMarkdown(
      {
        ...page,
        comments: [
          {
            id: 'x',
            reportId: page.report.id,
            section: 'why',
            text: '# Why\n<b>*then*</b>?',
            createdBy: null,
            createdAt: manager.now,
            settledAt: null,
          },
        ],
      },
      'en',
    );
    expect(markdown).toContain('# Post-mortem: API calls failed');
    for (const section of reportSections) expect(markdown).toContain(`> About ${section}.`);
    expect(markdown).toContain('- Check certificates before rotation');
    expect(markdown).toContain('- Why it happened: \\# Why \\<b\\>\\*then\\*\\</b\\>?');
    expect(markdown.match(/^# /gm)).toHaveLength(1);
    expect(agendaMarkdown(page, 'de')).toContain('# Nachbesprechung: API-Anfragen schlugen fehl');
  });

  test('a carriage return in a section begins a heading of its own in the agenda', async () => {
    const { manager, meeting } = await prepare();
    const page = await readMeeting(manager, meeting);
    if (!page.content) throw new Error('No content.');
    const texts = { ...page.content.texts, why: { en: 'One.\r# Two\r\n# Three' } };
    const markdown = agendaMarkdown({ ...page, content: { ...page.content, texts } }, 'en');
    expect(markdown).toContain('> One.\n> # Two\n> # Three');
    expect(markdown).not.toContain('\r');
  });
});

describeEachEngine('queries of problems, plans and meetings', (bench) => {
  test('are as many for four problems as for one', async () => {
    const people = await statusPage(bench.store);
    const { csup, engineer, manager } = people;
    const { problem } = await publishedReport(people);
    const now = minutesLater(manager, 240);
    const [meeting] = (await listMeetings(now)).meetings;
    const count = async (): Promise<number[]> => {
      const counts: number[] = [];
      const reads = [listProblems, listProposals, listItems, listMeetings];
      const all = [
        ...reads.map((read) => () => read(now)),
        () => readProblem(now, problem),
        () => readMeeting(now, meeting?.id ?? ''),
      ];
      for (const read of all) {
        let found = 0;
        const stop = bench.store.onQuery(() => {
          found += 1;
        });
        await read();
        stop();
        counts.push(found);
      }
      return counts;
    };
    await open(csup);
    const one = await count();
    for (const later of [1, 2, 3]) {
      const { id } = await open(minutesLater(csup, later));
      await open(minutesLater(csup, later));
      const { id: other } = await openProblem(engineer, { incidents: [id] });
      await addItem(engineer, other, promise(engineer.actor.userId));
      await addItem(engineer, problem, promise(engineer.actor.userId, { isPublic: false }));
    }
    expect(await count()).toEqual(one);
    // Open and closed problems, due and settled items are asked for apart, each by its index.
    expect(one).toEqual([7, 4, 3, 1, 8, 10]);
  });
});
