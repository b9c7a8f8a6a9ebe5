import { newId } from '../../db/ids.ts';
import { inWords } from './in-words.ts';
import { plantIncidents } from './many-incidents.ts';
import { plantReports } from './many-reports.ts';
import { ask } from './postgres.ts';
import type { TestServer } from './server.ts';

/** How much of each. */
export interface Much {
  /** Incidents of five updates each, spread over 88 days. */
  incidents: number;
  /** Updates of one further incident. */
  updates: number;
  /** Problems an hour apart, every second one closed, with an action each. */
  problems: number;
  /** Published reports, over ten years. */
  reports: number;
  /** Entries of the audit, each one in 500 of them about the long incident. */
  audit: number;
}

/** Plants all of it; returns the incident with many updates and a problem. */
export async function plantMuch(server: TestServer, much: Much): Promise<{ long: string; problem: string }> {
  const { store } = server.app;
  const { now } = server.clock;
  const ids = await plantIncidents(store, { count: much.incidents, updates: 5, days: 88, now });
  const before = new Date(now.getTime() - 5 * 86_400_000);
  const [long = ''] = await plantIncidents(store, { count: 1, updates: much.updates, days: 1, now: before });
  const problem = await plantProblems(server, much.problems, ids);
  await plantReports(server, { count: much.reports, promises: 2 });
  await plantAudit(server, much.audit, long);
  if (store.engine === 'postgres') await ask(server.app.config.databaseUrl, 'analyze');
  return { long, problem };
}

/** A day later, as full as each of the days before; what is rendered after a change was rendered before the clock moved. */
export async function nextDay({ app, clock }: TestServer, much: Much): Promise<void> {
  const now = new Date(clock.now.getTime() + 24 * 3_600_000);
  await plantIncidents(app.store, { count: Math.floor(much.incidents / 88), updates: 5, days: 1, now });
  await new Promise((done) => setTimeout(done, 2_000));
  clock.forward(24 * 60);
}

async function plantProblems(server: TestServer, count: number, incidents: string[]): Promise<string> {
  const { clock } = server;
  const { store } = server.app;
  const { tables } = store;
  const categories = await store.read.select().from(tables.categories);
  const made = Array.from({ length: count }, (_, n) => {
    const openedAt = new Date(clock.now.getTime() - (n + 1) * 3_600_000);
    const problem = {
      id: newId(),
      title: `Problem ${n}`,
      categoryId: categories[n % categories.length]?.id ?? '',
      causeTag: `cause ${n % 50}`,
      cause: 'A full disk.',
      ticket: '',
      isRestricted: false,
      openedAt,
      closedAt: n % 2 ? clock.now : null,
      closedReason: '',
    };
    const item = {
      id: newId(),
      problemId: problem.id,
      action: inWords({ en: 'Watch the disk', de: 'Die Platte beobachten' }),
      aim: 'prevents_return' as const,
      ownerFunction: inWords({ en: '' }),
      firstDueOn: '2026-12-01',
      dueOn: '2026-12-24',
      state: n % 2 ? ('done' as const) : ('open' as const),
      settledAt: n % 2 ? clock.now : null,
      isPublic: false,
      waivedReason: '',
      effectiveness: '',
      position: 0,
      createdAt: openedAt,
    };
    const link = { problemId: problem.id, incidentId: incidents[n % incidents.length] ?? '' };
    return { problem, item, link };
  });
  await store.transaction(async ({ db }) => {
    for (let from = 0; from < count; from += 100) {
      const some = made.slice(from, from + 100);
      await db.insert(tables.problems).values(some.map(({ problem }) => problem));
      await db.insert(tables.remediationItems).values(some.map(({ item }) => item));
      await db.insert(tables.problemIncidents).values(some.map(({ link }) => link));
    }
  });
  return made[0]?.problem.id ?? '';
}

/** Entries without a chain, before all that the product wrote itself: nobody verifies them here. */
async function plantAudit(server: TestServer, count: number, incident: string): Promise<void> {
  const { store } = server.app;
  const { auditEntries } = store.tables;
  await store.transaction(async ({ db }) => {
    for (let from = 0; from < count; from += 500) {
      const rows = Array.from({ length: Math.min(500, count - from) }, (_, at) => ({
        sequence: -1 - from - at,
        at: server.clock.now,
        actorKind: 'system' as const,
        action: at % 2 ? 'incident.classified' : 'user.changed',
        subjectType: at % 2 ? 'incident' : 'user',
        subjectId: at % 1_000 === 1 ? incident : newId(),
        change: '{"after":{"priority":"P3"}}',
        previousHash: '',
        hash: '',
      }));
      await db.insert(auditEntries).values(rows);
    }
  });
}
