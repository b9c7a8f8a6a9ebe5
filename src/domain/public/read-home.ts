import { gt, gte, isNull, or } from 'drizzle-orm';
import type { ComponentStatus } from '../../../db/words.ts';
import { addDays, dayOf, startOfDay } from '../../i18n/time.ts';
import type { Context } from '../context.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Settings } from '../settings/settings.ts';
import { type CategoryLine, readCatalogue } from './catalogue.ts';
import { pageStatus } from './headline.ts';
import { nextChange } from './next-change.ts';
import { readNinetyDays } from './ninety-days.ts';
import { nextFigure } from './observed.ts';
import { isOver, type PublicIncident, readPublicIncidents } from './public-incident.ts';
import { worstFirst } from './worst-first.ts';

/** Past incidents that the home page shows by day. */
const recentDays = 7;

export interface HomePage {
  settings: Settings;
  asOf: Date;
  status: ComponentStatus;
  categories: CategoryLine[];
  /** The categories that do not work, in the order of the headline. */
  troubled: CategoryLine[];
  /** Open incidents and running maintenances, worst first, then oldest. */
  active: PublicIncident[];
  /** Announced maintenances, the next one first. */
  planned: PublicIncident[];
  /** The last days, today first, with what ended on them. */
  recent: { day: string; incidents: PublicIncident[] }[];
  validUntil: Date;
}

/** Everything the home page says. A fixed number of queries. */
export async function readHome(context: Context): Promise<HomePage> {
  const settings = await readSettings(context.store);
  const zone = settings.time_zone;
  const today = dayOf(context.now, zone);
  const since = startOfDay(addDays(today, 1 - recentDays), zone);
  const { incidents } = context.store.tables;
  const current = await readPublicIncidents(
    context,
    or(isNull(incidents.openUntil), gt(incidents.openUntil, since), gte(incidents.startedAt, since)),
  );
  const history = await readNinetyDays(context, zone);
  const categories = await readCatalogue(context, { settings, history, incidents: current });
  const isPlanned = (incident: PublicIncident): boolean => incident.phase === 'scheduled';
  const ended = current.filter(isOver);
  return {
    settings,
    asOf: context.now,
    status: pageStatus(
      categories.flatMap((c) => c.weighed),
      categories.map((c) => c.status),
    ),
    categories,
    ...worstFirst(
      current.filter((incident) => !isOver(incident) && !isPlanned(incident)),
      categories,
    ),
    planned: current.filter(isPlanned).sort(byStart),
    recent: Array.from({ length: recentDays }, (_, back) => {
      const day = addDays(today, -back);
      return { day, incidents: ended.filter((i) => dayOf(i.resolvedAt ?? i.startedAt, zone) === day) };
    }),
    validUntil: await nextChange(
      context,
      zone,
      nextFigure(
        categories.flatMap((category) => [category, ...category.components]),
        context.now,
      ),
    ),
  };
}

const byStart = (a: PublicIncident, b: PublicIncident): number =>
  (a.scheduledFor ?? a.startedAt).getTime() - (b.scheduledFor ?? b.startedAt).getTime() ||
  (a.id < b.id ? -1 : 1);
