import { eq, sql } from 'drizzle-orm';
import { actOn } from '../core/act.ts';
import { refuseStale } from '../core/lock.ts';
import { findIncident } from './find-incident.ts';
import { labelIncidentInput } from './not-public/not-public-input.ts';

/** Sets the teams' own labels of an incident, in any words; the world never sees them (R-050). */
export const labelIncident = actOn({
  permission: 'incidents.record',
  input: labelIncidentInput,
  audits: ['incident.labelled'],
  async work({ tx, context, audit }, id, wanted): Promise<{ id: string }> {
    const labels = wanted.labels.map((label) => label.trim());
    const { incidents } = tx.tables;
    const incident = await findIncident(tx, context, id);
    refuseStale(wanted.version, incident, { labels: incident.labels }, { labels });
    if (incident.labels.join('\n') === labels.join('\n')) return { id };
    await tx.db
      .update(incidents)
      .set({ labels, version: sql`${incidents.version} + 1` })
      .where(eq(incidents.id, id));
    await audit({
      action: 'incident.labelled',
      subjectType: 'incident',
      subjectId: id,
      before: { labels: incident.labels },
      after: { labels },
      restrictedTo: incident.isRestricted ? id : null,
    });
    return { id };
  },
});
