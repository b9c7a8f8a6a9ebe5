import { and, desc, eq } from 'drizzle-orm';
import type { ComponentStatus } from '../../../db/words.ts';
import type { Context } from '../context.ts';
import { publicIncidents, publicUpdates } from '../visibility.ts';
import type { CategoryLine } from './catalogue.ts';
import type { PublicIncident } from './public-incident.ts';
import { readHome } from './read-home.ts';

export interface Status {
  status: ComponentStatus;
  categories: CategoryLine[];
  /** The categories that do not work, in the order of the headline. */
  troubled: CategoryLine[];
  /** Open incidents and running maintenances, worst first, then oldest. */
  active: PublicIncident[];
  /** Announced maintenances, the next one first. */
  planned: PublicIncident[];
  /** The last publication, correction or translation; null while nothing was ever published. */
  changedAt: Date | null;
  validUntil: Date;
}

/** The state of everything in a few words, for scripts. */
export async function readStatus(context: Context): Promise<Status> {
  const { status, categories, troubled, active, planned, recent, validUntil } = await readHome(context);
  const { tables, read } = context.store;
  const { incidents, incidentUpdates } = tables;
  const [last] = await read
    .select({ publishedAt: incidentUpdates.publishedAt })
    .from(incidentUpdates)
    .innerJoin(incidents, eq(incidentUpdates.incidentId, incidents.id))
    .where(and(publicUpdates(tables, context.now), publicIncidents(tables, context.now)))
    // The greatest of all would read every update there is.
    .orderBy(desc(incidentUpdates.publishedAt))
    .limit(1);
  const shown = [...active, ...planned, ...recent.flatMap((day) => day.incidents)];
  const changes = [last?.publishedAt, ...shown.map((incident) => incident.updatedAt)].flatMap((at) =>
    at ? [at.getTime()] : [],
  );
  return {
    status,
    categories,
    troubled,
    active,
    planned,
    changedAt: changes.length > 0 ? new Date(Math.max(...changes)) : null,
    validUntil,
  };
}
