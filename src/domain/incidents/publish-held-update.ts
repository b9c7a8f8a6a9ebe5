import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { impacts } from '../../../db/words.ts';
import type { Context } from '../context.ts';
import { type MaintenanceWindow, windowOf } from '../maintenance/window.ts';
import { instant } from '../parse.ts';
import { touchIncident } from './append-update.ts';
import { worseImpact } from './impact.ts';
import { recordPublication } from './record-publication.ts';

const window = z.object({
  startedAt: instant(),
  scheduledFor: instant().nullable(),
  scheduledUntil: instant().nullable(),
  isEmergency: z.boolean(),
  isAutomatic: z.boolean(),
});

const heldUpdate = z.object({
  updateId: z.string(),
  impact: z.enum(impacts).optional(),
  window: z.object({ from: window, to: window }).optional(),
});

/**
 * Runs when a held update's instant has come: gives a new incident its number, and the incident the impact and the
 * times that waited with the update. The read gate has made the update itself public already.
 */
export async function publishHeldUpdate(context: Context, held: unknown): Promise<void> {
  const { updateId, impact, window: waiting } = heldUpdate.parse(held);
  await context.store.transaction(async (tx) => {
    const { incidents, incidentUpdates } = tx.tables;
    const [found] = await tx.db
      .select({ row: incidents, publishedAt: incidentUpdates.publishedAt })
      .from(incidentUpdates)
      .innerJoin(incidents, eq(incidentUpdates.incidentId, incidents.id))
      .where(eq(incidentUpdates.id, updateId));
    if (!found || found.publishedAt > context.now) return;
    const { row } = found;
    // Not when they were changed meanwhile: this may run twice.
    const isAsBefore =
      waiting && JSON.stringify(windowOf(row)) === JSON.stringify(windowOf(instants(waiting.from)));
    const to = isAsBefore ? instants(waiting.to) : windowOf(row);
    await tx.db
      .update(incidents)
      .set({ impact: worseImpact(row.impact, impact ?? row.impact), ...to })
      .where(eq(incidents.id, row.id));
    if (to.startedAt.getTime() !== row.startedAt.getTime()) tx.touch('history');
    await recordPublication(tx, context, { incidentId: row.id, updateId });
    touchIncident(tx, row);
  });
}

/** The times of a window as the database gives them. */
function instants({
  startedAt,
  scheduledFor,
  scheduledUntil,
  ...flags
}: z.infer<typeof window>): MaintenanceWindow {
  const at = (value: string | null): Date | null => (value === null ? null : new Date(value));
  return {
    startedAt: new Date(startedAt),
    scheduledFor: at(scheduledFor),
    scheduledUntil: at(scheduledUntil),
    ...flags,
  };
}
