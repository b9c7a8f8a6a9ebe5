/** The demo's own database file: the only one that is ever thrown away, so it carries a mark. */
import { closeSync, existsSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { openStore } from './client.ts';

/** "DEMO", in SQLite's `user_version`. */
const mark = 0x44454d4f;
const markOffset = 60;
const onePage = 4_096;

/** Makes an empty demo database in `folder`, in place of the one that was there; returns its file. */
export async function newDemoFile(folder: string): Promise<string> {
  const file = join(folder, 'demo.db');
  if (existsSync(file)) {
    refuseOther(file);
    refuseInUse(file);
  }
  for (const ending of ['', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
  await (await openStore(`file:${file}`)).close();
  const connection = new Sqlite(file);
  connection.pragma(`user_version = ${mark}`);
  connection.pragma('wal_checkpoint(TRUNCATE)');
  connection.close();
  return file;
}

/** Reads the mark from the file's header without opening it, so that somebody else's file is not touched at all. */
function refuseOther(file: string): void {
  const { size } = statSync(file);
  // Tables need pages of their own: a single page holds nothing, as after a start that was ended at once.
  if (size <= onePage) return;
  const header = Buffer.alloc(100);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, header, 0, header.length, 0);
  closeSync(descriptor);
  if (header.readUInt32BE(markOffset) !== mark) {
    throw new Error(`${file} is not a demo database, so it stays as it is. Move it away, or set DATA_DIR.`);
  }
}

/** Leaving WAL needs the file alone, so a running demo shows. */
function refuseInUse(file: string): void {
  const connection = new Sqlite(file, { timeout: 0 });
  try {
    connection.pragma('journal_mode = DELETE');
  } catch {
    throw new Error(`A demo is running on ${file} already. End it first, or set another DATA_DIR.`);
  } finally {
    connection.close();
  }
}
