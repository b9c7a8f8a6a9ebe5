import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '../../../db/store.ts';
import { impacts } from '../../../db/words.ts';
import type { Context } from '../core/context.ts';
import { isOut } from '../core/visibility.ts';
import { worseImpact } from '../incidents/impact.ts';
import { touchIncident } from '../incidents/touch-incident.ts';
import { planEdges } from '../maintenance/plan-edges.ts';
import { enqueueReminder } from '../maintenance/remind.ts';
import { dueOf, waitingWindow } from '../maintenance/waiting-window.ts';
import { recordPublication } from './record-publication.ts';

export const heldUpdate = z.object({
  updateId: z.string(),
  impact: z.enum(impacts).optional(),
  /** What the incident said before, for undoing its first update. */
  before: z.object({ impact: z.enum(impacts) }).optional(),
  window: waitingWindow.optional(),
  /** It announces a maintenance or moves its start, so people are to be reminded of that. */
  isNewStart: z.boolean().optional(),
});

/** What waits with a held update for its instant. */
export type HeldUpdate = z.infer<typeof heldUpdate>;

/**
 * Runs when a held update's instant has come: gives a new incident its number, and the incident the impact and the
 * times that waited with the update. The read gate has made the update itself public already.
 */
export async function publishHeldUpdate(context: Context, held: unknown): Promise<void> {
  const waited = heldUpdate.parse(held);
  await context.store.transaction((tx) => makePublic(tx, context, waited));
}

/** The same inside a transaction; does nothing for an update that is not public yet or was undone. */
export async function makePublic(tx: Transaction, context: Context, held: HeldUpdate): Promise<void> {
  const { updateId, impact, window: waiting, isNewStart } = held;
  const { incidents, incidentUpdates } = tx.tables;
  const [found] = await tx.db
    .select({ row: incidents, publishedAt: incidentUpdates.publishedAt })
    .from(incidentUpdates)
    .innerJoin(incidents, eq(incidentUpdates.incidentId, incidents.id))
    .where(eq(incidentUpdates.id, updateId));
  if (!found || !isOut(found, context.now)) return;
  const { row } = found;
  const due = waiting ? dueOf(row, waiting) : {};
  await tx.db
    .update(incidents)
    .set({ impact: worseImpact(row.impact, impact ?? row.impact), ...due })
    .where(eq(incidents.id, row.id));
  await planEdges(tx, context, row.id);
  if (isNewStart) await enqueueReminder(tx, context, row.id, due.scheduledFor ?? row.scheduledFor);
  await recordPublication(tx, context, { incidentId: row.id, updateId });
  touchIncident(tx, row, { now: context.now }, ...(due.startedAt ? ['history' as const] : []));
}

/** What waits with a held update, as its outbox row keeps it; null once it is done. */
export async function readHeldUpdate(tx: Transaction, updateId: string): Promise<HeldUpdate | null> {
  const { outbox } = tx.tables;
  const waiting = await tx.db
    .select({ payload: outbox.payload })
    .from(outbox)
    .where(and(eq(outbox.kind, 'publish-held-update'), isNull(outbox.doneAt)));
  const own = waiting.find(({ payload }) => payload.updateId === updateId);
  return own ? heldUpdate.parse(own.payload) : null;
}
