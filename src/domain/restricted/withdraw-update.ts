import { eq } from 'drizzle-orm';
import { idPattern } from '../../../db/ids.ts';
import { authorize } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import { atPresent, type Context } from '../context.ts';
import { DomainError, notFound } from '../errors.ts';
import { deriveIncident } from '../incidents/derive-incident.ts';
import { findIncident, latestTexts } from '../incidents/find-incident.ts';
import { mayFollow } from '../incidents/phase.ts';
import { parse } from '../parse.ts';
import { refuseStale, touchIncident } from '../updates/append-update.ts';
import type { Update } from '../updates/timeline.ts';
import { isUnreleased, refuseUnrestricted } from './released.ts';
import { withdrawUpdateInput } from './restricted-input.ts';

/**
 * Takes a text back before the incident is released, so that it never becomes public; the audit keeps it. Returns the
 * incident's id. Refused once public, and while later texts build on it.
 */
export async function withdrawUpdate(
  asked: Context,
  updateId: string,
  input: unknown,
): Promise<{ id: string }> {
  authorize(asked, 'incidents.release');
  const wanted = parse(withdrawUpdateInput, input);
  if (!idPattern.test(updateId)) throw notFound();
  return asked.store.transaction(async (tx) => {
    const context = atPresent(asked);
    const { incidentUpdates, incidentUpdateTexts, incidentUpdateComponents, incidents } = tx.tables;
    const [row] = await tx.db.select().from(incidentUpdates).where(eq(incidentUpdates.id, updateId));
    if (!row) throw notFound();
    const incident = await findIncident(tx, context, row.incidentId);
    refuseStale(wanted.version, incident, latestTexts(incident), null);
    refuseUnrestricted(incident);
    if (!isUnreleased(incident, context.now)) throw new DomainError('conflict', 'already_public');
    refuseNeeded(incident.updates, updateId);

    const withdrawn = incident.updates.find(({ id }) => id === updateId);
    const title = withdrawn?.texts.en?.title ?? withdrawn?.texts.de?.title ?? '';
    if (incident.internalTitle === '')
      await tx.db.update(incidents).set({ internalTitle: title }).where(eq(incidents.id, incident.id));
    await tx.db.delete(incidentUpdateTexts).where(eq(incidentUpdateTexts.updateId, updateId));
    await tx.db.delete(incidentUpdateComponents).where(eq(incidentUpdateComponents.updateId, updateId));
    await tx.db.delete(incidentUpdates).where(eq(incidentUpdates.id, updateId));
    await deriveIncident(tx, incident.id, context.now);
    await appendAudit(tx, context, {
      action: 'update.withdrawn',
      subjectType: 'incident',
      subjectId: incident.id,
      before: { update: updateId, phase: row.phase, displayAt: row.displayAt, texts: withdrawn?.texts },
      reason: wanted.reason,
      restrictedTo: incident.id,
    });
    touchIncident(tx, incident);
    return { id: incident.id };
  });
}

/** What is left must still follow: nothing ends that never began. `updates` newest first. */
function refuseNeeded(updates: readonly Update[], updateId: string): void {
  const at = updates.findIndex(({ id }) => id === updateId);
  const [next, before] = [updates[at - 1], updates[at + 1]];
  if (next && !mayFollow(before?.phase ?? null, next.phase, next.occasion))
    throw new DomainError('conflict', 'withdraw_later_first');
}
