import { eq } from 'drizzle-orm';
import { idPattern } from '../../../db/ids.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { notFound } from '../core/errors.ts';
import { readTeamIncidents, type TeamIncident } from './team-incident.ts';

/** One incident for the team, with all its updates; not found for who may not see it. */
export async function readIncident(context: Context, id: string): Promise<TeamIncident> {
  authorize(context, 'incidents.read');
  if (!idPattern.test(id)) throw notFound();
  const [incident] = await readTeamIncidents(context, eq(context.store.tables.incidents.id, id));
  if (!incident) throw notFound();
  return incident;
}
