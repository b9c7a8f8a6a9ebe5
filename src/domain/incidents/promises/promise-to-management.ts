/**
 * Management is the second audience of an open P0 or P1: it hears again within its own minutes. It is told of the start
 * and each phase, and of a missed promise to customers whatever the priority; its own promise counts from the classification,
 * and anew from each public update that is news and each briefing.
 */
import { and, eq, isNull } from 'drizzle-orm';
import { newId } from '../../../../db/ids.ts';
import type { Transaction } from '../../../../db/store.ts';
import type { IncidentKind, Priority } from '../../../../db/words.ts';
import type { Context } from '../../core/context.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import type { Settings } from '../../core/settings/settings.ts';

export interface Managed {
  id: string;
  kind: IncidentKind;
  priority: Priority;
  isReviewed: boolean;
}

/** Whether the clock promises management anything: a new classification takes back what it did before. */
const isManaged = ({ kind, isReviewed, priority }: Managed): boolean =>
  kind === 'incident' && isReviewed && (priority === 'P0' || priority === 'P1');

/** Minutes until management hears again; null where the clock promises it nothing. */
export function managementMinutes(incident: Managed, settings: Settings): number | null {
  if (!isManaged(incident)) return null;
  return incident.priority === 'P0' ? settings.management_minutes_p0 : settings.management_minutes_p1;
}

/**
 * Management was informed at `at`, by a public update or a briefing: the promise before is answered, and unless it is
 * over the next one counts from here. Bears being repeated, and running after a later information.
 */
export async function informManagement(
  tx: Transaction,
  incident: Managed,
  { at, isOver }: { at: Date; isOver: boolean },
): Promise<void> {
  if (!isManaged(incident)) return;
  const { promises } = tx.tables;
  const own = await tx.db
    .select()
    .from(promises)
    .where(
      and(
        eq(promises.incidentId, incident.id),
        eq(promises.audience, 'management'),
        isNull(promises.withdrawnAt),
      ),
    );
  for (const promise of own) {
    if (promise.answeredAt || promise.madeAt >= at) continue;
    await tx.db.update(promises).set({ answeredAt: at }).where(eq(promises.id, promise.id));
  }
  if (!isOver && own.every((promise) => promise.madeAt < at)) await promise(tx, incident, at);
}

/** After a new classification: what was promised under another priority is given back, and the new one counts from now. */
export async function promiseAnew(
  tx: Transaction,
  context: Context,
  incident: Managed,
  isOver: boolean,
): Promise<void> {
  const { promises } = tx.tables;
  await tx.db
    .update(promises)
    .set({ withdrawnAt: context.now })
    .where(
      and(
        eq(promises.incidentId, incident.id),
        eq(promises.audience, 'management'),
        isNull(promises.answeredAt),
        isNull(promises.withdrawnAt),
      ),
    );
  if (!isOver) await promise(tx, incident, context.now);
}

async function promise(tx: Transaction, incident: Managed, madeAt: Date): Promise<void> {
  const settings = await readSettings(tx);
  const minutes = managementMinutes(incident, settings);
  if (minutes === null) return;
  const dueAt = new Date(madeAt.getTime() + minutes * 60_000);
  await tx.db
    .insert(tx.tables.promises)
    .values({ id: newId(), incidentId: incident.id, audience: 'management', madeAt, dueAt });
}
