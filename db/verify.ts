import { existsSync } from 'node:fs';
import { checkFile } from './check-file.ts';

/** What is wrong with the file at `url`, in sentences; null for PostgreSQL, which looks after its own. */
export function verifyStorage(url: string): string[] | null {
  if (!url.startsWith('file:')) return null;
  const file = url.slice('file:'.length);
  if (!existsSync(file)) throw new Error(`There is no database at ${file}.`);
  const { damage, isForeign } = checkFile(file);
  return isForeign && damage.length === 0 ? [`${file} is not a Klartext database.`] : damage;
}
