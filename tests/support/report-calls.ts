/** The way of reports, problems and meetings over the JSON API: every operation once, with real data. */
import { expect } from 'vitest';
import { reportSections } from '../../db/words.ts';
import { type Api, apiOf, type Json } from './api.ts';
import { complete, promise } from './reports.ts';
import type { TestPerson, TestServer } from './server.ts';

export interface ReportTeam {
  people: Record<'csup' | 'sre' | 'engineer' | 'manager' | 'second' | 'security', TestPerson>;
  csup: Api;
  sre: Api;
  engineer: Api;
  manager: Api;
  /** Another manager, for what takes two. */
  second: Api;
  security: Api;
}

/** A token for each of the people whom a report needs. */
export async function reportTeam(server: TestServer): Promise<ReportTeam> {
  const people = {
    csup: await server.addPerson('csup'),
    sre: await server.addPerson('sre'),
    engineer: await server.addPerson('engineer'),
    manager: await server.addPerson('manager'),
    second: await server.addPerson('manager'),
    security: await server.addPerson('security'),
  };
  const api = async (person: TestPerson): Promise<Api> => apiOf(server, await server.token(person));
  return {
    people,
    csup: await api(people.csup),
    sre: await api(people.sre),
    engineer: await api(people.engineer),
    manager: await api(people.manager),
    second: await api(people.second),
    security: await api(people.security),
  };
}

const texts = { en: { title: 'Object storage fails', body: 'No object can be read.' } };
const day = (server: TestServer, later: number): string =>
  new Date(server.clock.now.getTime() + later * 86_400_000).toISOString().slice(0, 10);

/** A P0 that began now, resolved an hour later with its milestones; returns its id. The clock moves on by an hour. */
export async function resolvedByApi(server: TestServer, team: ReportTeam, priority = 'P0'): Promise<string> {
  const { incident } = await team.csup.call('openIncident', {
    body: { category: 'dns', phase: 'investigating', texts },
  });
  const { id } = incident;
  await team.sre.call('classifyIncident', { id, body: { priority, reason: 'Nobody gets in.' } });
  if (priority === 'P0' || priority === 'P1') await team.manager.call('validatePriority', { id, body: {} });
  const at = (minutes: number): string =>
    new Date(server.clock.now.getTime() + minutes * 60_000).toISOString();
  const body = { detected: at(2), diagnosed: at(24), recovered: at(58), verified: at(60), pageEnd: 'keep' };
  server.clock.forward(60);
  await team.csup.call('postUpdate', {
    id,
    body: { phase: 'resolved', texts: { en: { body: 'Objects can be read again, after a faulty change.' } } },
  });
  await team.sre.call('recordMilestones', { id, body });
  return id;
}

/** A published report: written, reviewed, approved; with a promised action. Returns what it is about. */
export async function publishedByApi(server: TestServer, team: ReportTeam) {
  const incident = await resolvedByApi(server, team);
  const { engineer, manager, csup, people } = team;
  const { report } = await engineer.call('saveReport', { id: incident, body: complete(people.engineer.id) });
  const { id } = report;
  await manager.call('classifyReport', { id, body: { classification: 'public', reason: 'It is a P0.' } });
  const open = (await engineer.call('listProblems')).problems.filter((one: Json) => one.closedAt === null);
  const read = await Promise.all(
    open.map(async ({ id }: Json) => (await engineer.call('readProblem', { id })).problem),
  );
  const [problem, ...others] = read
    .filter(({ incidents }) => incidents.includes(incident))
    .map(({ id }) => id);
  expect([problem, others]).toEqual([expect.any(String), []]);
  const item = await engineer.call('addItem', {
    id: problem,
    body: { ...promise(people.engineer.id), dueOn: day(server, 10) },
  });
  const { submittedDigest: digest } = (await engineer.call('submitReport', { id, body: {} })).report;
  const ticks = { content: {}, commitments: {}, presentation: {} };
  await manager.call('reviewReport', { id, body: { digest, ticks, decision: 'approve' } });
  const published = await csup.call('publishReport', { id, body: { digest, impact: 'keep' } });
  return { incident, report: id, problem, item: item.id, slug: published.report.slug as string };
}

