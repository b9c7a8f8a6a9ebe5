import { and, desc, eq, gt } from 'drizzle-orm';
import { inEachLanguage } from '../../../../db/localised.ts';
import type { Language, StandInAct } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { leftOut } from '../../core/left-out.ts';
import { visibleIncidents } from '../../core/visibility.ts';
import { readTitled, type Titled } from './read-titles.ts';
import { titlesOf } from './timeline.ts';

export interface StandIn {
  id: string;
  incidentId: string;
  /** Null for the release of a restricted incident. */
  updateId: string | null;
  act: StandInAct;
  reason: string;
  /** Of the incident, as it was last told; what it is called inside where nothing is. */
  titles: Partial<Record<Language, string>>;
  by: string | null;
  at: Date;
}

/** A week, so that also the shift that was away reads it. */
const days = 7;
const limit = 100;

/**
 * Who told customers something without the role CSUP in the last seven days, and why, newest first, and how many more did
 * . A fixed number of queries, one more when there are too many. Nobody ticks them off: the audit keeps them.
 */
export async function listStandIns(context: Context): Promise<{ standIns: StandIn[]; more: number }> {
  const found = await findStandIns(context);
  return showStandIns(
    found,
    await readTitled(
      context.store,
      found.rows.map(({ incidentId }) => incidentId),
    ),
  );
}

/** The same without the titles of their incidents, which a page reads for several lists at once. One query, two when there are too many. */
export async function findStandIns(context: Context) {
  authorize(context, 'stand-ins.read');
  const { tables, read } = context.store;
  const { standIns, incidents, users } = tables;
  const since = new Date(context.now.getTime() - days * 86_400_000);
  const where = and(gt(standIns.createdAt, since), visibleIncidents(context));
  const rows = await read
    .select({
      id: standIns.id,
      incidentId: standIns.incidentId,
      updateId: standIns.updateId,
      act: standIns.act,
      reason: standIns.reason,
      internalTitle: incidents.internalTitle,
      by: users.name,
      at: standIns.createdAt,
    })
    .from(standIns)
    .innerJoin(incidents, eq(standIns.incidentId, incidents.id))
    .leftJoin(users, eq(standIns.createdBy, users.id))
    .where(where)
    .orderBy(desc(standIns.createdAt), desc(standIns.id))
    .limit(limit);
  const more = await leftOut(rows, limit, () =>
    read.$count(
      read
        .select({ id: standIns.id })
        .from(standIns)
        .innerJoin(incidents, eq(standIns.incidentId, incidents.id))
        .where(where)
        .as('told'),
    ),
  );
  return { rows, more };
}

/** What was found, with the titles. Pure. */
export function showStandIns(
  { rows, more }: Awaited<ReturnType<typeof findStandIns>>,
  titled: Titled,
): { standIns: StandIn[]; more: number } {
  const shown = rows.map(({ internalTitle, ...row }) => {
    const updates = titled.get(row.incidentId) ?? [];
    return {
      ...row,
      titles: updates.length > 0 ? titlesOf(updates) : inEachLanguage(() => internalTitle),
    };
  });
  return { standIns: shown, more };
}
