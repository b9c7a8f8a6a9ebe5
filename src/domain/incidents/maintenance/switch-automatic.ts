import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { actOn } from '../../core/act.ts';
import { DomainError } from '../../core/errors.ts';
import { version } from '../../core/fields.ts';
import { refuseStale } from '../../core/lock.ts';
import { findIncident } from '../find-incident.ts';
import { isFinal } from '../phase.ts';
import { refuseUnreleasedText } from '../restricted/released.ts';
import { touchIncident } from '../touch-incident.ts';
import { settleSwitch, windowToCome } from '../updates/held-change.ts';
import { planEdges } from './plan-edges.ts';

const switchAutomaticInput = z
  .strictObject({
    isAutomatic: z.boolean(),
    /** The version of the incident that the author saw; another one is a conflict. */
    version: version(),
  })
  .meta({ id: 'SwitchAutomatic' });

/**
 * Lets a maintenance start and complete itself at its planned instants, or takes that back. Returns its id. Of a released
 * restricted one this publishes texts, so it is refused to who may not.
 */
export const switchAutomatic = actOn({
  permission: 'incidents.post-update',
  input: switchAutomaticInput,
  audits: ['maintenance.automatic-on', 'maintenance.automatic-off'],
  async work({ tx, context, audit }, id, { isAutomatic, version }): Promise<{ id: string }> {
    const incident = await findIncident(tx, context, id);
    refuseUnreleasedText(context, incident);
    const toCome = windowToCome(incident, incident.updates);
    const before = { isAutomatic: toCome.isAutomatic };
    refuseStale(version, incident, before, { isAutomatic });
    if (incident.kind !== 'maintenance') throw new DomainError('conflict', 'not_maintenance');
    if (isFinal(incident.latest?.phase ?? null)) throw new DomainError('conflict', 'maintenance_over');
    if (toCome.isAutomatic === isAutomatic) return { id };
    const { incidents } = tx.tables;
    await tx.db
      .update(incidents)
      .set({ isAutomatic, updatedAt: context.now, version: sql`${incidents.version} + 1` })
      .where(eq(incidents.id, id));
    await settleSwitch(tx, incident.updates);
    await audit({
      action: isAutomatic ? 'maintenance.automatic-on' : 'maintenance.automatic-off',
      subjectType: 'incident',
      subjectId: id,
      before,
      after: { isAutomatic },
      restrictedTo: incident.isRestricted ? id : null,
    });
    await planEdges(tx, context, id);
    touchIncident(tx, incident, { now: context.now });
    return { id };
  },
});
