/** What each page of the desk asks of the database, the session's own read included: a fixed number, which may only fall. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoBegin } from '../../db/demo.ts';
import { newId } from '../../db/ids.ts';
import { type Role, roles } from '../../db/words.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { addressesOf, builtRoutes } from '../support/crawl.ts';
import { addDeskStates, loadDemoDesk } from '../support/desk-states.ts';
import { actingAs, type Insider, insider } from '../support/inside.ts';
import { committedCounts, isOfDesk, queriesOf, quiet } from '../support/page-queries.ts';
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts';
import { afternoon, english } from '../support/world.ts';

let server: TestServer;
/** Has every role, so each page shows all of its parts. */
let everybody: Insider;

beforeAll(async () => {
  server = await startTestServer({ now: demoBegin(afternoon), isFresh: true });
  await loadDemoDesk(server);
  everybody = await insider(server, ...roles);
  const people = new Map<Role, TestPerson>();
  for (const role of roles) people.set(role, role === 'csup' ? everybody : await server.addPerson(role));
  await addDeskStates(server, (role) => people.get(role) ?? everybody);
  const { incidents, notices } = server.app.store.tables;
  // Somebody else's P1 waits for a second look, and its report for a title.
  const [mine] = await openedNow(1, 'Priority to validate');
  await classifyIncident(actingAs(server, people.get('sre') ?? everybody), mine ?? '', {
    priority: 'P1',
    reason: 'Most customers are affected.',
  });
  // A notice of each kind of version that one may name.
  const found = await server.app.store.read.select().from(incidents);
  await server.app.store.transaction(async ({ db }) => {
    for (const kind of ['started', 'review_waiting', 'meeting_due', 'report_published'] as const)
      await db.insert(notices).values({
        id: newId(),
        userId: everybody.id,
        kind,
        incidentId: found[0]?.id ?? '',
        reference: `${newId()} 1`,
        createdAt: afternoon,
      });
  });
  await quiet(server);
}, 120_000);
afterAll(() => server?.stop());

async function openedNow(count: number, title: string): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const asked = { category: 'dns', phase: 'investigating', texts: english(`${title} ${at}`) };
    const { id } = await openIncident(server.context(), asked);
    await postUpdate(server.context(), id, { phase: 'identified', texts: english(`${title} ${at}`) });
    ids.push(id);
  }
  return ids;
}

/** The ids that a route's `[id]` may stand for: all there are, so that the costliest page of each kind counts. */
async function idsOf(route: string): Promise<string[]> {
  const { read, tables } = server.app.store;
  const { categories, components, groups, incidents, incidentUpdates, problems } = tables;
  const { postmortemMeetings, reports, rosterShifts, users } = tables;
  const rooms = {
    '/admin/catalogue/categories': categories,
    '/admin/catalogue/components': components,
    '/admin/catalogue/groups': groups,
    '/admin/incidents': incidents,
    '/admin/meetings': postmortemMeetings,
    '/admin/problems': problems,
    '/admin/reports': reports,
    '/admin/roster/shifts': rosterShifts,
    '/admin/updates': incidentUpdates,
    '/admin/users': users,
  };
  const [, table] = Object.entries(rooms).find(([room]) => route.startsWith(`${room}/[id]`)) ?? [];
  if (!table) throw new Error(`Which ids does ${route} take? Add its table.`);
  return (await read.select({ id: table.id }).from(table)).map(({ id }) => id);
}

/** What else a page may be asked, as lines of their own. */
const questions: Record<string, () => Promise<string[]>> = {
  'compose?category': async () => {
    const { categories } = server.app.store.tables;
    return (await server.app.store.read.select().from(categories)).map(({ slug }) => slug);
  },
  'compose?incident': async () => {
    const { incidents } = server.app.store.tables;
    return (await server.app.store.read.select().from(incidents)).map(({ id }) => id);
  },
};

/** Every page, with the addresses that it has. */
async function pages(): Promise<[page: string, addresses: string[]][]> {
  const found: [string, string[]][] = [];
  for (const route of (await builtRoutes()).filter(isOfDesk).toSorted()) {
    const ids = route.includes('[id]') ? await idsOf(route) : [];
    const values: Record<string, readonly string[]> = {
      id: ids,
      scope: ['base', 'dns'],
      occasion: ['identified'],
      token: ['made-up'],
    };
    found.push([route, addressesOf(route, (name) => values[name] ?? [])]);
  }
  for (const [page, values] of Object.entries(questions))
    found.push([`/admin/${page}`, (await values()).map((value) => `/admin/${page}=${value}`)]);
  return found;
}

/** The highest number that an address of each page costs, and which pages none of them shows. */
async function counted(): Promise<{ counts: Record<string, number>; unseen: string[] }> {
  const headers = { cookie: everybody.cookie };
  const counts: Record<string, number> = {};
  const unseen: string[] = [];
  for (const [page, addresses] of await pages()) {
    const each: number[] = [];
    const statuses: number[] = [];
    for (const address of addresses)
      each.push(
        await queriesOf(server, async () => {
          const answer = await server.fetch(address, { headers });
          statuses.push(answer.status);
          await answer.text();
        }),
      );
    counts[page] = Math.max(...each);
    if (!statuses.includes(200)) unseen.push(page);
  }
  return { counts, unseen };
}

test('a page of the desk costs the number in query-counts.json, which may only fall, whatever is stored', async () => {
  const committed = committedCounts(isOfDesk);
  // What a page keeps for the next one is there before it counts.
  const { unseen } = await counted();
  // Composing needs to know of what, two say that nothing is there or allowed, and the set-up is over.
  expect(unseen).toEqual(['/admin/compose', '/admin/missing', '/admin/refused', '/admin/setup/[token]']);
  expect((await counted()).counts).toEqual(committed);
  await openedNow(12, 'One more');
  await quiet(server);
  expect((await counted()).counts).toEqual(committed);
}, 240_000);
