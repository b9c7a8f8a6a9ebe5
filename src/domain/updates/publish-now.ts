import { eq } from 'drizzle-orm';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import { atPresent, type Context } from '../core/context.ts';
import { deriveIncident } from '../incidents/derive-incident.ts';
import { findHeld } from './find-held.ts';
import { startedEarlier } from './held-change.ts';
import { makePublic } from './publish-held-update.ts';

/**
 * Ends the hold: the update and every earlier held one of its incident are public from now on. Throws a conflict when it is
 * public already. The promise in its words stays as it was made.
 */
export async function publishNow(
  asked: Context,
  updateId: string,
): Promise<{ id: string; updateId: string }> {
  authorize(asked, 'incidents.post-update');
  return asked.store.transaction(async (tx) => {
    const context = atPresent(asked);
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
    await appendAudit(tx, context, {
      action: 'update.published',
      subjectType: 'incident',
      subjectId: incident.id,
      before: { publishedAt: due.at(-1)?.publishedAt },
      after: { updates: due.map(({ id }) => id), publishedAt: context.now },
      restrictedTo: incident.isRestricted ? incident.id : null,
    });
    return { id: incident.id, updateId };
  });
}
