import { eq } from 'drizzle-orm';
import { idPattern } from '../../../../db/ids.ts';
import type { Transaction } from '../../../../db/store.ts';
import type { Context } from '../../core/context.ts';
import { DomainError, notFound } from '../../core/errors.ts';
import { isOut } from '../../core/visibility.ts';
import { findIncident } from '../find-incident.ts';
import { refuseUnreleasedText } from '../restricted/released.ts';

/**
 * A held update with its incident, and every update of it that is held, in the order of publication. What a maintenance
 * has planned ahead is not held. Throws not_found, or a conflict when the update is public already.
 */
export async function findHeld(tx: Transaction, context: Context, updateId: string) {
  if (!idPattern.test(updateId)) throw notFound();
  const { incidentUpdates } = tx.tables;
  const [row] = await tx.db
    .select({ incidentId: incidentUpdates.incidentId })
    .from(incidentUpdates)
    .where(eq(incidentUpdates.id, updateId));
  if (!row) throw notFound();
  const incident = await findIncident(tx, context, row.incidentId);
  refuseUnreleasedText(context, incident);
  const rows = await tx.db
    .select()
    .from(incidentUpdates)
    .where(eq(incidentUpdates.incidentId, row.incidentId));
  const held = rows
    .filter((update) => !isOut(update, context.now) && !update.isPlanned)
    .sort((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime() || (a.id < b.id ? -1 : 1));
  const update = held.find(({ id }) => id === updateId);
  // Recorded already by somebody whose clock is ahead of ours, nothing waits with it.
  if (!update?.waiting) throw new DomainError('conflict', 'not_held');
  return { incident, update, held, rows };
}
