import { type Column, type Placeholder, type SQL, sql } from 'drizzle-orm';

/**
 * Whether a column holds one of `values`, as one parameter however many they are: a list of parameters ends at 32,766 on SQLite
 * and at 65,535 on PostgreSQL. An empty list holds nothing. What grows with the data is a join or a subquery all the same, so
 * that it is not fetched to be sent back. `inArray` is for subqueries and constants (`tests/rules/id-lists.test.ts`).
 */
export function oneOf(column: Column, values: readonly string[] | Placeholder): SQL {
  if (column.columnType.startsWith('Pg')) return sql`${column} = any(${sql.param(values)}::text[])`;
  return sql`${column} in (select value from json_each(${sql.param(values, asJson)}))`;
}

const asJson = { mapToDriverValue: (values: unknown) => JSON.stringify(values) };
