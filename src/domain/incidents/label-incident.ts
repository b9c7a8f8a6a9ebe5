import { eq, sql } from 'drizzle-orm';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { refuseStale } from '../core/lock.ts';
import { parse } from '../core/parse.ts';
import { labelIncidentInput } from '../not-public/not-public-input.ts';
import { findIncident } from './find-incident.ts';

/** Sets the teams' own labels of an incident, in any words; the world never sees them (R-050). */
export async function labelIncident(context: Context, id: string, input: unknown): Promise<{ id: string }> {
  authorize(context, 'incidents.log');
  const wanted = parse(labelIncidentInput, input);
  const labels = wanted.labels.map((label) => label.trim());
  return context.store.transaction(async (tx) => {
    const { incidents } = tx.tables;
    const incident = await findIncident(tx, context, id);
    refuseStale(wanted.version, incident, { labels: incident.labels }, { labels });
    if (incident.labels.join('\n') === labels.join('\n')) return { id };
    await tx.db
      .update(incidents)
      .set({ labels, version: sql`${incidents.version} + 1` })
      .where(eq(incidents.id, id));
    await appendAudit(tx, context, {
      action: 'incident.labelled',
      subjectType: 'incident',
      subjectId: id,
      before: { labels: incident.labels },
      after: { labels },
      restrictedTo: incident.isRestricted ? id : null,
    });
    return { id };
  });
}
