import { and, eq, isNull } from 'drizzle-orm';
import { oneOf } from '../../../../db/one-of.ts';
import type { Transaction } from '../../../../db/store.ts';
import { actOn } from '../../core/act.ts';
import { follow } from '../../core/consequences.ts';
import type { Context } from '../../core/context.ts';
import { DomainError, invalid, notFound } from '../../core/errors.ts';
import { refuseStale } from '../../core/lock.ts';
import { isUnreleased } from '../../core/visibility.ts';
import { languageOfActor } from '../../people/users/language-of-actor.ts';
import { deriveIncident } from '../derive-incident.ts';
import { findIncident, latestTexts } from '../find-incident.ts';
import { planEdges } from '../maintenance/plan-edges.ts';
import { recordMistake } from '../not-public/record-mistake.ts';
import { isFinal, mayFollow } from '../phase.ts';
import { takeClosingBack } from '../take-closing-back.ts';
import type { Update } from '../updates/timeline.ts';
import { textIn } from '../updates/timeline.ts';
import { refuseUnrestricted } from './released.ts';
import { withdrawUpdateInput } from './restricted-input.ts';

/**
 * Takes a text back before the incident is released, so that it never becomes public; the audit keeps it. Returns the
 * incident's id. Refused once public, and while later texts of people build on it; those that a maintenance planned ahead are
 * planned anew. Withdrawn and not corrected, because the earlier wording would become public with it; a missing translation may
 * be added.
 */
export const withdrawUpdate = actOn({
  permission: 'incidents.release',
  input: withdrawUpdateInput,
  audits: ['update.withdrawn'],
  isOfItsTurn: true,
  async work({ tx, context, audit }, updateId, wanted): Promise<{ id: string }> {
    const { incidentUpdates, incidentUpdateTexts, incidentUpdateComponents, incidents, promises } = tx.tables;
    const [row] = await tx.db.select().from(incidentUpdates).where(eq(incidentUpdates.id, updateId));
    if (!row) throw notFound();
    const incident = await findIncident(tx, context, row.incidentId);
    refuseStale(wanted.version, incident, latestTexts(incident), null);
    refuseUnrestricted(incident);
    if (!isUnreleased(incident, context.now)) throw new DomainError('conflict', 'already_public');
    refuseNeeded(incident.updates, updateId);
    if (wanted.isMistake && incident.updates.length > 1) throw invalid('isMistake', 'mistake_not_first');

    const withdrawn = incident.updates.find(({ id }) => id === updateId);
    const title = textIn(withdrawn?.texts ?? {}, await languageOfActor(tx, context))?.text.title ?? '';
    if (incident.internalTitle === '')
      await tx.db.update(incidents).set({ internalTitle: title }).where(eq(incidents.id, incident.id));
    const gone = withdrawnWith(updateId, [...incident.updates, ...incident.planned]);
    await tx.db.delete(incidentUpdateTexts).where(oneOf(incidentUpdateTexts.updateId, gone));
    await tx.db.delete(incidentUpdateComponents).where(oneOf(incidentUpdateComponents.updateId, gone));
    await tx.db.delete(incidentUpdates).where(oneOf(incidentUpdates.id, gone));
    // Nobody waits for what nobody read.
    await tx.db
      .update(promises)
      .set({ withdrawnAt: context.now })
      .where(and(oneOf(promises.updateId, gone), isNull(promises.answeredAt), isNull(promises.withdrawnAt)));
    await deriveIncident(tx, incident.id, context.now);
    // What starts and completes itself follows what is left.
    await planEdges(tx, context, incident.id);
    await goOn(tx, context, incident);
    await audit({
      action: 'update.withdrawn',
      subjectType: 'incident',
      subjectId: incident.id,
      before: { update: updateId, phase: row.phase, displayAt: row.displayAt, texts: withdrawn?.texts },
      reason: wanted.reason,
      restrictedTo: incident.id,
    });
    if (wanted.isMistake) await recordMistake(tx, context, incident, wanted.reason);
    return { id: incident.id };
  },
});

/** Without its end an incident goes on: it is not closed, and its report is not due yet. */
async function goOn(tx: Transaction, context: Context, { id }: { id: string }): Promise<void> {
  await follow(tx, context, 'endTold', { incidentId: id });
  const { incidents } = tx.tables;
  const [left] = await tx.db.select().from(incidents).where(eq(incidents.id, id));
  if (left && !isFinal(left.phase)) await takeClosingBack(tx, context, left);
}

/** With the last text that people wrote goes what a maintenance was to say by itself: it only repeats those words. */
function withdrawnWith(updateId: string, updates: readonly Update[]): string[] {
  const isOwnLeft = updates.some(({ id, isPlanned }) => id !== updateId && !isPlanned);
  return isOwnLeft ? [updateId] : updates.map(({ id }) => id);
}

/** What is left must still follow: nothing ends that never began. `updates` newest first. */
function refuseNeeded(updates: readonly Update[], updateId: string): void {
  const at = updates.findIndex(({ id }) => id === updateId);
  const [next, before] = [updates[at - 1], updates[at + 1]];
  if (next && !mayFollow(before?.phase ?? null, next.phase, next.occasion))
    throw new DomainError('conflict', 'withdraw_later_first');
}
