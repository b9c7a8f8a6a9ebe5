import { type Column, type SQL, sql } from 'drizzle-orm';
import type { Store } from './store.ts';

/**
 * Some parts of JSON kept as text, read without fetching all of it: at 500 reports a tenth of the time. The answer is a
 * JSON array as text, in the order of `paths` ("texts.summary"); what is not there is null. Names are ours, never typed.
 */
export function jsonParts(engine: Store['engine'], column: Column, paths: readonly string[]): SQL<string> {
  if (engine === 'sqlite') {
    const parts = paths.map((path) => sql`${`$.${path}`}`);
    const extracted = sql`json_extract(${column}, ${sql.join(parts, sql`, `)})`;
    // Of a single path it gives the bare value, not an array of one.
    return paths.length > 1 ? sql<string>`${extracted}` : sql<string>`json_array(${extracted})`;
  }
  const parts = paths.map((path) => sql`part.whole #> ${`{${path.replaceAll('.', ',')}}`}::text[]`);
  return sql<string>`(select jsonb_build_array(${sql.join(parts, sql`, `)})::text from (select ${column}::jsonb as whole offset 0) part)`;
}
