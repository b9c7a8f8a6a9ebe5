import { eq } from 'drizzle-orm';
import { actOn } from '../../core/act.ts';
import { DomainError, notFound } from '../../core/errors.ts';
import { isOut } from '../../core/visibility.ts';
import { findIncident } from '../find-incident.ts';

/**
 * Notes that a manager has read an update of free text afterwards; it changes nothing that the world sees. Nobody reviews what
 * he wrote himself. Read already, it stays as it was.
 */
export const reviewFreeText = actOn({
  permission: 'templates.approve',
  audits: ['update.reviewed'],
  async work({ tx, context, audit }, updateId): Promise<{ updateId: string }> {
    const { incidentUpdates } = tx.tables;
    const [update] = await tx.db.select().from(incidentUpdates).where(eq(incidentUpdates.id, updateId));
    if (!update) throw notFound();
    const incident = await findIncident(tx, context, update.incidentId);
    if (!isOut(update, context.now)) throw new DomainError('conflict', 'held');
    if (!update.isFreeText || update.source !== null) {
      throw new DomainError('conflict', 'not_free_text');
    }
    if (update.reviewedAt) return { updateId };
    const { userId } = context.actor;
    if (userId !== null && update.createdBy === userId) throw new DomainError('forbidden', 'own_text');
    await tx.db
      .update(incidentUpdates)
      .set({ reviewedBy: userId, reviewedAt: context.now })
      .where(eq(incidentUpdates.id, updateId));
    await audit({
      action: 'update.reviewed',
      subjectType: 'incident',
      subjectId: incident.id,
      after: { update: updateId },
      restrictedTo: incident.isRestricted ? incident.id : null,
    });
    return { updateId };
  },
});
