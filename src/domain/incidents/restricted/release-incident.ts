import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../../../db/store.ts';
import { actOn } from '../../core/act.ts';
import { follow } from '../../core/consequences.ts';
import type { Context } from '../../core/context.ts';
import { DomainError } from '../../core/errors.ts';
import { refuseStale } from '../../core/lock.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { isUnreleased } from '../../core/visibility.ts';
import { deriveIncident } from '../derive-incident.ts';
import { findIncident, latestTexts } from '../find-incident.ts';
import { isFinal } from '../phase.ts';
import { promiseFrom } from '../promises/promise-minutes.ts';
import { readPublished, recordPublication } from '../updates/record-publication.ts';
import { findStandIn, recordStandIn } from '../updates/stand-in.ts';
import type { Update } from '../updates/timeline.ts';
import { refuseUnrestricted } from './released.ts';
import { releaseIncidentInput } from './restricted-input.ts';

/**
 * Makes a restricted incident public with all texts written so far, exactly as the releaser read them: another version
 * than the one named is a conflict. Refused without a recorded referral. Each text says when it
 * was true and that it was posted later; a promise that has passed meanwhile counts anew from now.
 */
export const releaseIncident = actOn({
  permission: 'incidents.release',
  input: releaseIncidentInput,
  audits: ['incident.released'],
  async work({ tx, context, audit }, id, wanted): Promise<{ id: string }> {
    const { incidents } = tx.tables;
    const incident = await findIncident(tx, context, id);
    refuseUnrestricted(incident);
    if (!isUnreleased(incident, context.now)) throw new DomainError('conflict', 'already_public');
    refuseStale(wanted.version, incident, latestTexts(incident), null);
    const referral = await newestReferral(tx, id);
    if (!referral) throw new DomainError('conflict', 'referral_missing');
    // Oldest first; what a maintenance will say by itself later is not among them and keeps its instant.
    const written = incident.updates.toReversed();
    if (written.length === 0) throw new DomainError('conflict', 'nothing_to_release');

    const standIn = findStandIn(context, wanted);
    if (standIn?.refusal) throw new DomainError('invalid', 'input', { fields: [standIn.refusal] });

    await tx.db
      .update(incidents)
      .set({ releasedAt: context.now, notPublicReason: null, notPublicBy: null, notPublicAt: null })
      .where(eq(incidents.id, id));
    await publish(tx, context, written);
    await renewPromise(tx, context, incident);
    await deriveIncident(tx, id, context.now);
    const ids = written.map((update) => update.id);
    await recordPublication(tx, context, await readPublished(tx, id, context.now), ids);
    await follow(tx, context, 'released', { incident });
    const told = { incidentId: id, updateId: null, act: 'release' } as const;
    await recordStandIn(tx, context, told, standIn?.reason);
    await audit({
      action: 'incident.released',
      subjectType: 'incident',
      subjectId: id,
      after: {
        releasedAt: context.now,
        handOver: referral,
        standInReason: standIn?.reason,
        updates: written.map(({ id: update, displayAt, texts }) => ({
          update,
          displayAt,
          texts: wordsOf(texts),
        })),
      },
      restrictedTo: id,
    });
    // It may bring its category, components and days of the history with it.
    tx.touch('all');
    return { id };
  },
});

async function newestReferral(tx: Transaction, incidentId: string): Promise<string | null> {
  const { logEntries } = tx.tables;
  const [entry] = await tx.db
    .select({ id: logEntries.id })
    .from(logEntries)
    .where(and(eq(logEntries.incidentId, incidentId), eq(logEntries.kind, 'hand_over')))
    .limit(1);
  return entry?.id ?? null;
}

/** One millisecond apart, so that they keep their order, and the last one now. */
async function publish(tx: Transaction, context: Context, written: readonly Update[]): Promise<void> {
  const { incidentUpdates } = tx.tables;
  for (const [at, { id, displayAt }] of written.entries()) {
    const turn = context.now.getTime() - (written.length - 1 - at);
    const publishedAt = new Date(Math.max(turn, Math.min(displayAt.getTime(), context.now.getTime())));
    const shown = displayAt > publishedAt ? { displayAt: publishedAt } : {};
    await tx.db
      .update(incidentUpdates)
      .set({ publishedAt, ...shown })
      .where(eq(incidentUpdates.id, id));
  }
}

/** The world was promised nothing before, so nothing may be overdue at its first sight. */
async function renewPromise(
  tx: Transaction,
  context: Context,
  incident: Awaited<ReturnType<typeof findIncident>>,
): Promise<void> {
  const [newest] = incident.updates;
  if (!newest?.nextUpdateBy || newest.nextUpdateBy > context.now || isFinal(newest.phase)) return;
  const settings = await readSettings(tx);
  const nextUpdateBy = promiseFrom({ ...incident, phase: newest.phase }, context.now, settings);
  const { incidentUpdates } = tx.tables;
  await tx.db.update(incidentUpdates).set({ nextUpdateBy }).where(eq(incidentUpdates.id, newest.id));
}

const wordsOf = (texts: Update['texts']) =>
  Object.fromEntries(
    Object.entries(texts).map(([language, { title, body, workaround, notAffected }]) => [
      language,
      { title, body, workaround, notAffected },
    ]),
  );
