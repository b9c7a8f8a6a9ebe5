import { and, eq, isNull } from 'drizzle-orm';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import { atPresent, type Context } from '../core/context.ts';
import { deriveIncident } from '../incidents/derive-incident.ts';
import { findHeld } from './find-held.ts';
import { type HeldUpdate, heldUpdate, makePublic } from './publish-held-update.ts';

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
    const { incidentUpdates, outbox } = tx.tables;
    const due = held.slice(0, held.findIndex(({ id }) => id === updateId) + 1);
    const now = context.now.getTime();
    const datedAt = new Map<string, Date>();
    for (const [at, update] of due.entries()) {
      // One that was true earlier stays dated so; the others stand in their order, none in the future.
      const isDatedAtHold = update.displayAt.getTime() >= now;
      const displayAt = isDatedAtHold ? new Date(now - (due.length - 1 - at)) : update.displayAt;
      datedAt.set(update.id, displayAt);
      await tx.db
        .update(incidentUpdates)
        .set({ publishedAt: context.now, displayAt })
        .where(eq(incidentUpdates.id, update.id));
    }
    await deriveIncident(tx, incident.id, context.now);
    const promised = await tx.db
      .select()
      .from(outbox)
      .where(and(eq(outbox.kind, 'publish-held-update'), isNull(outbox.doneAt)));
    for (const { id, displayAt: heldAt } of due) {
      const work = promised.find(({ payload }) => payload.updateId === id);
      const waited: HeldUpdate = work ? heldUpdate.parse(work.payload) : { updateId: id };
      await makePublic(tx, context, startedNow(waited, heldAt, datedAt.get(id) ?? heldAt));
      if (work) await tx.db.update(outbox).set({ doneAt: context.now }).where(eq(outbox.id, work.id));
    }
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

/** What was to start at the end of the hold has started with its update, which is dated earlier now; never in the future. */
function startedNow(waited: HeldUpdate, heldAt: Date, displayAt: Date): HeldUpdate {
  const { window } = waited;
  if (window?.to.startedAt !== heldAt.toISOString()) return waited;
  return { ...waited, window: { ...window, to: { ...window.to, startedAt: displayAt.toISOString() } } };
}
