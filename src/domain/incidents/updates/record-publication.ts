import { eq } from 'drizzle-orm';
import type { Transaction } from '../../../../db/store.ts';
import type { Priority } from '../../../../db/words.ts';
import { follow } from '../../core/consequences.ts';
import type { Context } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { numberIncident } from '../derive-incident.ts';
import { notifyManagers } from '../notices/notify-people.ts';
import { isFinal } from '../phase.ts';
import { informManagement } from '../promises/promise-to-management.ts';
import { type PublicUpdate, readPublicUpdates, recordPromises } from '../promises/record-promises.ts';
import { takeClosingBack } from '../take-closing-back.ts';

/** An incident as it stands with what was published, and what of it is public now. */
export interface Published {
  incident: Parameters<typeof numberIncident>[1] &
    Parameters<typeof takeClosingBack>[2] &
    Parameters<typeof informManagement>[1] &
    Parameters<typeof notifyManagers>[2]['incident'] & { phase: Parameters<typeof isFinal>[0] };
  updates: readonly PublicUpdate[];
}

/** Both from the database, for who has only its id. Throws not_found. */
export async function readPublished(tx: Transaction, incidentId: string, now: Date): Promise<Published> {
  const { incidents } = tx.tables;
  const [incident] = await tx.db.select().from(incidents).where(eq(incidents.id, incidentId));
  if (!incident) throw notFound();
  return { incident, updates: await readPublicUpdates(tx, incidentId, now) };
}

/**
 * What becomes true when updates are public: the incident's running number, the day its report is due, the promises they
 * answer and make, and that management knows of them. Called once for each update, at its posting when it is not held,
 * else by its job; bears being repeated.
 */
export async function recordPublication(
  tx: Transaction,
  context: Context,
  { incident, updates }: Published,
  updateIds: readonly string[],
): Promise<void> {
  await numberIncident(tx, incident, context.now);
  // What never ended owes nothing by a day.
  if (updates.some(({ phase }) => isFinal(phase)))
    await follow(tx, context, 'endTold', { incidentId: incident.id });
  const telling = await recordPromises(tx, context, incident.id, updates);
  // Reopened: what was closed inside is open again.
  if (!isFinal(incident.phase)) await takeClosingBack(tx, context, incident);
  for (const { update, before } of telling.filter((news) => updateIds.includes(news.update.id))) {
    await informManagement(tx, incident, { at: update.publishedAt, isOver: isFinal(update.phase) });
    if (isUrgent(incident) && incident.kind === 'incident' && update.phase !== before)
      await notifyManagers(tx, context, {
        incident,
        kind: 'phase_changed',
        reference: update.id,
        by: update.createdBy,
      });
  }
}

const isUrgent = ({ isReviewed, priority }: { isReviewed: boolean; priority: Priority }): boolean =>
  isReviewed && (priority === 'P0' || priority === 'P1');