/** Calls every operation on reports, problems, actions and meetings. Returns the names of those called. */
export async function callReportOperations(server: TestServer): Promise<Set<string>> {
  const team = await reportTeam(server);
  const { engineer, manager, second, sre, security, csup, people } = team;
  const { incident, report: id, problem, item } = await publishedByApi(server, team);
  await engineer.call('readReport', { id: incident });
  const { published } = await csup.call('listReports');
  expect(published.map((line: Json) => line.id)).toContain(id);

  await onReport(server, team, id);
  const other = await resolvedByApi(server, team, 'P1');
  const asked = (await csup.call('listReports')).owed.find((line: Json) => line.incident === other);
  expect(asked).toMatchObject({ state: 'owed', isRequired: null });
  expect((await manager.call('readDue')).due).toContainEqual(
    expect.objectContaining({ kind: 'decision_waiting', id: asked.id, priority: 'P1', isOwn: false }),
  );
  const decided = await manager.call('decideReport', {
    id: other,
    body: { isRequired: true, reason: 'Many customers.' },
  });
  expect(decided.report).toMatchObject({ state: 'owed', isRequired: true });

  const before = await sre.call('readClosing', { id: other });
  expect(before.closing).toMatchObject({ obstacles: ['report_not_published'], closedAt: null });
  const explanation = 'A routing change was faulty; it was taken back, and the probe is green.';
  const closed = await sre.call('closeIncident', { id: incident, body: { outcome: 'problem', explanation } });
  expect(closed.closing).toMatchObject({ outcome: 'problem', explanation, obstacles: [], problems: [{}] });

  const wrong = await resolvedByApi(server, team);
  const proposal = await sre.call('proposeReclassification', {
    id: wrong,
    body: { priority: 'P2', evidence: 'The monitor counted twice.' },
  });
  const settled = await manager.call('settleDecision', { id: proposal.id, body: { isAgreed: true } });
  expect(settled.report).toMatchObject({ priority: 'P2', closedAt: server.clock.now.toISOString() });
  await notReleased(server, team);

  const changed = { cause: 'The routing change.', causeTag: 'routing', expert: people.engineer.id };
  await sre.call('changeProblem', { id: problem, body: changed });
  await sre.call('linkIncident', { id: problem, body: { incident: other } });
  await engineer.call('changeItem', { id: item, body: { aim: 'removes_cause' } });
  const move = { dueOn: day(server, 20), reason: { en: 'The vendor delivers later.' } };
  await engineer.call('moveItem', { id: item, body: move });
  await engineer.call('settleItem', { id: item, body: { state: 'done' } });
  await engineer.call('noteEffectiveness', { id: item, body: { text: 'No repeat in thirty days.' } });

  expect((await engineer.call('listItems')).items.map((one: Json) => one.id)).toContain(item);
  await byHand(server, team);

  const { meetings } = await manager.call('listMeetings');
  const meeting = meetings.find((one: Json) => one.report === id);
  const attended = [people.manager.id, people.engineer.id];
  const planned = { lead: people.manager.id, plannedFor: server.clock.now.toISOString(), invited: attended };
  await manager.call('planMeeting', { id: meeting.id, body: planned });
  server.clock.forward(60);
  const outcomes = Object.fromEntries(reportSections.map((section) => [section, 'agreed']));
  const heldAt = server.clock.now.toISOString();
  await manager.call('recordMeeting', { id: meeting.id, body: { heldAt, attended, outcomes } });
  expect((await manager.call('readMeeting', { id: meeting.id })).meeting).toMatchObject({ heldAt });
  expect((await manager.call('closeProblem', { id: problem, body: {} })).problem.closedAt).toBe(heldAt);
  return new Set([csup, sre, engineer, manager, second, security].flatMap(({ called }) => [...called]));
}

/** Three small incidents of a category in a month propose a problem, which somebody opens. */
async function byHand(server: TestServer, team: ReportTeam): Promise<void> {
  const small: string[] = [];
  for (let at = 0; at < 3; at += 1) small.push(await resolvedByApi(server, team, 'P3'));
  const { proposals } = await team.engineer.call('listProposals');
  const proposal = proposals.find((each: { incidents: string[] }) =>
    small.every((id) => each.incidents.includes(id)),
  );
  expect(proposal).toBeDefined();
  const { incidents } = proposal;
  const { problem } = await team.engineer.call('openProblem', { body: { incidents, title: 'Look-ups' } });
  expect(problem.incidents).toEqual(expect.arrayContaining(small));
}

/** Remarks, suppliers and links of a report. */
async function onReport(server: TestServer, { engineer, manager }: ReportTeam, id: string): Promise<void> {
  const remark = await manager.call('addReportComment', { id, body: { section: 'why', text: 'Why twice?' } });
  const after = await engineer.call('settleReportComment', { id: remark.id });
  expect(after.report.comments).toMatchObject([
    { text: 'Why twice?', settledAt: server.clock.now.toISOString() },
  ]);
  const requestedAt = server.clock.now.toISOString();
  const wanted = { supplier: 'Transit Ltd', requestedAt };
  const analysis = await engineer.call('addSupplierAnalysis', { id, body: wanted });
  const received = { ...wanted, receivedAt: requestedAt, isNothingOutstanding: true };
  await engineer.call('changeSupplierAnalysis', { id: analysis.id, body: received });
  const expiresAt = new Date(server.clock.now.getTime() + 86_400_000).toISOString();
  const link = await manager.call('shareReport', { id, body: { expiresAt } });
  expect(link.token).not.toBeNull();
  await manager.call('revokeReportLink', { id: link.id });
}

/** A restricted P0 whose report is not released: security proposes, nobody outside its readers sees any of it. */
async function notReleased(server: TestServer, { security, csup }: ReportTeam): Promise<void> {
  const { categories } = await security.call('listCategories');
  const { slug } = categories.find(({ isRestricted }: Json) => isRestricted);
  const body = { category: slug, phase: 'investigating', texts };
  const { id } = (await security.call('openIncident', { body })).incident;
  const trusted = apiOf(server, await server.token(['sre', 'security']));
  await trusted.call('classifyIncident', { id, body: { priority: 'P0', reason: 'A key is known.' } });
  const proposed = { reason: 'It would tell how.', reviewOn: day(server, 30) };
  await security.call('proposeNotReleased', { id, body: proposed });
  expect((await csup.send('GET', `/reports/${id}`)).status).toBe(404);
  expect(JSON.stringify(await csup.call('listReports'))).not.toContain(id);
}
