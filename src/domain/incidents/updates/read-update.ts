import { eq } from 'drizzle-orm';
import { idPattern } from '../../../../db/ids.ts';
import type { Context } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { readIncident } from '../read-incident.ts';
import type { TeamIncident, TeamUpdate } from '../team-incident.ts';

/** One update with its incident, for correcting it; not found for who may not see the incident. */
export async function readUpdate(
  context: Context,
  id: string,
): Promise<{ incident: TeamIncident; update: TeamUpdate }> {
  const { incidentUpdates } = context.store.tables;
  if (!idPattern.test(id)) throw notFound();
  const [row] = await context.store.read
    .select({ incidentId: incidentUpdates.incidentId })
    .from(incidentUpdates)
    .where(eq(incidentUpdates.id, id));
  if (!row) throw notFound();
  const incident = await readIncident(context, row.incidentId);
  const update = incident.updates.find((candidate) => candidate.id === id);
  if (!update) throw notFound();
  return { incident, update };
}
