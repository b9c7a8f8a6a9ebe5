import { eq } from 'drizzle-orm';
import { actOn } from '../../core/act.ts';
import { deriveIncident } from '../derive-incident.ts';
import { findHeld } from './find-held.ts';
import { startedEarlier } from './held-change.ts';
import { makePublic } from './publish-held-update.ts';

/**
 * Ends the hold: the update and every earlier held one of its incident are public from now on. Throws a conflict when it is
 * public already. The promise in its words stays as it was made.
 */
export const publishNow = actOn({
  permission: 'incidents.post-update',
  audits: ['update.published'],
  isOfItsTurn: true,
  async work({ tx, context, audit }, updateId): Promise<{ id: string; updateId: string }> {
    const { incident, held } = await findHeld(tx, context, updateId);
    const { incidentUpdates } = tx.tables;
    const due = held.slice(0, held.findIndex(({ id }) => id === updateId) + 1);
    const now = context.now.getTime();
    for (const [at, update] of due.entries()) {
      // One that was true earlier stays dated so; the others stand in their order, none in the future.
      const isDatedAtHold = update.displayAt.getTime() >= now;
      const displayAt = isDatedAtHold ? new Date(now - (due.length - 1 - at)) : update.displayAt;
      const waiting = startedEarlier(update.waiting, update.displayAt, displayAt);
      await tx.db
        .update(incidentUpdates)
        .set({ publishedAt: context.now, displayAt, waiting })
        .where(eq(incidentUpdates.id, update.id));
    }
    await deriveIncident(tx, incident.id, context.now);
    for (const { id } of due) await makePublic(tx, context, id);
    await audit({
      action: 'update.published',
      subjectType: 'incident',
      subjectId: incident.id,
      before: { publishedAt: due.at(-1)?.publishedAt },
      after: { updates: due.map(({ id }) => id), publishedAt: context.now },
      restrictedTo: incident.isRestricted ? incident.id : null,
    });
    return { id: incident.id, updateId };
  },
});
