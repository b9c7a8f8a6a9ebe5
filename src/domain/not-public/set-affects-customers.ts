import { eq, sql } from 'drizzle-orm';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { refuseStale } from '../core/lock.ts';
import { parse } from '../core/parse.ts';
import { findIncident } from '../incidents/find-incident.ts';
import { setAffectsCustomersInput } from './not-public-input.ts';

/** Says whether customers feel the incident; one that they feel must become public or have a reason. */
export async function setAffectsCustomers(
  context: Context,
  id: string,
  input: unknown,
): Promise<{ id: string }> {
  authorize(context, 'incidents.log');
  const { affectsCustomers, version } = parse(setAffectsCustomersInput, input);
  return context.store.transaction(async (tx) => {
    const { incidents } = tx.tables;
    const incident = await findIncident(tx, context, id);
    const before = { affectsCustomers: incident.affectsCustomers };
    refuseStale(version, incident, before, { affectsCustomers });
    if (incident.affectsCustomers === affectsCustomers) return { id };
    await tx.db
      .update(incidents)
      .set({ affectsCustomers, version: sql`${incidents.version} + 1` })
      .where(eq(incidents.id, id));
    await appendAudit(tx, context, {
      action: 'incident.customer-impact-set',
      subjectType: 'incident',
      subjectId: id,
      before,
      after: { affectsCustomers },
      restrictedTo: incident.isRestricted ? id : null,
    });
    return { id };
  });
}
