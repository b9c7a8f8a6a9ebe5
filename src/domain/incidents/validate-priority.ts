import { eq, sql } from 'drizzle-orm';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { DomainError } from '../core/errors.ts';
import { refuseStale } from '../core/lock.ts';
import { parse } from '../core/parse.ts';
import { findIncident } from './find-incident.ts';
import { validatePriorityInput } from './incident-input.ts';

/**
 * Somebody else than who set it says that the priority fits, with the time: the incident manager, who has
 * the role SRE, else a manager. Another priority asks for it anew.
 */
export async function validatePriority(
  context: Context,
  id: string,
  input: unknown = {},
): Promise<{ id: string }> {
  authorize(context, 'incidents.validate-priority');
  const { version } = parse(validatePriorityInput, input);
  return context.store.transaction(async (tx) => {
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
    await appendAudit(tx, context, {
      action: 'incident.priority-validated',
      subjectType: 'incident',
      subjectId: id,
      after: { priority: incident.priority },
      restrictedTo: incident.isRestricted ? id : null,
    });
    return { id };
  });
}
