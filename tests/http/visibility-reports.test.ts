/** What the team writes about a report moves no public byte until it is published, and then exactly that appears. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoBegin, loadDemo } from '../../db/demo.ts';
import type { Role } from '../../db/words.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { shareReport } from '../../src/domain/reports/links.ts';
import { changeProblem } from '../../src/domain/reports/problems/change-problem.ts';
import { addItem } from '../../src/domain/reports/remediation/add-item.ts';
import { moveItem } from '../../src/domain/reports/remediation/move-item.ts';
import { settleItem } from '../../src/domain/reports/remediation/settle-item.ts';
import { addComment } from '../../src/domain/reports/reviews/comments.ts';
import { publishReport } from '../../src/domain/reports/reviews/publish-report.ts';
import { reviewReport } from '../../src/domain/reports/reviews/review-report.ts';
import { submitReport } from '../../src/domain/reports/reviews/submit-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { addSupplierAnalysis } from '../../src/domain/reports/suppliers.ts';
import { feedFormats } from '../../src/feed-formats.ts';
import { publicPaths } from '../../src/paths.ts';
import { look } from '../support/crawl.ts';
import { spoken } from '../support/in-words.ts';
import { actingAs } from '../support/inside.ts';
import { submitted } from '../support/reports.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { night } from '../support/world.ts';

let server: TestServer;
let people: Record<'engineer' | 'manager' | 'csup', () => Context>;
const known = { published: '', owed: '', slug: '', incident: '', owedIncident: '', problem: '' };

beforeAll(async () => {
  server = await startTestServer({ now: demoBegin(night) });
  const { store, safeHtml } = server.app;
  await loadDemo({ store, renderTexts: safeHtml.render, now: night }, process.cwd());
  server.clock.now = night;
  const contextOf = async (role: Role): Promise<() => Context> => {
    const person = await server.addPerson(role);
    return () => actingAs(server, person);
  };
  people = {
    engineer: await contextOf('engineer'),
    manager: await contextOf('manager'),
    csup: await contextOf('csup'),
  };
  const { reports, problemIncidents } = store.tables;
  const rows = await store.read.select().from(reports);
  const published = rows.find(({ state }) => state === 'published');
  const owed = rows.find(({ state }) => state === 'owed');
  Object.assign(known, { published: published?.id, slug: published?.slug, incident: published?.incidentId });
  Object.assign(known, { owed: owed?.id, owedIncident: owed?.incidentId });
  const [link] = await store.read
    .select()
    .from(problemIncidents)
    .where(eq(problemIncidents.incidentId, known.incident));
  known.problem = link?.problemId ?? '';
}, 60_000);
afterAll(() => server?.stop());

async function publicBytes(): Promise<string[]> {
  await server.app.store.transaction(async ({ touch }) => touch('all'));
  const paths = spoken.flatMap((language) => [
    publicPaths.home(language),
    publicPaths.reports(language),
    publicPaths.report(language, '2026'),
    publicPaths.reportsOfPriority(language, 'P1'),
    publicPaths.reportsOfCategory(language, 'sign-in-accounts'),
    publicPaths.report(language, known.slug),
    publicPaths.reportVersion(language, known.slug, 1),
    publicPaths.reportVersion(language, known.slug, 3),
    publicPaths.incident(language, known.incident),
    publicPaths.incident(language, known.owedIncident),
    ...feedFormats.map((format) => publicPaths.reportFeed(language, format)),
  ]);
  const api = [known.published, known.owed].map((id) => `/api/v1/reports/${id}`);
  const seen = await look(server, [...paths, ...api, '/api/v1/reports', '/api/v1/incidents']);
  return seen.map(({ path, status, headers, body }) => `${path} ${status}\n${headers}\n\n${body}`);
}

async function changedBy(work: () => Promise<unknown>): Promise<string[]> {
  const before = await publicBytes();
  await work();
  const after = await publicBytes();
  return after.filter((answer, at) => answer !== before[at]).map((answer) => answer.split(' ')[0] ?? '');
}

const secret = 'Zinnober';
const { engineer, manager, csup } = {
  engineer: () => people.engineer(),
  manager: () => people.manager(),
  csup: () => people.csup(),
};

/** What happens on the way to the next version, in this order. */
const acts: [name: string, act: () => Promise<unknown>][] = [
  [
    'the text of the next version, and what is internal',
    () =>
      saveReport(engineer(), known.published, {
        title: { en: `New title ${secret}` },
        sections: { why: { en: { text: `Better said. ${secret}`, internal: `Between us: ${secret}` } } },
        entries: [{ at: night.toISOString(), text: { en: `Internal ${secret}` }, isPublic: false }],
        change: { en: 'The cause is said better.' },
      }),
  ],
  ['a remark', () => addComment(engineer(), known.published, { section: 'why', text: secret })],
  [
    'an analysis that a supplier owes',
    () =>
      addSupplierAnalysis(engineer(), known.published, {
        supplier: secret,
        requestedAt: night.toISOString(),
        documentUrl: `https://files.example.com/${secret}`,
        outstanding: secret,
      }),
  ],
  [
    'an internal action, moved and waived',
    async () => {
      const { id } = await addItem(engineer(), known.problem, {
        action: { en: secret },
        aim: 'removes_cause',
        owner: engineer().actor.userId,
        dueOn: '2026-12-01',
      });
      await moveItem(engineer(), id, { dueOn: '2026-12-09', reason: { en: secret } });
      await settleItem(engineer(), id, { state: 'waived', reason: secret });
    },
  ],
  [
    'another public action, until a version promises it',
    () =>
      addItem(engineer(), known.problem, {
        action: { en: secret },
        aim: 'removes_cause',
        owner: engineer().actor.userId,
        ownerFunction: { en: secret },
        dueOn: '2026-12-01',
        isPublic: true,
      }),
  ],
  ['what is known of the problem', () => changeProblem(engineer(), known.problem, { cause: secret })],
  ['the submission', () => submitReport(engineer(), known.published, { lintReason: 'It is a test.' })],
  [
    'changes that management asks for',
    async () => {
      const digest = await submitted(manager(), known.published);
      const ticks = { content: { comment: secret } };
      const decision = 'request_changes';
      await reviewReport(manager(), known.published, { digest, ticks, decision, comment: secret });
      await submitReport(engineer(), known.published, { lintReason: 'It is a test.' });
    },
  ],
  [
    'the approval',
    async () => {
      const digest = await submitted(manager(), known.published);
      const ticks = { content: {}, commitments: {}, presentation: {} };
      await reviewReport(manager(), known.published, { digest, ticks, decision: 'approve' });
    },
  ],
  [
    'the report that is owed, written',
    () =>
      saveReport(engineer(), known.owed, {
        title: { en: secret },
        sections: { why: { en: { text: secret } } },
      }),
  ],
  [
    'a link for customers',
    () => shareReport(csup(), known.published, { expiresAt: '2026-12-20T00:00:00.000Z', note: secret }),
  ],
];

test('R-080, R-083, R-085: what is written on the way shows nowhere outside; the publication shows what was approved, everywhere at once, and nothing of what is internal', async () => {
  for (const [name, act] of acts) expect([name, await changedBy(act)]).toEqual([name, []]);
  const changed = await changedBy(async () =>
    publishReport(csup(), known.published, {
      digest: await submitted(csup(), known.published),
      impact: 'keep',
    }),
  );
  expect(changed).toEqual(
    expect.arrayContaining([
      `/reports/${known.slug}`,
      `/de/reports/${known.slug}`,
      `/reports/${known.slug}/v3`,
      '/reports',
      '/reports/feed.rss',
      `/api/v1/reports/${known.published}`,
    ]),
  );
  const bytes = (await publicBytes()).join('\n');
  expect(bytes).toContain(`New title ${secret}`);
  expect(bytes).toContain(`Better said. ${secret}`);
  for (const inside of [`Between us: ${secret}`, `Internal ${secret}`, `files.example.com`])
    expect(bytes).not.toContain(inside);
}, 120_000);
