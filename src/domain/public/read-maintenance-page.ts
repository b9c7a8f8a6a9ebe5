import { eq } from 'drizzle-orm';
import type { Language } from '../../../db/words.ts';
import { monthOf } from '../../i18n/time.ts';
import type { Context } from '../context.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Settings } from '../settings/settings.ts';
import { nextChange } from './next-change.ts';
import { currentAndNewest, isOver, type PublicIncident, readPublicIncidents } from './public-incident.ts';
import { readComponentNames } from './read-incident-page.ts';

/** Past maintenances that the page lists; the history has all. What runs or is announced is never left out. */
const pastCount = 60;

export interface MaintenancePage {
  settings: Settings;
  asOf: Date;
  running: PublicIncident[];
  /** The next one first. */
  announced: PublicIncident[];
  /** By the month of the page's zone in which they started, newest first. */
  past: { month: string; incidents: PublicIncident[] }[];
  componentNames: Map<string, Record<Language, string>>;
  validUntil: Date;
}

/** Every maintenance the world may know of: running, announced and past (U-19). A fixed number of queries. */
export async function readMaintenancePage(context: Context): Promise<MaintenancePage> {
  const settings = await readSettings(context.store);
  const zone = settings.time_zone;
  const { incidents } = context.store.tables;
  const shown = currentAndNewest(context, pastCount, eq(incidents.kind, 'maintenance'));
  const found = await readPublicIncidents(context, shown);
  const open = found.filter((incident) => !isOver(incident));
  const months = Map.groupBy(found.filter(isOver), (incident) => monthOf(incident.startedAt, zone));
  return {
    settings,
    asOf: context.now,
    running: open.filter(({ phase }) => phase !== 'scheduled'),
    announced: open.filter(({ phase }) => phase === 'scheduled').reverse(),
    past: [...months].map(([month, list]) => ({ month, incidents: list })),
    componentNames: await readComponentNames(context, open),
    validUntil: await nextChange(context, zone),
  };
}
