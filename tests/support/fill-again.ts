import { readFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import type { Bench } from './engines.ts';

/** Runs what a migration does with rows once more, after `first`: its last statement, as upgraded databases met it. */
export async function fillAgain({ store, url }: Bench, migration: string, ...first: string[]): Promise<void> {
  const text = readFileSync(`db/migrations/${store.engine}/${migration}.sql`, 'utf8');
  const statements = [...first, text.split('--> statement-breakpoint').at(-1) ?? ''];
  if (store.engine === 'sqlite') {
    const connection = new Sqlite(url.slice('file:'.length));
    for (const sql of statements) connection.exec(sql);
    connection.close();
    return;
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const sql of statements) await client.query(sql);
  await client.end();
}
