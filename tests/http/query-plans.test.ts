/** No statement that the application runs goes through all of a table that grows with the years: each finds its rows by an index. */
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import { addressesOf, apiAddresses, builtRoutes, look } from '../support/crawl.ts';
import { hiddenActs, hiddenWorld } from '../support/hidden-acts.ts';
import { publishedByApi, reportTeam } from '../support/report-calls.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

/** What the organisation decides on, and grows with it, not with the years. */
const small = new Set(
  [
    'settings counters users sessions api_tokens one_time_links groups categories category_groups category_readers',
    'components update_templates update_template_versions phrases drafts jobs roster_shifts',
  ].flatMap((names) => names.split(' ')),
);

/** How many statements still go through all of a table, to be mended; they may only become fewer. */
const left: Record<string, number> = {
  incidents: 8,
  reports: 4,
  problems: 2,
  postmortem_meetings: 2,
  hand_overs: 2,
  report_revisions: 2,
  remediation_items: 2,
  stand_ins: 1,
  incident_updates: 1,
  promises: 1,
  joint_decisions: 1,
};

interface Asked {
  sql: string;
  params: unknown[];
}

/** Runs every act and every page, and returns each different statement with the parameters it came with first. */
async function everyStatement(server: TestServer): Promise<Asked[]> {
  const asked = new Map<string, unknown[]>();
  server.app.store.onQuery((sql, params) => {
    if (!asked.has(sql)) asked.set(sql, params);
  });
  const { slug, incident, report, problem } = await publishedByApi(server, await reportTeam(server));
  const world = await hiddenWorld(server);
  world.ids['public report'] = report;
  for (const { run } of hiddenActs) await run(world);
  const { tables, read } = server.app.store;
  const [meeting] = await read.select().from(tables.postmortemMeetings);
  const [update] = await read.select().from(tables.incidentUpdates);
  const [category] = await read.select().from(tables.categories);
  const ids = [
    incident,
    world.incident,
    world.maintenance,
    report,
    problem,
    meeting?.id,
    update?.id,
    category?.id,
  ];
  const known = ids.flatMap((id) => id ?? []);
  const values: Record<string, readonly string[]> = {
    lang: ['', 'de'],
    slug: ['dns', slug],
    month: ['2026-11'],
    page: ['', '2'],
    priority: ['p1'],
    format: ['rss'],
    version: ['v1'],
    scope: ['base'],
    occasion: ['identified'],
  };
  const routes = (await builtRoutes()).filter((route) => !/token|sign-in|path/.test(route));
  const paths = routes.flatMap((route) => addressesOf(route, (name) => values[name] ?? known));
  const cookie = await server.cookie(world.people.a);
  const authorization = `Bearer ${await server.token(world.people.a)}`;
  await look(server, [...paths, '/admin/incidents?before=x', '/admin/audit?action=incident.opened'], {
    cookie,
  });
  await look(
    server,
    apiAddresses(known).map((path) => `/api/v1/${path}`),
    { authorization },
  );
  return [...asked].map(([sql, params]) => ({ sql, params }));
}

/** Tables that a statement scans, on SQLite. One that walks an index in the order asked for and ends after a page does not. */
function scansOfSqlite(file: string, statements: readonly Asked[]): string[] {
  const database = new Sqlite(file, { readonly: true });
  // Beside tables stand lists given as one parameter, and what a statement computes for itself.
  const growing = new Set(
    database.prepare("select name from sqlite_master where type = 'table'").pluck().all(),
  );
  return statements.flatMap(({ sql, params }) => {
    if (!/^(select|with|update|delete|insert)/i.test(sql)) return [];
    const plan = database.prepare(`explain query plan ${sql}`).all(...params) as { detail: string }[];
    const isSorted = plan.some(({ detail }) => /TEMP B-TREE FOR ORDER BY/.test(detail));
    if (/ limit /.test(sql) && !isSorted) return [];
    const tables = plan.flatMap(({ detail }) => /^SCAN (\w+)/.exec(detail)?.[1] ?? []);
    return tables.filter((table) => growing.has(table) && !small.has(table));
  });
}

describe('on sqlite', () => {
  let server: TestServer;
  afterAll(() => server?.stop());
  test('the log of an incident scans the audit: no statement more scans a table that grows', async () => {
    server = await startTestServer();
    const statements = await everyStatement(server);
    expect(statements.length).toBeGreaterThan(200);
    const file = server.app.config.databaseUrl.replace('file:', '');
    const counts: Record<string, number> = {};
    for (const table of scansOfSqlite(file, statements)) counts[table] = (counts[table] ?? 0) + 1;
    const more = Object.entries(counts).filter(([table, count]) => count > (left[table] ?? 0));
    expect(more).toEqual([]);
  }, 300_000);
});
