import { existsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';

/** What is wrong with the file at `url`, in sentences; null for PostgreSQL, which looks after its own. */
export function verifyStorage(url: string): string[] | null {
  if (!url.startsWith('file:')) return null;
  const file = url.slice('file:'.length);
  if (!existsSync(file)) throw new Error(`There is no database at ${file}.`);
  const connection = new Sqlite(file, { readonly: true, timeout: 5_000 });
  try {
    const pages = connection.prepare<[], string>('pragma integrity_check').pluck().all();
    const orphans = connection
      .prepare<[], { table: string; rowid: number; parent: string }>('pragma foreign_key_check')
      .all();
    return [
      ...pages.filter((line) => line !== 'ok'),
      ...orphans.map(
        ({ table, rowid, parent }) =>
          `Row ${rowid} of ${table} points to a row of ${parent} that does not exist.`,
      ),
    ];
  } catch (error) {
    if (error instanceof Sqlite.SqliteError) return [`${error.message} (${error.code}).`];
    throw error;
  } finally {
    connection.close();
  }
}
