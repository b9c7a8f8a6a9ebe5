import { aliasedTable, and, desc, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import { oneOf } from '../../../../db/one-of.ts';
import type { Tables } from '../../../../db/schema.ts';
import type { Language } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { leftOut } from '../../core/left-out.ts';
import { type FoundPromise, findPromises } from '../promises/find-promises.ts';
import { readTitled, type Titled, titlesNow } from '../updates/read-titles.ts';

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
  const found = await findHandOvers(context, id);
  const promises = await findPromises(context, [arePromisesOf(context.store.tables, found)]);
  const titled = await readTitled(context.store, incidentsOfHandOvers(found, promises));
  return showHandOvers(context, { ...found, promises }, titled);
}

/** The same without the promises and the titles of their incidents, which a page reads for several lists at once. One query, two when there are too many. */
export async function findHandOvers(context: Context, id?: string) {
  authorize(context, 'roster.read');
  const { tables, read } = context.store;
  const { handOvers, users } = tables;
  const giver = aliasedTable(users, 'giver');
  const ownId = context.actor.userId ?? '';
  const where = and(
    or(eq(handOvers.fromId, ownId), eq(handOvers.toId, ownId)),
    id === undefined ? undefined : eq(handOvers.id, id),
  );
  const waits = and(eq(handOvers.toId, ownId), isNull(handOvers.acceptedAt));
  const rows = await read
    .select({ row: handOvers, fromName: giver.name, toName: users.name })
    .from(handOvers)
    .leftJoin(giver, eq(giver.id, handOvers.fromId))
    .leftJoin(users, eq(users.id, handOvers.toId))
    .where(where)
    .orderBy(sql`case when ${waits} then 0 else 1 end`, desc(handOvers.createdAt), desc(handOvers.id))
    .limit(longest);
  const more = await leftOut(rows, longest, () => read.$count(handOvers, where));
  return { rows, more };
}

type FoundHandOvers = Awaited<ReturnType<typeof findHandOvers>>;

/** The promises that were handed over. */
export const arePromisesOf = ({ promises }: Tables, found: FoundHandOvers): SQL =>
  oneOf(promises.id, [...handedOver(found)]);

const handedOver = ({ rows }: FoundHandOvers): Set<string> =>
  new Set(rows.flatMap(({ row }) => row.promiseIds));

/** Whose titles are shown; among `promises` may be others. */
export function incidentsOfHandOvers(found: FoundHandOvers, promises: readonly FoundPromise[]): string[] {
  const ids = handedOver(found);
  return promises.flatMap(({ promise }) => (ids.has(promise.id) ? promise.incidentId : []));
}

/** What was found, with the promises, the first due first, and the titles. Pure. */
export function showHandOvers(
  { actor, now }: Pick<Context, 'actor' | 'now'>,
  { rows, more, promises }: FoundHandOvers & { promises: readonly FoundPromise[] },
  titled: Titled,
): { handOvers: HandOver[]; more: number } {
  const ownId = actor.userId ?? '';
  const shown = rows.map(
    ({ row, fromName, toName }): HandOver => ({
      id: row.id,
      from: { id: row.fromId, name: fromName ?? '' },
      to: { id: row.toId, name: toName ?? '' },
      isMine: row.toId === ownId,
      note: row.note,
      createdAt: row.createdAt,
      acceptedAt: row.acceptedAt,
      promises: promises.flatMap(
        ({ promise: { id, incidentId, dueAt, answeredAt, withdrawnAt }, internalTitle }) =>
          row.promiseIds.includes(id)
            ? [
                {
                  id,
                  incidentId,
                  titles: titlesNow(titled, { id: incidentId, internalTitle }, now),
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
