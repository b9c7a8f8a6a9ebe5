import { eq, sql } from 'drizzle-orm';
import { actOn } from '../core/act.ts';
import { follow } from '../core/consequences.ts';
import { DomainError } from '../core/errors.ts';
import { refuseStale } from '../core/lock.ts';
import { findIncident } from './find-incident.ts';
import { classifyIncidentInput } from './incident-input.ts';
import { needsTwoPeople } from './priority-rules.ts';
import { takeClosingBack } from './take-closing-back.ts';
import { tellOfPriority } from './tell-of-priority.ts';

/** Sets the priority with a reason: the only way to one. A promise already made stays; the next follows the new priority. */
export const classifyIncident = actOn({
  permission: 'incidents.classify',
  input: classifyIncidentInput,
  audits: ['incident.classified'],
  async work({ tx, context, audit }, id, wanted): Promise<{ id: string }> {
    const { incidents } = tx.tables;
    const incident = await findIncident(tx, context, id);
    const theirs = { priority: incident.priority, isReviewed: incident.isReviewed };
    refuseStale(wanted.version, incident, theirs, { priority: wanted.priority, reason: wanted.reason });
    // A P0 owes a report, and a P1 unless a manager says no: neither is left by one person.
    if (needsTwoPeople(incident, wanted.priority)) throw new DomainError('conflict', 'reclassify');
    const isNew = !incident.isReviewed || wanted.priority !== incident.priority;
    const changed = {
      priority: wanted.priority,
      isReviewed: true,
      updatedAt: incident.updatedAt,
      // Saying the same again makes nobody its author, and leaves a validation as it is.
      ...(isNew
        ? { priorityBy: context.actor.userId, priorityAt: context.now, validatedBy: null, validatedAt: null }
        : {}),
    };
    await tx.db
      .update(incidents)
      .set({ ...changed, version: sql`${incidents.version} + 1` })
      .where(eq(incidents.id, id));
    await audit({
      action: 'incident.classified',
      subjectType: 'incident',
      subjectId: id,
      before: theirs,
      after: { priority: wanted.priority, isReviewed: true },
      reason: wanted.reason,
      restrictedTo: incident.isRestricted ? id : null,
    });
    // Another priority may owe what the old one did not, so what is closed is looked at again.
    if (wanted.priority !== incident.priority) await takeClosingBack(tx, context, incident);
    await follow(tx, context, 'classified', { incident, priority: wanted.priority, isNew });
    await tellOfPriority(tx, context, incident, wanted.priority);
    return { id };
  },
});
