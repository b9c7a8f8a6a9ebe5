import { and, eq, ne, sql } from 'drizzle-orm';
import { actOn } from '../../core/act.ts';
import { isAllowed } from '../../core/authorize.ts';
import { follow } from '../../core/consequences.ts';
import { DomainError } from '../../core/errors.ts';
import { refuseStale } from '../../core/lock.ts';
import { arePublished, isOut } from '../../core/visibility.ts';
import { findIncident } from '../find-incident.ts';
import { writeReaders } from './readers.ts';
import { restrictIncidentInput } from './restricted-input.ts';

/**
 * Restricts an incident of which nothing is public: by security, or by the person who opened it, who goes on seeing it. A
 * public incident cannot become restricted (conflict). A held update stays hidden with it. What was given to readers outside is
 * not restricted afterwards, because nobody can take it back; the team's own copy hides.
 */
export const restrictIncident = actOn({
  permission: 'incidents.record',
  input: restrictIncidentInput,
  audits: ['incident.restricted'],
  isOfItsTurn: true,
  async work({ tx, context, audit }, id, wanted): Promise<{ id: string }> {
    const incident = await findIncident(tx, context, id);
    const { userId } = context.actor;
    const isOpener = userId !== null && incident.createdBy === userId;
    const mayRestrict = isAllowed(context.actor, 'incidents.name-readers');
    if (!mayRestrict && !isOpener) throw new DomainError('forbidden', 'forbidden');
    refuseStale(wanted.version, incident, { isRestricted: incident.isRestricted }, { isRestricted: true });
    if (isOut(incident, context.now)) throw new DomainError('conflict', 'cannot_restrict');
    if (incident.isRestricted) return { id };
    const { incidents, reports } = tx.tables;
    // Who was given the report has read it: nobody can take that back, only the team's own copy can be hidden.
    const [given] = await tx.db
      .select({ id: reports.id })
      .from(reports)
      .where(and(eq(reports.incidentId, id), arePublished(reports), ne(reports.publishedFor, 'internal')));
    if (given) throw new DomainError('conflict', 'cannot_restrict_report');
    await tx.db
      .update(incidents)
      .set({ isRestricted: true, version: sql`${incidents.version} + 1` })
      .where(eq(incidents.id, id));
    const named = wanted.readers ?? [];
    const readers = await writeReaders(tx, id, mayRestrict || userId === null ? named : [...named, userId]);
    await follow(tx, context, 'restricted', { incident });
    await audit({
      action: 'incident.restricted',
      subjectType: 'incident',
      subjectId: id,
      before: { isRestricted: false },
      after: { isRestricted: true, readers },
      restrictedTo: id,
    });
    return { id };
  },
});
