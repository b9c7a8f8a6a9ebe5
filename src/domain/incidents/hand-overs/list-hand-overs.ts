import { and, asc, desc, eq, isNull, or, sql } from 'drizzle-orm';
import { oneOf } from '../../../../db/one-of.ts';
import type { Language } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { leftOut } from '../../core/left-out.ts';
import { visibleIncidents } from '../../core/visibility.ts';
import { readTeamIncidents } from '../team-incident.ts';

interface HandedPromise {
  id: string;
  incidentId: string;
  titles: Partial<Record<Language, string>>;
  dueAt: Date;
  /** Kept, or no longer owed. */
  isSettled: boolean;
}

export interface HandOver {
  id: string;
  from: { id: string; name: string };
  to: { id: string; name: string };
  /** It was offered to who reads this. */
  isMine: boolean;
  note: string;
  createdAt: Date;
  acceptedAt: Date | null;
  /** Those that the reader may see, the first due first. */
  promises: HandedPromise[];
}

const longest = 20;

/**
 * What the reader offered or was offered: what waits for the reader first, then the newest, and how many more there are; or
 * the one of this id. A promise of a restricted incident that the reader may not see is left out without a trace. A fixed
 * number of queries, one more when there are too many.
 */
export async function listHandOvers(
  context: Context,
  id?: string,
): Promise<{ handOvers: HandOver[]; more: number }> {
  authorize(context, 'roster.read');
  const { tables, read } = context.store;
  const { handOvers, users, promises, incidents } = tables;
  const ownId = context.actor.userId ?? '';
  const where = and(
    or(eq(handOvers.fromId, ownId), eq(handOvers.toId, ownId)),
    id === undefined ? undefined : eq(handOvers.id, id),
  );
  const waits = and(eq(handOvers.toId, ownId), isNull(handOvers.acceptedAt));
  const rows = await read
    .select()
    .from(handOvers)
    .where(where)
    .orderBy(sql`case when ${waits} then 0 else 1 end`, desc(handOvers.createdAt), desc(handOvers.id))
    .limit(longest);
  const more = await leftOut(rows, longest, () => read.$count(handOvers, where));
  const people = await read
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(oneOf(users.id, [...new Set(rows.flatMap(({ fromId, toId }) => [fromId, toId]))]));
  const ids = [...new Set(rows.flatMap(({ promiseIds }) => promiseIds))];
  const promiseRows = await read
    .select({ promise: promises })
    .from(promises)
    .innerJoin(incidents, eq(promises.incidentId, incidents.id))
    .where(and(oneOf(promises.id, ids), visibleIncidents(context)))
    .orderBy(asc(promises.dueAt), asc(promises.id));
  const incidentIds = [...new Set(promiseRows.map(({ promise }) => promise.incidentId))];
  const found = await readTeamIncidents(context, oneOf(incidents.id, incidentIds), incidentIds.length);
  const titles = new Map(found.map((incident) => [incident.id, incident.titles]));
  const nameOf = (id: string): string => people.find((person) => person.id === id)?.name ?? '';
  const shown = rows.map(
    (row): HandOver => ({
      id: row.id,
      from: { id: row.fromId, name: nameOf(row.fromId) },
      to: { id: row.toId, name: nameOf(row.toId) },
      isMine: row.toId === ownId,
      note: row.note,
      createdAt: row.createdAt,
      acceptedAt: row.acceptedAt,
      promises: promiseRows.flatMap(({ promise: { id, incidentId, dueAt, answeredAt, withdrawnAt } }) =>
        row.promiseIds.includes(id)
          ? [
              {
                id,
                incidentId,
                titles: titles.get(incidentId) ?? {},
                dueAt,
                isSettled: answeredAt !== null || withdrawnAt !== null,
              },
            ]
          : [],
      ),
    }),
  );
  return { handOvers: shown, more };
}
