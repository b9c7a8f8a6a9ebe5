import type { Identity } from './check-file.ts';

/**
 * Whose database stands at `url`, asked before anything is written to it: null when there is none or nothing in it. Throws a
 * `RefusedDatabase` for a file that is damaged or not ours, and whatever keeps a database from answering.
 */
export async function identify(url: string): Promise<Identity | null> {
  if (!url.startsWith('file:')) return (await import('./identify.postgres.ts')).identifyServer(url);
  const file = url.slice('file:'.length);
  const { isMissingOrEmpty } = await import('./sqlite-file.ts');
  if (isMissingOrEmpty(file)) return null;
  return (await import('./examine-file.ts')).refuseDamaged(file);
}
