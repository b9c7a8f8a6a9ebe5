/** What stands on the disk: whether it is a file of ours, and whether anything but SQLite changed it. */
import { closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { RefusedDatabase } from './store.ts';

/** "KLTX": tells our files from other SQLite files and from empty ones. */
export const applicationId = 0x4b4c5458;
const applicationIdOffset = 68;
const magic = 'SQLite format 3\0';

const foreign = (file: string): RefusedDatabase =>
  new RefusedDatabase('foreign', `${file} is not a Klartext database. Name another file in DATABASE_URL.`);

/** Opens the file for writing, or makes it with its folder; a file of somebody else is left as it is. */
export function openOurs(file: string, timeout: number): Sqlite.Database {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const isNew = isMissingOrEmpty(file);
  // SQLite gives its other files the mode that this one has when they are made.
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  const connection = new Sqlite(file, { timeout });
  try {
    // Before WAL: a crash in between must not leave a file that is not known as ours.
    if (isNew) connection.pragma(`application_id = ${applicationId}`);
    if (connection.pragma('application_id', { simple: true }) === applicationId) return connection;
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError) || error.code !== 'SQLITE_NOTADB') {
      connection.close();
      throw error;
    }
  }
  connection.close();
  throw foreign(file);
}

export const isMissingOrEmpty = (file: string): boolean =>
  (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0;

/** Throws when the file's first bytes are not those of a database of ours; reads nothing else. */
export function refuseForeignHeader(file: string): void {
  const header = Buffer.alloc(100);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  const isOurs =
    header.toString('latin1', 0, magic.length) === magic &&
    header.readUInt32BE(applicationIdOffset) === applicationId;
  if (!isOurs) throw foreign(file);
}

/** Which file it is, and in which state; null when there is none. Any write to it, also a checkpoint, changes it. */
export interface Print {
  file: string;
  state: string;
}
export function printOf(file: string): Print | null {
  const found = statSync(file, { throwIfNoEntry: false, bigint: true });
  if (!found) return null;
  return { file: `${found.dev}:${found.ino}`, state: `${found.size}:${found.mtimeNs}` };
}

/** Which files beside it hold what is not in it yet; who takes one away takes committed writes away. */
export const besides = (file: string): string =>
  ['-wal', '-shm'].map((ending) => printOf(file + ending)?.file ?? 'none').join(' ');
