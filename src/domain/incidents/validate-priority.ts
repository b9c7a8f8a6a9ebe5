import { eq, sql } from 'drizzle-orm';
import { actOn } from '../core/act.ts';
import { DomainError } from '../core/errors.ts';
import { refuseStale } from '../core/lock.ts';
import { findIncident } from './find-incident.ts';
import { validatePriorityInput } from './incident-input.ts';

/**
 * Somebody else than who set it says that the priority fits, with the time: the incident manager, who has the
 * role SRE, else a manager. Another priority asks for it anew. Saying the same again makes nobody else its author, or two
 * people could swap places.
 */
export const validatePriority = actOn({
  permission: 'incidents.validate-priority',
  input: validatePriorityInput,
  audits: ['incident.priority-validated'],
  async work({ tx, context, audit }, id, { version }): Promise<{ id: string }> {
    const { incidents } = tx.tables;
    const incident = await findIncident(tx, context, id);
    refuseStale(version, incident, { priority: incident.priority }, { validated: true });
    if (!incident.isReviewed) throw new DomainError('conflict', 'report_not_classified');
    if (incident.validatedAt) throw new DomainError('conflict', 'priority_validated');
    const { userId } = context.actor;
    if (userId === null || incident.priorityBy === userId) throw new DomainError('forbidden', 'own_priority');
    await tx.db
      .update(incidents)
      .set({ validatedBy: userId, validatedAt: context.now, version: sql`${incidents.version} + 1` })
      .where(eq(incidents.id, id));
    await audit({
      action: 'incident.priority-validated',
      subjectType: 'incident',
      subjectId: id,
      after: { priority: incident.priority },
      restrictedTo: incident.isRestricted ? id : null,
    });
    return { id };
  },
});
