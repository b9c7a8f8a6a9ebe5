import { resolve } from 'node:path';

/** Brings the database at `url` to the newest schema: under a lock, forward only, after a backup copy of a SQLite file. */
export async function migrate(url: string, root: string): Promise<void> {
  if (url.startsWith('file:')) {
    const { migrateFile } = await import('./migrate.sqlite.ts');
    await migrateFile(url.slice('file:'.length), resolve(root, 'db/migrations/sqlite'));
  } else {
    const { migrateServer } = await import('./migrate.postgres.ts');
    await migrateServer(url, resolve(root, 'db/migrations/postgres'));
  }
}
