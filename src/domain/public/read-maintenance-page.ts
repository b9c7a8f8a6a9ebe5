import { and, eq, lte, type SQL } from 'drizzle-orm';
import type { Language } from '../../../db/words.ts';
import { monthOf } from '../core/calendar.ts';
import type { Context } from '../core/context.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import type { Settings } from '../core/settings/settings.ts';
import { isAnnounced } from '../incidents/phase.ts';
import { nextChange } from './next-change.ts';
import { offsetOf, type Pages, pageLength, pagesAround } from './pages.ts';
import { currentAndNewest, isOver, type PublicIncident, readPublicIncidents } from './public-incident.ts';
import { countPublicIncidents } from './read-history.ts';
import { readComponentNames } from './read-incident-page.ts';

export interface MaintenancePage extends Pages {
  settings: Settings;
  asOf: Date;
  /** What runs and what is announced stand on the first page alone. */
  running: PublicIncident[];
  /** The next one first. */
  announced: PublicIncident[];
  /** By the month of the page's zone in which they started, newest first. */
  past: { month: string; incidents: PublicIncident[] }[];
  componentNames: Map<string, Record<Language, string>>;
  validUntil: Date;
}

/** Maintenances that are over. */
export const pastMaintenance = ({ store, now }: Context): SQL | undefined =>
  and(eq(store.tables.incidents.kind, 'maintenance'), lte(store.tables.incidents.openUntil, now));

/**
 * Every maintenance the world may know of: running, announced and past (U-19); on later pages older past
 * ones. A fixed number of queries.
 */
export async function readMaintenancePage(context: Context, page = 1): Promise<MaintenancePage> {
  const settings = await readSettings(context.store);
  const zone = settings.time_zone;
  const isPast = pastMaintenance(context);
  const isMaintenance = eq(context.store.tables.incidents.kind, 'maintenance');
  const found =
    page === 1
      ? await readPublicIncidents(context, currentAndNewest(context, pageLength, isMaintenance))
      : await readPublicIncidents(context, isPast, pageLength, offsetOf(page));
  const open = found.filter((incident) => !isOver(incident));
  const past = found.filter(isOver);
  const months = Map.groupBy(past, (incident) => monthOf(incident.startedAt, zone));
  return {
    settings,
    asOf: context.now,
    ...(await pagesAround(past.length, page, () => countPublicIncidents(context, isPast))),
    running: open.filter(({ phase }) => !isAnnounced(phase)),
    announced: open.filter(({ phase }) => isAnnounced(phase)).reverse(),
    past: [...months].map(([month, list]) => ({ month, incidents: list })),
    componentNames: await readComponentNames(context, open),
    validUntil: await nextChange(context, zone),
  };
}
