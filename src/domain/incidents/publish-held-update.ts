import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { touchIncident } from './append-update.ts';
import { numberIncident } from './derive-incident.ts';

/** Runs when a held update's instant has come: gives a new incident its number. The read gate has made it public already. */
export async function publishHeldUpdate(context: Context, updateId: string): Promise<void> {
  await context.store.transaction(async (tx) => {
    const { incidents, incidentUpdates } = tx.tables;
    const [row] = await tx.db
      .select({ id: incidents.id, categoryId: incidents.categoryId, publishedAt: incidentUpdates.publishedAt })
      .from(incidentUpdates)
      .innerJoin(incidents, eq(incidentUpdates.incidentId, incidents.id))
      .where(eq(incidentUpdates.id, updateId));
    if (!row || row.publishedAt > context.now) return;
    await numberIncident(tx, row.id, context.now);
    touchIncident(tx, row);
  });
}
