import { eq, sql } from 'drizzle-orm';
import { actOn } from '../../core/act.ts';
import { refuseStale } from '../../core/lock.ts';
import { findIncident } from '../find-incident.ts';
import { setAffectsCustomersInput } from './not-public-input.ts';

/** Says whether customers feel the incident; one that they feel must become public or have a reason. */
export const setAffectsCustomers = actOn({
  permission: 'incidents.record',
  input: setAffectsCustomersInput,
  audits: ['incident.customer-impact-set'],
  async work({ tx, context, audit }, id, { affectsCustomers, version }): Promise<{ id: string }> {
    const { incidents } = tx.tables;
    const incident = await findIncident(tx, context, id);
    const before = { affectsCustomers: incident.affectsCustomers };
    refuseStale(version, incident, before, { affectsCustomers });
    if (incident.affectsCustomers === affectsCustomers) return { id };
    await tx.db
      .update(incidents)
      .set({ affectsCustomers, version: sql`${incidents.version} + 1` })
      .where(eq(incidents.id, id));
    await audit({
      action: 'incident.customer-impact-set',
      subjectType: 'incident',
      subjectId: id,
      before,
      after: { affectsCustomers },
      restrictedTo: incident.isRestricted ? id : null,
    });
    return { id };
  },
});
