/** The screens of problems, their plans and post-mortem meetings: every form without JavaScript, refusals that lose nothing, and what stays hidden. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { reportSections } from '../../db/words.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { listMeetings } from '../../src/domain/reports/meetings/list-meetings.ts';
import { planMeeting } from '../../src/domain/reports/meetings/plan-meeting.ts';
import { readMeeting } from '../../src/domain/reports/meetings/read-meeting.ts';
import { recordMeeting } from '../../src/domain/reports/meetings/record-meeting.ts';
import { openProblem } from '../../src/domain/reports/problems/open-problem.ts';
import { readProblem } from '../../src/domain/reports/problems/read-problem.ts';
import { addItem } from '../../src/domain/reports/remediation/add-item.ts';
import { publishReport } from '../../src/domain/reports/reviews/publish-report.ts';
import { submitReport } from '../../src/domain/reports/reviews/submit-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { faultsOf } from '../support/html.ts';
import { actingAs, type Insider, insideOf, insider, showTo } from '../support/inside.ts';
import { approve, promise, submitted } from '../support/reports.ts';
import { publishedOn } from '../support/reports-on-server.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const markup = '<b>bold</b> & "quoted" <script>alert(1)</script> {{ x }}';
const escaped = '&lt;b&gt;bold&lt;/b&gt; &amp; ';

let server: TestServer;
let csup: Insider;
let engineer: Insider;
let manager: Insider;
let security: Insider;
let made: Awaited<ReturnType<typeof publishedOn>>;

beforeAll(async () => {
  server = await startTestServer();
  csup = await insider(server, 'csup');
  engineer = await insider(server, 'engineer', 'sre');
  manager = await insider(server, 'manager');
  security = await insider(server, 'security', 'sre');
  made = await publishedOn(server, { csup, engineer, manager });
});
afterAll(() => server?.stop());

const { show, send } = insideOf(() => server);
const problemPage = () => `/admin/problems/${made.problem}`;
const idIn = (location: string): string => /\/admin\/problems\/(\w{12})/.exec(location)?.[1] ?? '';

// A story: one problem, its plan, its meeting, and in the end all of it is restricted.
describe('a problem', { shuffle: false }, () => {
  describe('R-086, R-091: problems on the screen', () => {
    test('the list says what is wrong with each, in valid HTML', async () => {
      const { status, html } = await show(csup, '/admin/problems');
      expect(status).toBe(200);
      expect(html).toContain('No expert is named');
      expect(html).toContain('The post-mortem meeting was not held');
      expect(html).toContain('0 of 1 actions done');
      expect(html).not.toContain('problems.open');
      expect(await faultsOf(html)).toEqual([]);
      expect((await show(csup, '/admin/problems?view=closed')).html).toContain('No problem here.');
      expect((await show(csup, '/admin/problems?view=nonsense')).status).toBe(200);
      expect((await show(csup, '/admin/problems?view=board&state=waived')).html).toContain('No action here.');
    });

    test('three incidents of a category are proposed with one button, which opens the problem', async () => {
      const texts = {
        en: { title: 'Names do not resolve', body: 'Some look-ups fail; we look for the cause.' },
      };
      const ids: string[] = [];
      for (let count = 0; count < 3; count += 1)
        ids.push(
          (await openIncident(server.context(), { category: 'dns', phase: 'investigating', texts })).id,
        );
      const page = await show(engineer, '/admin/problems');
      expect(page.html).toContain('3 incidents in 30 days without a problem: DNS');
      expect(await faultsOf(page.html)).toEqual([]);
      const nothing = await send(engineer, '/admin/problems', 'problems.open', {
        'incidents:list': '',
        title: markup,
      });
      expect(nothing.status).toBe(422);
      expect(nothing.html).toContain('id="f-incidents-refusal"');
      expect(nothing.html).toMatch(/name="title"[^>]*value="[^"]*bold/);
      const refused = await send(csup, '/admin/problems', 'problems.open', { 'incidents:list': ids });
      expect(refused.status).toBe(403);
      const opened = await send(engineer, '/admin/problems', 'problems.open', { 'incidents:list': ids });
      const problem = await readProblem(actingAs(server, engineer), idIn(opened.location));
      expect(problem.incidents).toHaveLength(3);
      expect((await show(engineer, '/admin/problems')).html).not.toContain('without a problem: DNS');
      const again = await send(engineer, '/admin/problems', 'problems.open', {
        'incidents:list': ids[0] ?? '',
      });
      expect([again.status, again.html.includes('belongs to a problem already')]).toEqual([422, true]);
    });

    test('what is known is changed; a refusal keeps what is typed, and a conflict shows both', async () => {
      const fields = {
        problem: made.problem,
        'version:number': '1',
        'title:text': `Certificates ${markup}`,
        'causeTag:text': markup,
        'cause:text': `First line\nsecond ${markup}`,
        'expert:nullable': engineer.id,
        'ticket:text': markup,
      };
      const long = await send(engineer, problemPage(), 'problems.change', {
        ...fields,
        'causeTag:text': 'x'.repeat(61),
      });
      expect([long.status, long.html.includes('id="problem-causeTag-refusal"')]).toEqual([422, true]);
      expect(long.html).toContain(`second ${escaped}`);
      expect((await send(engineer, problemPage(), 'problems.change', fields)).status).toBe(303);
      const page = await show(csup, problemPage());
      expect(page.html).toContain(escaped);
      expect(page.html).not.toContain('<script>alert');
      expect(page.html).toContain(engineer.name);
      expect(await faultsOf(page.html)).toEqual([]);
      const stale = await send(manager, problemPage(), 'problems.change', {
        ...fields,
        'title:text': 'Mine',
      });
      expect(stale.status).toBe(409);
      expect(stale.html).toContain('Saved meanwhile');
      expect(stale.html).toContain('name="version:number" value="2"');
      const saved = await send(manager, problemPage(), 'problems.change', {
        ...fields,
        'version:number': '2',
        'title:text': 'Certificates run out',
      });
      expect(saved.status).toBe(303);
    });
  });

  describe('R-087, R-095, R-099: the plan on the screen', () => {
    const item = (more: Record<string, string> = {}) => ({
      problem: made.problem,
      'action.en:text': 'Watch every certificate',
      'action.de:text': 'Jedes Zertifikat überwachen',
      aim: 'removes_cause',
      owner: engineer.id,
      dueOn: '2026-12-01',
      'unticked.isPublic': 'flag',
      ...more,
    });

    test.each<[string, Record<string, string>, string]>([
      ['without owner', { owner: '' }, 'add-owner-refusal'],
      ['without deadline', { dueOn: '' }, 'add-dueOn-refusal'],
      ['with a deadline in the past', { dueOn: '2026-11-19' }, 'add-dueOn-refusal'],
      ['without words', { 'action.en:text': '', 'action.de:text': ' ' }, 'add-action-refusal'],
      ['public without its owner’s function', { 'isPublic:flag': 'true' }, 'add-ownerFunction-refusal'],
    ])('an action %s is refused at its field, and nothing typed is lost', async (_name, more, problem) => {
      const answer = await send(engineer, problemPage(), 'remediation.add', {
        ...item(),
        'ownerFunction.de:text': '',
        ...more,
      });
      expect(answer.status).toBe(422);
      expect(answer.html).toContain(`id="${problem}"`);
      expect(answer.html).toContain(more['action.en:text'] === '' ? '2026-12-01' : 'Watch every certificate');
      expect(await faultsOf(answer.html)).toEqual([]);
    });

    test('an action is added, changed, moved with a reason, done and noted, each by its form', async () => {
      const added = await send(engineer, problemPage(), 'remediation.add', item());
      expect(added.status).toBe(303);
      const id = /at=(\w{12})/.exec(added.location)?.[1] ?? '';
      const at = `${problemPage()}?item=${id}`;
      const forms = await show(engineer, at);
      expect(forms.html).toContain('remediation.move');
      expect(await faultsOf(forms.html)).toEqual([]);
      const own = { problem: made.problem, item: id };
      const { dueOn: _dueOn, ...words } = item();
      const changed = { ...words, ...own, 'version:number': '1', 'action.en:text': markup };
      expect((await send(engineer, problemPage(), 'remediation.change', changed)).status).toBe(303);
      const stale = await send(manager, problemPage(), 'remediation.change', {
        ...changed,
        'action.en:text': 'Mine',
      });
      expect([
        stale.status,
        stale.html.includes('Saved meanwhile'),
        stale.html.includes('>Mine</td>'),
      ]).toEqual([409, true, true]);
      const move = {
        ...own,
        'version:number': '2',
        dueOn: '2026-12-15',
        'reason.en:text': '',
        'reason.de:text': '',
      };
      const unsaid = await send(engineer, problemPage(), 'remediation.move', move);
      expect([
        unsaid.status,
        unsaid.html.includes('id="move-reason-refusal"'),
        unsaid.html.includes('value="2026-12-15"'),
      ]).toEqual([422, true, true]);
      const moved = await send(engineer, problemPage(), 'remediation.move', {
        ...move,
        'reason.en:text': `Later ${markup}`,
      });
      expect(moved.status).toBe(303);
      const waive = await send(engineer, problemPage(), 'remediation.settle', {
        ...own,
        'version:number': '3',
        state: 'waived',
        'reason:text': '',
      });
      expect([waive.status, waive.html.includes('id="settle-reason-refusal"')]).toEqual([422, true]);
      await send(engineer, problemPage(), 'remediation.settle', {
        ...own,
        'version:number': '3',
        state: 'done',
      });
      await send(engineer, problemPage(), 'remediation.note', {
        ...own,
        'version:number': '4',
        text: `No repeat ${markup}`,
      });
      const page = await show(csup, problemPage());
      expect(page.html).toMatch(/Moved from 1 Dec 2026 to 15 Dec 2026: Later &lt;b&gt;/);
      expect(page.html).toContain('first 1 Dec 2026');
      expect(page.html).toContain('Whether it helped: No repeat &lt;b&gt;');
      expect(page.html).not.toMatch(/<script>alert|remediation\.|problems\.change/);
      expect(page.html).toMatch(/<svg[^>]*role="img" aria-labelledby="plan-title plan-text"/);
      expect(page.html).not.toMatch(/<svg.*?style=/s);
    });

    test('the board of all plans shows them by how far they are, overdue in red', async () => {
      const board = await show(csup, '/admin/problems?view=board');
      expect(board.html).toMatch(/Open \(1\).*Check certificates before rotation.*Done \(1\)/s);
      expect(await faultsOf(board.html)).toEqual([]);
      const before = server.clock.now;
      server.clock.forward(11 * 24 * 60);
      engineer.cookie = await server.cookie(engineer);
      expect((await show(engineer, '/admin/problems?view=board')).html).toContain(
        '30 Nov 2026</time>, overdue',
      );
      expect((await show(engineer, '/admin/meetings')).html).toContain('Overdue since 27 Nov 2026');
      server.clock.now = before;
      // The jobs may have deleted every session that had expired by then.
      for (const person of [engineer, manager, csup, security]) person.cookie = await server.cookie(person);
    });

    test('it is not closed while something keeps it open, and the page says what', async () => {
      const page = await show(manager, problemPage());
      expect(page.html).toContain('It cannot be closed yet:');
      expect(page.html).not.toContain('problems.close');
      const refused = await send(manager, problemPage(), 'problems.close', { problem: made.problem });
      expect(refused.status).toBe(409);
      expect(refused.html).toContain('Something still keeps this problem open.');
    });
  });

  describe('R-016, R-089, R-090, R-095, R-101, R-146: the meeting on the screen', () => {
    const meetingPage = () => `/admin/meetings/${made.meeting}`;

    test('is planned by a manager who leads it; others see no form and are refused', async () => {
      expect((await show(engineer, meetingPage())).html).not.toContain('meetings.plan');
      const fields = {
        meeting: made.meeting,
        'version:number': '1',
        lead: manager.id,
        'plannedFor:local': '2026-11-20T02:30',
        'invited:list': [manager.id, engineer.id],
        'unticked.invited': 'list',
      };
      expect((await send(engineer, meetingPage(), 'meetings.plan', fields)).status).toBe(403);
      const wrong = await send(manager, meetingPage(), 'meetings.plan', { ...fields, lead: engineer.id });
      expect([wrong.status, wrong.html.includes('id="plan-lead-refusal"')]).toEqual([422, true]);
      expect(wrong.html).toContain('value="2026-11-20T02:30"');
      const nobody = await send(manager, meetingPage(), 'meetings.plan', { ...fields, 'invited:list': [] });
      expect([nobody.status, nobody.html.includes('id="plan-invited-refusal"')]).toEqual([422, true]);
      expect((await send(manager, meetingPage(), 'meetings.plan', fields)).status).toBe(303);
      const page = await show(manager, meetingPage());
      expect(page.html).toContain(`${engineer.name}`);
      expect(await faultsOf(page.html)).toEqual([]);
      expect((await show(csup, '/admin/meetings')).html).toMatch(/Planned for 20 Nov 2026, 02:30 CET/);
    });

    test('its agenda is a page and Markdown; names are fine inside, the anonymous get neither', async () => {
      const page = await show(csup, meetingPage());
      for (const section of reportSections) expect(page.html).toContain(`About ${section}.`);
      const markdown = await server.fetch(`${meetingPage()}/agenda.md`, { headers: { cookie: csup.cookie } });
      expect(markdown.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
      expect(await markdown.text()).toMatch(
        /^# Post-mortem: API calls failed[\s\S]*> About why\.[\s\S]*- Check certificates before rotation/,
      );
      expect((await server.fetch(`${meetingPage()}/agenda.md`)).status).toBe(401);
      expect((await show(csup, '/admin/meetings/0123456789bc/agenda.md')).status).toBe(404);
    });

    const record = (more: Record<string, string | readonly string[]> = {}) => ({
      meeting: made.meeting,
      'version:number': '2',
      'heldAt:local': '2026-11-20T02:30',
      'attended:list': [manager.id, engineer.id, csup.id],
      'unticked.attended': 'list',
      decisions: `Decided ${markup}`,
      ...Object.fromEntries(reportSections.map((section) => [`outcomes.${section}`, 'agreed'])),
      'items.0.aim': 'prevents_return',
      'items.1.aim': 'prevents_return',
      'sharing:list': ['runbook'],
      'unticked.sharing': 'list',
      ...more,
    });

    const row = { 'items.1.action.en:text': 'Rehearse it' };
    test.each<[string, () => Record<string, string | readonly string[]>, string]>([
      ['without an engineer', () => ({ 'attended:list': [manager.id] }), 'record-attended-refusal'],
      ['without an outcome for a section', () => ({ 'outcomes.why': '' }), 'record-why-refusal'],
      ['in the future', () => ({ 'heldAt:local': '2026-11-21T02:30' }), 'record-heldAt-refusal'],
      ['with an action without a date', () => row, 'record-items-1-dueOn-refusal'],
      [
        'with an action in the past',
        () => ({ ...row, 'items.1.dueOn': '2026-11-01', 'items.1.owner': engineer.id }),
        'record-items-1-dueOn-refusal',
      ],
    ])(
      'recorded %s it is refused there, nothing typed is lost, nothing is kept',
      async (_name, more, problem) => {
        const answer = await send(manager, meetingPage(), 'meetings.record', record(more()));
        expect(answer.status).toBe(422);
        expect(answer.html).toContain(`id="${problem}"`);
        expect(answer.html).toContain(`Decided ${escaped}`);
        expect(await faultsOf(answer.html)).toEqual([]);
        expect((await readMeeting(actingAs(server, manager), made.meeting)).meeting.heldAt).toBeNull();
      },
    );

    test('“changed” begins the next version, the new action is in the plan, and attendance is kept', async () => {
      const held = await send(
        manager,
        meetingPage(),
        'meetings.record',
        record({
          'outcomes.why': 'changed',
          'items.1.action.en:text': 'Rehearse it',
          'items.1.dueOn': '2026-12-24',
          'items.1.owner': engineer.id,
        }),
      );
      expect(held.status).toBe(303);
      const page = await show(csup, meetingPage());
      expect(page.html).toContain('the next version of the report is begun');
      expect(page.html).toContain(`/admin/reports/${made.report}/text`);
      expect(page.html).toContain(`Decided ${escaped}`);
      expect(page.html).toContain('attended');
      expect(page.html).not.toContain('meetings.record');
      expect(await faultsOf(page.html)).toEqual([]);
      expect((await show(csup, problemPage())).html).toContain('Rehearse it');
      expect((await show(csup, '/admin/meetings')).html).toMatch(
        /1 of 1 held meetings recorded how: 100.?%.*Runbook changed<\/dt>\s*<dd>1 of 1/s,
      );
      const again = await send(manager, meetingPage(), 'meetings.record', record({ 'version:number': '3' }));
      expect([again.status, again.html.includes('This meeting is recorded already.')]).toEqual([409, true]);
    });
  });

  describe('R-051: what is restricted', () => {
    test('problem and meeting are a 404 for others, and stand in no list, board or count of theirs', async () => {
      const texts = { en: { title: 'The canary sings', body: 'The canary sings of keys.' } };
      const acting = actingAs(server, security);
      const { id: incident } = await openIncident(acting, {
        category: 'security',
        phase: 'investigating',
        texts,
      });
      const { id } = await openProblem(acting, { incidents: [incident], title: 'Canary keys' });
      await addItem(
        acting,
        id,
        promise(security.id, { action: { en: 'Feed the canary' }, isPublic: false, dueOn: '2026-12-01' }),
      );
      for (const path of [
        '/admin/problems',
        '/admin/problems?view=all',
        '/admin/problems?view=board',
        '/admin/meetings',
      ]) {
        const { html } = await show(manager, path);
        expect([path, /canary/i.test(html)]).toEqual([path, false]);
      }
      expect((await show(security, '/admin/problems?view=board')).html).toContain('Feed the canary');
      expect((await show(manager, `/admin/problems/${id}`)).status).toBe(404);
      expect(
        (await send(manager, `/admin/problems/${id}`, 'problems.change', { problem: id, 'title:text': 'x' }))
          .status,
      ).toBe(404);
      expect((await show(security, `/admin/problems/${id}`)).status).toBe(200);
      await server.app.store.transaction(async ({ db, tables }) => {
        await db.update(tables.incidents).set({ isRestricted: true });
      });
      expect((await show(csup, `/admin/meetings/${made.meeting}`)).status).toBe(404);
      expect((await show(csup, `/admin/meetings/${made.meeting}/agenda.md`)).status).toBe(404);
      expect((await listMeetings(actingAs(server, csup))).meetings).toEqual([]);
    });
  });
});

describe('a meeting by itself', () => {
  let own: TestServer;
  let lead: Insider;
  let expert: Insider;
  let support: Insider;
  let report: Awaited<ReturnType<typeof publishedOn>>;
  beforeEach(async () => {
    own = await startTestServer();
    [support, expert, lead] = [
      await insider(own, 'csup'),
      await insider(own, 'engineer', 'sre'),
      await insider(own, 'manager'),
    ];
    report = await publishedOn(own, { csup: support, engineer: expert, manager: lead });
  });
  afterEach(() => own?.stop());

  test('R-101: says which of four ways was gone, and how many of all meetings were recorded so', async () => {
    const invited = [lead.id, expert.id];
    const acting = actingAs(own, lead);
    const heldAt = new Date(own.clock.now.getTime() - 30 * 60_000).toISOString();
    await planMeeting(acting, report.meeting, { lead: lead.id, plannedFor: heldAt, invited });
    await recordMeeting(acting, report.meeting, {
      heldAt,
      attended: invited,
      outcomes: Object.fromEntries(reportSections.map((section) => [section, 'agreed'])),
      sharing: ['runbook', 'training'],
    });
    const said = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    const page = said((await showTo(own, support, `/admin/meetings/${report.meeting}`)).html);
    expect(page).toMatch(/Runbook changed.*Training/);
    expect(page).not.toContain('Retrospective');
    const all = said((await showTo(own, support, '/admin/meetings')).html);
    expect(all).toMatch(/1 of 1 held meetings recorded how: 100.?%/);
    for (const [way, count] of [
      ['Report discussed with other teams', 0],
      ['Retrospective', 0],
      ['Runbook changed', 1],
      ['Training', 1],
    ])
      expect(all).toContain(`${way} ${count} of 1`);
  });

  test('R-146: before it was held it says that a newer version is out, and which', async () => {
    const page = async (): Promise<string> =>
      (await showTo(own, lead, `/admin/meetings/${report.meeting}`)).html;
    expect(await page()).not.toContain('is published meanwhile');
    await saveReport(actingAs(own, expert), report.report, {
      sections: { why: { en: { text: 'More exactly.' }, de: { text: 'Genauer.' } } },
      change: { en: 'The cause is said more exactly.', de: 'Die Ursache ist genauer gesagt.' },
    });
    await submitReport(actingAs(own, expert), report.report);
    await approve(actingAs(own, lead), report.report);
    expect(await page()).not.toContain('is published meanwhile');
    const publishing = actingAs(own, support);
    const digest = await submitted(publishing, report.report);
    await publishReport(publishing, report.report, { digest, impact: 'keep' });
    expect(await page()).toContain('Version 2 is published meanwhile.');
  });
});
