import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { leftOut } from '../core/left-out.ts';
import { visibleIncidents } from '../core/visibility.ts';
import { componentsSince } from './statement.ts';
import { type FoundIncident, newestStart, teamColumns } from './team-incident.ts';

/** Which incidents stand in a list, which of them first, and how many it names. */
export interface IncidentList {
  where: SQL | undefined;
  first: readonly SQL[];
  limit: number;
}

/** What stands in a list, without its updates, and how many more there are. */
export interface FoundList {
  rows: FoundIncident[];
  more: number;
}

/**
 * Several lists of incidents that the actor may see at once, each in its order and until its end; null asks for none. One query,
 * one more for each list that is too long.
 */
export async function findLists<Name extends string>(
  context: Context,
  lists: Record<Name, IncidentList | null>,
): Promise<Record<Name, FoundList>> {
  const { read, tables } = context.store;
  const names = Object.keys(lists) as Name[];
  const asked = names.flatMap((name) => (lists[name] ? [{ name, ...lists[name] }] : []));
  const listed = await readListed(context, asked);
  const found = new Map<string, FoundList>();
  for (const { name, where, limit } of asked) {
    const rows = listed.filter(({ list }) => list === name);
    const count = () => read.$count(tables.incidents, and(where, visibleIncidents(context)));
    found.set(name, { rows, more: await leftOut(rows, limit, count) });
  }
  const foundIn = (name: Name) => [name, found.get(name) ?? { rows: [], more: 0 }];
  return Object.fromEntries(names.map(foundIn)) as Record<Name, FoundList>;
}

/** Each list gives its ids, with its name and the place of each in it; together they are read once. */
async function readListed(context: Context, lists: readonly (IncidentList & { name: string })[]) {
  if (lists.length === 0) return [];
  const { tables, read } = context.store;
  const { incidents, categories, users } = tables;
  const ids = lists.map(({ name, where, first, limit }) => {
    const order = sql.join([...first, ...newestStart(context)], sql`, `);
    const places = read
      .select({
        id: incidents.id,
        list: sql`${name}`.as('list'),
        place: sql`row_number() over (order by ${order})`.as('place'),
      })
      .from(incidents)
      .where(and(visibleIncidents(context), where))
      .orderBy(sql`place`)
      .limit(limit);
    return sql`select * from (${places}) as places`;
  });
  const since = componentsSince(context.store);
  return read
    .select({ ...teamColumns(context, since), list: sql<string>`listed.list` })
    .from(sql`(${sql.join(ids, sql` union all `)}) as listed`)
    .innerJoin(incidents, eq(incidents.id, sql`listed.id`))
    .innerJoin(categories, eq(incidents.categoryId, categories.id))
    .leftJoin(users, eq(incidents.nextActionOwnerId, users.id))
    .leftJoin(since, eq(since.categoryId, incidents.categoryId))
    .orderBy(sql`listed.place`);
}
