import { and, asc, eq, or, type SQL } from 'drizzle-orm';
import type { Context } from '../../core/context.ts';
import { visibleIncidents } from '../../core/visibility.ts';

/**
 * The promises that one of `which` asks for, of incidents that the actor may see, the first due first: what several lists of a
 * page show is found at once, and each list knows its own again. One query.
 */
export function findPromises(context: Context, which: readonly [SQL | undefined, ...(SQL | undefined)[]]) {
  const { tables, read } = context.store;
  const { incidents, promises } = tables;
  return read
    .select({
      promise: promises,
      isRestricted: incidents.isRestricted,
      releasedAt: incidents.releasedAt,
      internalTitle: incidents.internalTitle,
    })
    .from(promises)
    .innerJoin(incidents, eq(promises.incidentId, incidents.id))
    .where(and(or(...which), visibleIncidents(context)))
    .orderBy(asc(promises.dueAt), asc(promises.id));
}

export type FoundPromise = Awaited<ReturnType<typeof findPromises>>[number];
