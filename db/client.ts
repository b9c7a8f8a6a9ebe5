import type { Store } from './store.ts';

/** Opens `file:…` or `postgres://…` (DATABASE_URL), and loads only that engine. Does not migrate. */
export async function openStore(url: string): Promise<Store> {
  if (url.startsWith('file:')) return (await import('./sqlite.ts')).openSqlite(url.slice('file:'.length));
  return (await import('./postgres.ts')).openPostgres(url);
}
