/** No page of the desk and no answer of the API ends a list at its limit without a word; in both languages. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import { offerHandOver } from '../../src/domain/incidents/hand-overs/offer-hand-over.ts';
import { adminPaths } from '../../src/paths.ts';
import { apiOf } from '../support/api.ts';
import {
  copyIncidents,
  copyMeetings,
  copyReports,
  plantHandOvers,
  plantNotices,
} from '../support/beyond-limits.ts';
import { faultsOf } from '../support/html.ts';
import { actingAs, type Insider, insider, showTo } from '../support/inside.ts';
import { publishedOn } from '../support/reports-on-server.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let csup: Insider;
let manager: Insider;
let made: Awaited<ReturnType<typeof publishedOn>>;

beforeAll(async () => {
  server = await startTestServer();
  csup = await insider(server, 'csup', 'manager', 'engineer');
  const engineer = await insider(server, 'engineer', 'sre');
  manager = await insider(server, 'manager');
  made = await publishedOn(server, { csup, engineer, manager });
  const { store } = server.app;
  const { tables } = store;
  const now = server.clock.now;
  const minutesAgo = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
  await copyReports(store, 102, (at) => ({ publishedAt: minutesAgo(100 + at) }));
  await copyReports(store, 1_003, () => ({ state: 'owed', isRequired: true, publishedAt: null, dueAt: now }));
  await copyMeetings(store, 503, () => ({ heldAt: now, sharing: ['training'] }));
  const isUnknown = { priority: 'P3' as const, publishedAt: null, resolvedAt: null, openUntil: null };
  await copyIncidents(store, 203, () => ({ ...isUnknown, phase: null, internalTitle: 'Orders fail' }));
  await copyIncidents(store, 104, () => ({ validatedAt: null, validatedBy: null, priorityBy: null }));
  await plantNotices(store, 53, csup.id, now);
  await offerHandOver(actingAs(server, csup, -60), { toId: manager.id });
  await plantHandOvers(store, 22, { fromId: csup.id, toId: manager.id, after: minutesAgo(50) });
  await store.transaction(async ({ db }) => {
    await db.update(tables.incidentUpdates).set({ isFreeText: true });
    const [update] = await db.select().from(tables.incidentUpdates).limit(1);
    if (!update) throw new Error('Nothing to copy.');
    const free = Array.from({ length: 203 }, () => ({ ...update, id: newId(), number: null }));
    for (let from = 0; from < free.length; from += 50)
      await db.insert(tables.incidentUpdates).values(free.slice(from, from + 50));
    await db.insert(tables.standIns).values(
      Array.from({ length: 103 }, () => ({
        id: newId(),
        incidentId: made.incident,
        act: 'update' as const,
        reason: 'CSUP is at another incident.',
        createdAt: now,
      })),
    );
  });
}, 60_000);
afterAll(() => server?.stop());

const plain = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
/** Every "and 12 more" and its like on the page. */
const tails = (html: string, pattern: RegExp): string[] => plain(html).match(pattern) ?? [];
const inEnglish = /\band \d+ (more|older)\b|not the \d+ before|\d+ older ones are not|with the newest \d+/g;
const inGerman = /\bund (noch )?\d+( ältere)?\b|nicht die \d+ davor|\d+ ältere werden|mit den neuesten \d+/g;

test('beyond its limit each list of the desk says how many are left out, in both languages and valid HTML', async () => {
  const { store } = server.app;
  const paths = {
    desk: adminPaths.desk,
    meetings: adminPaths.meetings,
    reports: adminPaths.reports,
    problems: adminPaths.problems(),
    problem: adminPaths.problem(made.problem),
    roster: adminPaths.roster,
    freeText: adminPaths.freeText,
  };
  const shown = async (pattern: RegExp) => {
    const found: Record<string, string[]> = {};
    for (const [name, path] of Object.entries(paths)) {
      const { status, html } = await showTo(server, csup, path);
      expect([path, status, await faultsOf(html)]).toEqual([path, 200, []]);
      found[name] = tails(html, pattern);
    }
    return found;
  };
  expect(await shown(inEnglish)).toEqual({
    desk: [
      'and 97 more',
      'and 4 more',
      'and 3 more',
      expect.stringMatching(/^and \d\d older$/),
      'and 3 more',
    ],
    meetings: ['and 4 more'],
    reports: ['and 3 more', 'and 3 older'],
    problems: ['and 194 more', 'with the newest 100', 'not the 1212 before'],
    problem: ['1362 older ones are not'],
    roster: ['and 3 more'],
    freeText: ['and 5 more'],
  });
  await store.transaction(({ db, tables }) => db.update(tables.users).set({ language: 'de' }));
  expect(await shown(inGerman)).toEqual({
    desk: [
      'und noch 97',
      'und noch 4',
      'und noch 3',
      expect.stringMatching(/^und \d\d ältere$/),
      'und noch 3',
    ],
    meetings: ['und noch 4'],
    reports: ['und noch 3', 'und 3 ältere'],
    problems: ['und noch 194', 'mit den neuesten 100', 'nicht die 1212 davor'],
    problem: ['1362 ältere werden'],
    roster: ['und noch 3'],
    freeText: ['und noch 5'],
  });
});

test('beyond its limit each list of the API says how many are left out', async () => {
  const api = apiOf(server, await server.token(csup));
  const more: Record<string, unknown> = {};
  for (const id of [
    'readDue',
    'listMeetings',
    'listReports',
    'listProposals',
    'listNotices',
    'listHandOvers',
    'listFreeText',
    'listStandIns',
    'listNotPublic',
    'readDigest',
    'readOwed',
  ])
    more[id] = (await api.call(id)).more;
  expect(more).toEqual({
    readDue: 4,
    listMeetings: 4,
    listReports: { owed: 3, published: 3 },
    listProposals: 1_212,
    // What the jobs tell meanwhile counts too.
    listNotices: expect.any(Number),
    listHandOvers: 3,
    listFreeText: 5,
    listStandIns: 3,
    listNotPublic: 3,
    readDigest: 1_010,
    readOwed: 0,
  });
  expect(more.listNotices).toBeGreaterThan(2);
});
