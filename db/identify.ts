import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import type { Identity } from './check-file.ts';
import { RefusedDatabase } from './store.ts';

/**
 * Whose database stands at `url`, asked before anything is written to it: null when there is none or nothing in it. Throws a
 * `RefusedDatabase` for a file that is damaged, not ours or not to be written to, and whatever keeps a database from answering.
 */
export async function identify(url: string): Promise<Identity | null> {
  if (!url.startsWith('file:')) return (await import('./identify.postgres.ts')).identifyServer(url);
  const file = url.slice('file:'.length);
  const { isMissingOrEmpty } = await import('./sqlite-file.ts');
  if (isMissingOrEmpty(file)) return null;
  refuseReadOnly(file);
  return (await import('./examine-file.ts')).refuseDamaged(file);
}

/** SQLite needs both: the file, and its folder for the log of writes beside it. It would only say "unable to open database file". */
function refuseReadOnly(file: string): void {
  for (const path of [file, dirname(file)]) {
    try {
      accessSync(path, constants.W_OK);
    } catch {
      throw new RefusedDatabase(
        'read_only',
        `${path} cannot be written to. Make it writable for the user of this process; it is taken up without a restart.`,
      );
    }
  }
}
