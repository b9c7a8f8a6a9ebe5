import { and, desc, eq, gt } from 'drizzle-orm';
import type { StandInAct } from '../../../db/words.ts';
import { authorize } from '../access/authorize.ts';
import type { Context } from '../context.ts';
import { visibleIncidents } from '../visibility.ts';

export interface StandIn {
  id: string;
  incidentId: string;
  /** Null for the release of a restricted incident. */
  updateId: string | null;
  act: StandInAct;
  reason: string;
  /** What the incident is called inside. */
  title: string;
  by: string | null;
  at: Date;
}

/** A week, so that also the shift that was away reads it. */
const days = 7;
const limit = 100;

/** Who told customers something without the role CSUP in the last seven days, and why, newest first. One query. */
export async function listStandIns(context: Context): Promise<StandIn[]> {
  authorize(context, 'stand-ins.read');
  const { tables, read } = context.store;
  const { standIns, incidents, users } = tables;
  const since = new Date(context.now.getTime() - days * 86_400_000);
  return read
    .select({
      id: standIns.id,
      incidentId: standIns.incidentId,
      updateId: standIns.updateId,
      act: standIns.act,
      reason: standIns.reason,
      title: incidents.internalTitle,
      by: users.name,
      at: standIns.createdAt,
    })
    .from(standIns)
    .innerJoin(incidents, eq(standIns.incidentId, incidents.id))
    .leftJoin(users, eq(standIns.createdBy, users.id))
    .where(and(gt(standIns.createdAt, since), visibleIncidents(context)))
    .orderBy(desc(standIns.createdAt), desc(standIns.id))
    .limit(limit);
}
