import { readFileSync } from 'node:fs';
import type { TestServer } from './server.ts';

/** What runs beside every page: jobs, their work, and the head of the audit that is kept after a write. No page deletes. */
const beside = /"(jobs|outbox)"|^delete |"settings"\."key" = |"html_version" </;

/** Whether a statement is asked for a page, and not by what runs by the clock beside it. */
export const isOfPage = (sql: string): boolean => !beside.test(sql);

/** Queries of `work`, those of the jobs left out; no page deletes. */
export async function queriesOf(server: TestServer, work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const stop = server.app.store.onQuery((sql) => {
    if (isOfPage(sql)) count += 1;
  });
  await work();
  stop();
  return count;
}

/** Until the hot pages are warm again after a change: a second passes without a query. */
export async function quiet(server: TestServer): Promise<void> {
  const second = () => new Promise((done) => setTimeout(done, 1_000));
  while ((await queriesOf(server, second)) > 0);
}

/** What the pages cost as it is committed, of those whose address satisfies `isMeant`; the figures may only fall. */
export function committedCounts(isMeant: (path: string) => boolean): Record<string, number> {
  const all: Record<string, number> = JSON.parse(readFileSync('tests/http/query-counts.json', 'utf8'));
  return Object.fromEntries(Object.entries(all).filter(([path]) => isMeant(path)));
}

/** The desk's pages are counted with somebody signed in (desk-queries.test.ts). */
export const isOfDesk = (path: string): boolean => path.startsWith('/admin');
