import { closeSync, openSync, renameSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import type Sqlite from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { refuseNewer } from './refuse-newer.ts';
import { openOurs } from './sqlite-file.ts';

const patienceMs = 10_000;

/** drizzle's own SQLite migrator takes no lock, cannot switch references off, and looks at nothing before it commits. */
export async function migrateFile(file: string, folder: string): Promise<void> {
  const known = readMigrationFiles({ migrationsFolder: folder });
  const connection = openOurs(file, 100);
  try {
    const applied = appliedCount(connection);
    refuseNewer(file, applied, known.length);
    if (applied === known.length) return;
    if (applied > 0) copyBefore(connection, file, applied);
    // Inside a transaction this pragma does nothing, and a table rebuild would cascade its deletes.
    connection.pragma('foreign_keys = OFF');
    await alone(connection, () => applyMissing(connection, file, known));
  } finally {
    connection.close();
  }
}

/** Waits for another start without holding up the event loop, which answers readers meanwhile. */
async function alone(connection: Sqlite.Database, work: () => void): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      connection.transaction(work).immediate();
      return;
    } catch (error) {
      const isBusy =
        error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
      if (!isBusy || performance.now() > deadline) throw error;
      await pause(50);
    }
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

function appliedCount(connection: Sqlite.Database): number {
  const table = connection
    .prepare("select name from sqlite_master where name = '__drizzle_migrations'")
    .get();
  if (!table) return 0;
  return Number(connection.prepare('select count(*) from __drizzle_migrations').pluck().get());
}
