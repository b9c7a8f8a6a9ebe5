import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { appendAudit } from '../../core/audit/append.ts';
import type { Context } from '../../core/context.ts';
import { isOut } from '../../core/visibility.ts';
import { deriveIncident } from '../derive-incident.ts';
import { touchIncident } from '../touch-incident.ts';
import { readPublished, recordPublication } from '../updates/record-publication.ts';

const plannedUpdate = z.object({ updateId: z.string() });

/**
 * Runs when a maintenance has started or completed itself: brings the incident's row in line, and what follows from a
 * publication. The read gate has made the update itself public already. Does nothing for one that was replaced.
 */
export async function publishPlannedUpdate(context: Context, planned: unknown): Promise<void> {
  const { updateId } = plannedUpdate.parse(planned);
  await context.store.transaction(async (tx) => {
    const { incidents, incidentUpdates } = tx.tables;
    const [row] = await tx.db
      .select({ incident: incidents, update: incidentUpdates })
      .from(incidentUpdates)
      .innerJoin(incidents, eq(incidentUpdates.incidentId, incidents.id))
      .where(eq(incidentUpdates.id, updateId));
    if (!row || !isOut(row.update, context.now)) return;
    const { incident, update } = row;
    await deriveIncident(tx, incident.id, context.now);
    const published = await readPublished(tx, incident.id, context.now);
    await recordPublication(tx, context, published, [updateId]);
    // No longer planned but said: that is what tells a repeated run that this one was recorded.
    if (update.isPlanned) {
      await tx.db.update(incidentUpdates).set({ isPlanned: false }).where(eq(incidentUpdates.id, updateId));
      await appendAudit(tx, context, {
        action: update.phase === 'completed' ? 'maintenance.completed-itself' : 'maintenance.started-itself',
        subjectType: 'incident',
        subjectId: incident.id,
        after: { update: updateId, phase: update.phase, publishedAt: update.publishedAt },
        restrictedTo: incident.isRestricted ? incident.id : null,
      });
    }
    touchIncident(tx, incident, { now: context.now });
  });
}
