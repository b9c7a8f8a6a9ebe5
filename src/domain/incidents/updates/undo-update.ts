import { eq } from 'drizzle-orm';
import { oneOf } from '../../../../db/one-of.ts';
import type { Transaction } from '../../../../db/store.ts';
import { actOn } from '../../core/act.ts';
import { authorize } from '../../core/authorize.ts';
import { DomainError, invalid } from '../../core/errors.ts';
import { languageOfActor } from '../../people/users/language-of-actor.ts';
import { deriveIncident } from '../derive-incident.ts';
import { giveDraftBack } from '../drafts/set-aside.ts';
import { undoUpdateInput } from '../incident-input.ts';
import { planEdges } from '../maintenance/plan-edges.ts';
import { recordMistake } from '../not-public/record-mistake.ts';
import { touchPast } from '../touch-incident.ts';
import { findHeld } from './find-held.ts';
import { changeOf } from './held-change.ts';
import { textIn } from './timeline.ts';

/**
 * Takes a held update back before anybody outside has seen it: its rows go, the audit entry keeps its whole text, and what was
 * typed is its author's draft again (G-06). An incident without any update left is known inside by that title, and waits to be
 * published, unless the undo says that it was a mistake; of a later update it may not say so, because customers read what is
 * left. Throws a conflict when it is public already, or when a later one is held.
 */
export const undoUpdate = actOn({
  permission: 'incidents.post-update',
  input: undoUpdateInput,
  audits: ['update.undone'],
  isOfItsTurn: true,
  async work(
    { tx, context, audit },
    updateId,
    { isMistake = false, reason },
  ): Promise<{ id: string; hasUpdates: boolean }> {
    if (isMistake) authorize(context, 'incidents.record');
    else if (reason !== undefined) throw invalid('isMistake', 'required');
    const { incident, update, held, rows } = await findHeld(tx, context, updateId);
    if (held.at(-1)?.id !== updateId) throw new DomainError('conflict', 'later_held');
    const known = incident.updates.find(({ id }) => id === updateId);
    const others = rows.filter(({ id, isPlanned }) => id !== updateId && !isPlanned);
    // Customers read of it in what is left.
    if (isMistake && others.length > 0) throw invalid('isMistake', 'mistake_not_first');
    // What was planned ahead falls with the announcement that it belongs to.
    const gone = others.length > 0 ? [updateId] : rows.map(({ id }) => id);
    await removeUpdates(tx, gone);
    const title = textIn(known?.texts ?? {}, await languageOfActor(tx, context))?.text.title ?? '';
    if (others.length === 0) {
      await tx.db
        .update(tx.tables.incidents)
        .set({
          internalTitle: incident.internalTitle || title,
          impact: changeOf(update.waiting)?.before.impact ?? incident.impact,
          // Nobody waits for news of a plan that was never announced.
          ...(incident.kind === 'maintenance' ? { affectsCustomers: false } : {}),
        })
        .where(eq(tx.tables.incidents.id, incident.id));
    }
    await deriveIncident(tx, incident.id, context.now);
    touchPast(tx, incident.id);
    // What starts and completes itself follows what is left.
    await planEdges(tx, context, incident.id);
    await giveDraftBack(tx, context, { updateId, incidentId: incident.id });
    await audit({
      action: 'update.undone',
      subjectType: 'incident',
      subjectId: incident.id,
      before: {
        update: updateId,
        phase: update.phase,
        occasion: update.occasion,
        texts: textsOf(known?.texts ?? {}),
        components: known?.components ?? [],
        displayAt: update.displayAt,
        publishedAt: update.publishedAt,
        nextUpdateBy: update.nextUpdateBy,
        postedBy: update.createdBy,
      },
      restrictedTo: incident.isRestricted ? incident.id : null,
    });
    if (isMistake) await recordMistake(tx, context, incident, reason);
    return { id: incident.id, hasUpdates: others.length > 0 };
  },
});

async function removeUpdates(tx: Transaction, ids: readonly string[]): Promise<void> {
  const { incidentUpdates, incidentUpdateTexts, incidentUpdateComponents } = tx.tables;
  const gone = [...ids];
  await tx.db.delete(incidentUpdateComponents).where(oneOf(incidentUpdateComponents.updateId, gone));
  await tx.db.delete(incidentUpdateTexts).where(oneOf(incidentUpdateTexts.updateId, gone));
  await tx.db.delete(incidentUpdates).where(oneOf(incidentUpdates.id, gone));
}

interface Words {
  title: string;
  body: string;
  effect: string;
  workaround: string;
  notAffected: string;
}

const textsOf = (texts: Partial<Record<string, Words>>) =>
  Object.fromEntries(
    Object.entries(texts).flatMap(([language, text]) => {
      if (!text) return [];
      const { title, body, effect, workaround, notAffected } = text;
      return [[language, { title, body, effect, workaround, notAffected }]];
    }),
  );
