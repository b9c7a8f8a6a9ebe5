/**
 * Databases as an earlier schema left them, filled with the demo's company and kept as SQL: what every later migration is
 * tried on. Named by the number of migrations that made their tables.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { migrateServer } from '../../db/migrate.postgres.ts';
import { migrateFile } from '../../db/migrate.sqlite.ts';

type Engine = 'sqlite' | 'postgres';

/** How many migrations the filled databases had seen that are kept, oldest first. */
export const filledSchemas: readonly number[] = readdirSync(import.meta.dirname)
  .flatMap((file) => /^(\d{4})\.sqlite\.sql\.br$/.exec(file)?.[1] ?? [])
  .map(Number)
  .sort((a, b) => a - b);

const fileOf = (engine: Engine, schema: number): string =>
  resolve(import.meta.dirname, `${String(schema).padStart(4, '0')}.${engine}.sql.br`);

/** Brings an empty database to that schema and fills it. */
export async function fill(url: string, schema: number): Promise<void> {
  const engine: Engine = url.startsWith('file:') ? 'sqlite' : 'postgres';
  const sql = brotliDecompressSync(readFileSync(fileOf(engine, schema))).toString();
  const folder = migrationsUpTo(engine, schema);
  try {
    if (engine === 'sqlite') {
      const file = url.slice('file:'.length);
      await migrateFile(file, folder);
      inFile(file, (connection) => connection.exec(sql));
    } else {
      await migrateServer(url, folder);
      await onServer(url, (client) => client.query(sql));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Keeps what is in a database of today's schema; how many bytes that takes. */
export async function keep(url: string): Promise<number> {
  const engine: Engine = url.startsWith('file:') ? 'sqlite' : 'postgres';
  const sql = engine === 'sqlite' ? rowsOfFile(url.slice('file:'.length)) : await rowsOfServer(url);
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN } = constants;
  const bytes = brotliCompressSync(sql, { params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24 } });
  writeFileSync(fileOf(engine, journalOf(engine).entries.length), bytes);
  return bytes.length;
}

interface Journal {
  entries: unknown[];
}

const shipped = (engine: Engine): string => resolve('db/migrations', engine);
const journalOf = (engine: Engine, folder = shipped(engine)): Journal =>
  JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8'));

/** A folder with the first migrations alone. */
function migrationsUpTo(engine: Engine, count: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'klartext-migrations-'));
  cpSync(shipped(engine), folder, { recursive: true });
  const journal = journalOf(engine);
  const first = { ...journal, entries: journal.entries.slice(0, count) };
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify(first));
  return folder;
}

const inserts = (table: string, columns: readonly string[], rows: readonly string[]): string =>
  [
    `delete from "${table}";`,
    ...rows.map((row) => `insert into "${table}" ("${columns.join('", "')}") values (${row});`),
  ].join('\n');

function inFile<T>(file: string, work: (connection: Sqlite.Database) => T): T {
  const connection = new Sqlite(file);
  try {
    // The tables stand in the order of their names.
    connection.pragma('foreign_keys = OFF');
    return work(connection);
  } finally {
    connection.close();
  }
}

const rowsOfFile = (file: string): string =>
  inFile(file, (connection) => {
    const named = connection.prepare(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' and name not like '\\_\\_%' escape '\\' order by name",
    );
    const tables = named.pluck().all().map(String);
    const parts = tables.map((table) => {
      const columns = connection
        .prepare('select name from pragma_table_info(?)')
        .pluck()
        .all(table)
        .map(String);
      const quoted = columns.map((column) => `quote("${column}")`).join(` || ', ' || `);
      const rows = connection.prepare(`select ${quoted} from "${table}" order by rowid`).pluck().all();
      return inserts(table, columns, rows.map(String));
    });
    return parts.join('\n');
  });

async function onServer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // The same, and times without the zone of the machine.
    await client.query("set session_replication_role = replica; set time zone 'UTC'");
    return await work(client);
  } finally {
    await client.end();
  }
}

const rowsOfServer = (url: string): Promise<string> =>
  onServer(url, async (client) => {
    const { rows: columns } = await client.query<{ table: string; names: string[] }>(
      `select table_name as table, array_agg(column_name::text order by ordinal_position) as names
        from information_schema.columns where table_schema = 'public' group by table_name order by table_name`,
    );
    const parts: string[] = [];
    for (const { table, names } of columns) {
      const quoted = names.map((name) => `quote_nullable("${name}"::text)`).join(', ');
      const { rows } = await client.query<{ row: string }>(
        `select concat_ws(', ', ${quoted}) as row from "${table}" order by ctid`,
      );
      parts.push(
        inserts(
          table,
          names,
          rows.map(({ row }) => row),
        ),
      );
    }
    return parts.join('\n');
  });
