import { and, desc, eq, lte, type SQL, sql } from 'drizzle-orm';
import type { ComponentStatus } from '../../../db/words.ts';
import type { Context } from '../core/context.ts';
import { publicIncidents, publicUpdates } from '../core/visibility.ts';
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
  const { incidents, incidentUpdates, incidentUpdateTexts } = tables;
  const isSeen = and(publicUpdates(tables, context.now), publicIncidents(tables, context.now));
  // Each by a step into an index: the greatest of all would read every update, and every text, there is.
  const published = read
    .select({ at: incidentUpdates.publishedAt })
    .from(incidentUpdates)
    .innerJoin(incidents, eq(incidentUpdates.incidentId, incidents.id))
    .where(isSeen)
    .orderBy(desc(incidentUpdates.publishedAt))
    .limit(1);
  const written = read
    .select({ at: incidentUpdateTexts.createdAt })
    .from(incidentUpdateTexts)
    .innerJoin(incidentUpdates, eq(incidentUpdateTexts.updateId, incidentUpdates.id))
    .innerJoin(incidents, eq(incidentUpdates.incidentId, incidents.id))
    .where(and(isSeen, lte(incidentUpdateTexts.createdAt, context.now)))
    .orderBy(desc(incidentUpdateTexts.createdAt))
    .limit(1);
  const instant = (of: typeof published | typeof written): SQL<Date | null> =>
    sql`(${of})`.mapWith(incidentUpdates.publishedAt) as SQL<Date | null>;
  const [last] = await read
    .select({ published: instant(published), written: instant(written) })
    .from(sql`(select 1) as one`);
  const shown = [...active, ...planned, ...recent.flatMap((day) => day.incidents)];
  const changes = [last?.published, last?.written, ...shown.map((incident) => incident.updatedAt)].flatMap(
    (at) => (at ? [at.getTime()] : []),
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
