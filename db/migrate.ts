import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle as drizzleSqlite } from 'drizzle-orm/better-sqlite3';
import { migrate as migrateSqlite } from 'drizzle-orm/better-sqlite3/migrator';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

const migrationLock = 0x4b4c5459;

/** Brings the database at `url` to the newest schema: under a lock, forward only, after a backup copy of a SQLite file. */
export async function migrate(url: string, root: string): Promise<void> {
  if (url.startsWith('file:')) await migrateFile(url.slice('file:'.length), resolve(root, 'db/migrations/sqlite'));
  else await migrateServer(url, resolve(root, 'db/migrations/postgres'));
}

async function migrateFile(file: string, folder: string): Promise<void> {
  const connection = new Sqlite(file, { timeout: 10_000 });
  try {
    const applied = appliedCount(connection);
    const known = newestCount(folder);
    if (applied > known) throw new Error(`${file} was written by a newer Klartext. Start that version, or restore a backup.`);
    if (applied === known) return;
    if (applied > 0) {
      connection.pragma('wal_checkpoint(TRUNCATE)');
      if (existsSync(file)) copyFileSync(file, `${file}.before-migration-${applied}`);
    }
    // Inside a transaction this pragma does nothing, and a table rebuild would cascade its deletes.
    connection.pragma('foreign_keys = OFF');
    migrateSqlite(drizzleSqlite({ client: connection }), { migrationsFolder: folder });
    const broken = connection.pragma('foreign_key_check');
    if (Array.isArray(broken) && broken.length > 0) throw new Error(`Migration left ${broken.length} broken references in ${file}.`);
  } finally {
    connection.close();
  }
}

async function migrateServer(url: string, folder: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await migratePostgres(drizzlePostgres({ client }), { migrationsFolder: folder });
  } finally {
    await client.end();
  }
}

function appliedCount(connection: Sqlite.Database): number {
  const table = connection.prepare("select name from sqlite_master where name = '__drizzle_migrations'").get();
  if (!table) return 0;
  return Number(connection.prepare('select count(*) from __drizzle_migrations').pluck().get());
}

function newestCount(folder: string): number {
  const journal: { entries: unknown[] } = JSON.parse(readFileSync(resolve(folder, 'meta/_journal.json'), 'utf8'));
  return journal.entries.length;
}
