/**
 * No statement that the application runs goes through all of a table that grows with the years: each finds its rows by an
 * index. Asked of both engines; the few scans that are left stand here with their reason. An "or" inside an "and" finds no
 * index, and the greatest of all rows is the first one in order.
 */
import Sqlite from 'better-sqlite3';
import pg from 'pg';
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
  // The automatic maintenances, asked for by the clock once a minute.
  incidents: 1,
  // Who told customers without the role, which waits for CSUP.
  stand_ins: 1,
  // The list of meetings, which sorts owed before held.
  postmortem_meetings: 1,
  // The newest version of each report, for their lists and feed.
  report_revisions: 2,
  // Which reports have commitments.
  remediation_items: 1,
};

/** The same on PostgreSQL, which with little stored begins the repeats with the problems, and the desk's list with its order. */
const leftOnPostgres: Record<string, number> = {
  incidents: 1,
  problems: 1,
  report_revisions: 1,
  remediation_items: 2,
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
  const [meeting] = await read.select().from(tables.postmortemMeetings).limit(1);
  const [update] = await read.select().from(tables.incidentUpdates).limit(1);
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
    const scanned = tables.filter((table) => growing.has(table) && !small.has(table));
    if (process.env.SHOW_SCANS && scanned.length > 0) process.stdout.write(`${scanned.join(' ')}: ${sql}\n`);
    return scanned;
  });
}

/** Keeps PostgreSQL from noticing in the middle how little is stored, after which every plan costs the same. */
async function forgetSizes(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query("select tablename from pg_tables where schemaname = 'public'");
  for (const { tablename } of rows)
    await client.query(`alter table "${tablename}" set (autovacuum_enabled = off)`);
  await client.end();
}

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Cond'?: string;
  'Recheck Cond'?: string;
  Plans?: Node[];
}

/**
 * Tables that a statement scans on PostgreSQL where an index could find its rows: it is asked to avoid every scan, and to
 * join row by row, because with little stored it would rather scan than look up. Walking all of an index is a scan too.
 */
async function scansOfPostgres(url: string, statements: readonly Asked[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const avoided = ['seqscan', 'hashjoin', 'mergejoin', 'material', 'memoize'];
  for (const what of avoided) await client.query(`set enable_${what} = off`);
  const found: string[] = [];
  for (const { sql, params } of statements) {
    if (!/^(select|with|update|delete|insert)/i.test(sql)) continue;
    const { rows } = await client.query(`explain (format json) ${sql}`, params);
    const plan: Node = rows[0]['QUERY PLAN'][0].Plan;
    const scanned = scansIn(plan, false);
    if (process.env.SHOW_SCANS && scanned.some((table) => !small.has(table)))
      process.stdout.write(`${scanned.filter((table) => !small.has(table)).join(' ')}: ${sql}\n`);
    found.push(...scanned);
  }
  await client.end();
  return found.filter((table) => !small.has(table));
}

/** `endsEarly`: below a limit, in the order asked for, so that it ends after a page. */
function scansIn(node: Node, endsEarly: boolean): string[] {
  const type = node['Node Type'];
  const isWalk = /^(Seq Scan|Index Scan|Index Only Scan)$/.test(type) && !node['Index Cond'];
  const table = isWalk && !endsEarly ? [node['Relation Name'] ?? ''] : [];
  const early = type === 'Limit' || (endsEarly && !/^Sort|Aggregate|Unique/.test(type));
  return [...table, ...(node.Plans ?? []).flatMap((below) => scansIn(below, early))];
}

const countOf = (tables: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const table of tables) counts[table] = (counts[table] ?? 0) + 1;
  return counts;
};

const tooMany = (tables: readonly string[], allowed: Record<string, number>) =>
  Object.entries(countOf(tables)).filter(([table, count]) => count > (allowed[table] ?? 0));

describe('on sqlite', () => {
  let server: TestServer;
  afterAll(() => server?.stop());
  test('the log of an incident scans the audit: no statement more scans a table that grows', async () => {
    server = await startTestServer();
    const statements = await everyStatement(server);
    expect(statements.length).toBeGreaterThan(200);
    const file = server.app.config.databaseUrl.replace('file:', '');
    expect(tooMany(scansOfSqlite(file, statements), left)).toEqual([]);
  }, 300_000);
});

describe.skipIf(!process.env.TEST_POSTGRES_URL)('on postgres', () => {
  let server: TestServer;
  afterAll(() => server?.stop());
  test('the log of an incident scans the audit: an index can serve every statement more', async () => {
    server = await startTestServer({ postgres: process.env.TEST_POSTGRES_URL ?? '' });
    await forgetSizes(server.app.config.databaseUrl);
    const statements = await everyStatement(server);
    expect(statements.length).toBeGreaterThan(200);
    expect(tooMany(await scansOfPostgres(server.app.config.databaseUrl, statements), leftOnPostgres)).toEqual(
      [],
    );
  }, 300_000);
});
