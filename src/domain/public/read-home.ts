import { and, desc, gt, isNull, lte, or } from 'drizzle-orm';
import { oneOf } from '../../../db/one-of.ts';
import type { ComponentStatus, Phase } from '../../../db/words.ts';
import { addDays, dayOf, startOfDay } from '../core/calendar.ts';
import type { Context } from '../core/context.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import type { Settings } from '../core/settings/settings.ts';
import { publicIncidents } from '../core/visibility.ts';
import { isAnnounced } from '../incidents/phase.ts';
import { type CategoryLine, readCatalogue } from './catalogue.ts';
import { pageStatus } from './headline.ts';
import { nextChange } from './next-change.ts';
import { readNinetyDays } from './ninety-days.ts';
import { nextFigure } from './observed.ts';
import { isOver, type PublicIncident, readPublicIncidents } from './public-incident.ts';
import { wasOpenOn } from './was-open-on.ts';
import { worstFirst } from './worst-first.ts';

/** Past incidents that the home page shows by day, and how many of a day at most; its month has all. */
const recentDays = 7;
const dayLength = 5;

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
  /** The last days, today first, with the newest that ended on them, and how many more were open on them. */
  recent: { day: string; incidents: PublicIncident[]; more: number }[];
  validUntil: Date;
}

/** A calendar day of the page's zone, "2026-11-28", `until` exclusive. */
interface Day {
  day: string;
  from: Date;
  until: Date;
}

/** Everything the home page says. A fixed number of queries. */
export async function readHome(context: Context): Promise<HomePage> {
  const settings = await readSettings(context.store);
  const zone = settings.time_zone;
  const today = dayOf(context.now, zone);
  const days = Array.from({ length: recentDays }, (_, back): Day => {
    const day = addDays(today, -back);
    return { day, from: startOfDay(day, zone), until: startOfDay(addDays(day, 1), zone) };
  });
  const { incidents } = context.store.tables;
  const over = await readEnded(context, days);
  const endedBy = Map.groupBy(over, (row) => days.find(({ from }) => endOf(row) >= from));
  const shown = days.flatMap((day) => endedBy.get(day)?.slice(0, dayLength) ?? []);
  const isShown = new Set(shown);
  const left = over.filter((row) => !isShown.has(row));
  const current = await readPublicIncidents(
    context,
    or(
      isNull(incidents.openUntil),
      gt(incidents.openUntil, context.now),
      oneOf(
        incidents.id,
        shown.map(({ id }) => id),
      ),
    ),
  );
  const history = await readNinetyDays(context, zone, current);
  const categories = await readCatalogue(context, { settings, history, incidents: current });
  const isPlanned = (incident: PublicIncident): boolean => isAnnounced(incident.phase);
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
    recent: days.map((day) => ({
      day: day.day,
      incidents: ended.filter((each) => endOf(each) >= day.from && endOf(each) < day.until),
      // What is not shown where it ended is not shown on the days before either, on which it was open.
      more: left.filter((row) => wasOpenOn(row, day)).length,
    })),
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

const endOf = ({ resolvedAt, startedAt }: Pick<PublicIncident, 'resolvedAt' | 'startedAt'>): Date =>
  resolvedAt ?? startedAt;

/** What is surely over and ended on these days, newest start first: all of them, because they may be hundreds. */
async function readEnded(
  { store, now }: Context,
  days: readonly Day[],
): Promise<{ id: string; startedAt: Date; resolvedAt: Date | null; phase: Phase }[]> {
  const { incidents } = store.tables;
  const rows = await store.read
    .select({
      id: incidents.id,
      startedAt: incidents.startedAt,
      resolvedAt: incidents.resolvedAt,
      phase: incidents.phase,
    })
    .from(incidents)
    .where(
      and(
        publicIncidents(store.tables, now),
        gt(incidents.openUntil, days.at(-1)?.from ?? now),
        lte(incidents.openUntil, now),
      ),
    )
    .orderBy(desc(incidents.startedAt), desc(incidents.id));
  return rows.flatMap(({ phase, ...row }) => (phase ? [{ ...row, phase }] : []));
}

const byStart = (a: PublicIncident, b: PublicIncident): number =>
  (a.scheduledFor ?? a.startedAt).getTime() - (b.scheduledFor ?? b.startedAt).getTime() ||
  (a.id < b.id ? -1 : 1);
