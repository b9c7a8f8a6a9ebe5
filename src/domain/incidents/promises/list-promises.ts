import { and, desc, eq } from 'drizzle-orm';
import type { PromiseAudience } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { visibleIncidents } from '../../core/visibility.ts';
import { lateBy, type PromiseState, promiseState } from './promise-state.ts';

export interface TeamPromise {
  id: string;
  incidentId: string;
  audience: PromiseAudience;
  /** The update that made it; null for one to management. */
  updateId: string | null;
  madeAt: Date;
  dueAt: Date;
  answeredAt: Date | null;
  withdrawnAt: Date | null;
  state: PromiseState;
  /** Milliseconds that it came, or stays, behind. */
  lateBy: number;
}

/** What was promised on one incident, to customers and to management, newest first; nothing for who may not see it. One query. */
export async function listPromises(context: Context, incidentId: string): Promise<TeamPromise[]> {
  authorize(context, 'incidents.read');
  const { incidents, promises } = context.store.tables;
  const rows = await context.store.read
    .select({ promise: promises })
    .from(promises)
    .innerJoin(incidents, eq(promises.incidentId, incidents.id))
    .where(and(eq(incidents.id, incidentId), visibleIncidents(context)))
    .orderBy(desc(promises.madeAt), desc(promises.id));
  return rows.map(({ promise }) => judged(promise, context.now));
}

export const judged = (promise: Omit<TeamPromise, 'state' | 'lateBy'>, now: Date): TeamPromise => ({
  ...promise,
  state: promiseState(promise, now),
  lateBy: lateBy(promise, now),
});
