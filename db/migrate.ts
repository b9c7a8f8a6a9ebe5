import { closeSync, openSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { threadId } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

const migrationLock = 0x4b4c5459;

/** Brings the database at `url` to the newest schema: under a lock, forward only, after a backup copy of a SQLite file. */
export async function migrate(url: string, root: string): Promise<void> {
  if (url.startsWith('file:'))
    await migrateFile(url.slice('file:'.length), resolve(root, 'db/migrations/sqlite'));
  else await migrateServer(url, resolve(root, 'db/migrations/postgres'));
}

/** drizzle's own SQLite migrator takes no lock, cannot switch references off, and looks at nothing before it commits. */
async function migrateFile(file: string, folder: string): Promise<void> {
  const known = readMigrationFiles({ migrationsFolder: folder });
  const connection = new Sqlite(file, { timeout: 10_000 });
  try {
    const applied = appliedCount(connection);
    refuseNewer(file, applied, known.length);
    if (applied === known.length) return;
    if (applied > 0) copyBefore(connection, file, applied);
    // Inside a transaction this pragma does nothing, and a table rebuild would cascade its deletes.
    connection.pragma('foreign_keys = OFF');
    connection.transaction(() => applyMissing(connection, file, known)).immediate();
  } finally {
    connection.close();
  }
}

type Migration = ReturnType<typeof readMigrationFiles>[number];

/** Runs under the write lock, so that of two starts at once the second finds everything done. */
function applyMissing(connection: Sqlite.Database, file: string, known: readonly Migration[]): void {
  connection.exec(
    'create table if not exists __drizzle_migrations (id serial primary key, hash text not null, created_at numeric)',
  );
  const remember = connection.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)');
  for (const { sql, hash, folderMillis } of known.slice(appliedCount(connection))) {
    for (const statement of sql) connection.exec(statement);
    remember.run(hash, folderMillis);
  }
  const broken = connection.pragma('foreign_key_check');
  if (Array.isArray(broken) && broken.length > 0)
    throw new Error(`Migration left ${broken.length} broken references in ${file}.`);
}

/** A whole copy even while others read and write, for its owner alone. */
function copyBefore(connection: Sqlite.Database, file: string, applied: number): void {
  const copy = `${file}.before-migration-${applied}`;
  const unfinished = `${copy}.${process.pid}-${threadId}`;
  try {
    closeSync(openSync(unfinished, 'w', 0o600));
    connection.prepare('vacuum into ?').run(unfinished);
    // Another start may have migrated since; then its copy is the right one.
    if (appliedCount(connection) === applied) renameSync(unfinished, copy);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

async function migrateServer(url: string, folder: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    refuseNewer(
      'The database',
      await appliedOnServer(client),
      readMigrationFiles({ migrationsFolder: folder }).length,
    );
    await migratePostgres(drizzlePostgres({ client }), { migrationsFolder: folder });
  } finally {
    await client.end();
  }
}

function appliedCount(connection: Sqlite.Database): number {
  const table = connection
    .prepare("select name from sqlite_master where name = '__drizzle_migrations'")
    .get();
  if (!table) return 0;
  return Number(connection.prepare('select count(*) from __drizzle_migrations').pluck().get());
}

async function appliedOnServer(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ exists: boolean }>(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as exists",
  );
  if (!rows[0]?.exists) return 0;
  const { rows: counts } = await client.query<{ count: number }>(
    'select count(*)::int as count from drizzle.__drizzle_migrations',
  );
  return counts[0]?.count ?? 0;
}

function refuseNewer(what: string, applied: number, known: number): void {
  if (applied > known)
    throw new Error(`${what} was written by a newer Klartext. Start that version, or restore a backup.`);
}
