import { type Column, type SQL, sql } from 'drizzle-orm';

/**
 * The values of a column in the rows that satisfy `where`, each once, beside a row of another table: for a few of each, where a
 * join would repeat that row and a second query would send its id back.
 */
export function gathered(column: Column, where: SQL | undefined): SQL<string[]> {
  const array = column.columnType.startsWith('Pg')
    ? sql`coalesce(json_agg(distinct ${column}), '[]')::text`
    : sql`json_group_array(distinct ${column})`;
  return sql`(select ${array} from ${column.table} where ${where})`.mapWith((text: string): string[] =>
    JSON.parse(text),
  );
}
