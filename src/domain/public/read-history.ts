import { and, gte, isNotNull, isNull, lt, max, min, or } from 'drizzle-orm';
import { addMonths, monthOf, startOfDay } from '../../i18n/time.ts';
import type { Context } from '../context.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Settings } from '../settings/settings.ts';
import { publicIncidents } from '../visibility.ts';
import { nextChange } from './next-change.ts';
import { type PublicIncident, readPublicIncidents } from './public-incident.ts';

export interface HistoryMonth {
  settings: Settings;
  asOf: Date;
  /** "2026-11" in the page's zone. */
  month: string;
  incidents: PublicIncident[];
  /** First and last month that there is something of, for the way back and forth. */
  firstMonth: string;
  lastMonth: string;
  validUntil: Date;
}

/** The incidents that began or went on in a month of the page's zone, newest first; the present month when none is named. */
export async function readHistoryMonth(context: Context, wanted?: string): Promise<HistoryMonth> {
  const { tables, read } = context.store;
  const { incidents } = tables;
  const settings = await readSettings(context.store);
  const zone = settings.time_zone;
  const present = monthOf(context.now, zone);
  const month = wanted ?? present;
  const from = startOfDay(`${month}-01`, zone);
  const until = startOfDay(`${addMonths(month, 1)}-01`, zone);
  const found = await readPublicIncidents(
    context,
    and(
      lt(incidents.startedAt, until),
      // What lasts for months is in each of them, up to the present one.
      or(
        gte(incidents.startedAt, from),
        gte(incidents.resolvedAt, from),
        from <= context.now ? isNull(incidents.resolvedAt) : undefined,
      ),
    ),
  );
  const [edges] = await read
    .select({ first: min(incidents.startedAt), last: max(incidents.startedAt) })
    .from(incidents)
    .where(and(isNotNull(incidents.publishedAt), publicIncidents(tables, context.now)));
  const last = edges?.last ? monthOf(edges.last, zone) : present;
  return {
    settings,
    asOf: context.now,
    month,
    incidents: found,
    firstMonth: edges?.first ? monthOf(edges.first, zone) : present,
    lastMonth: [last, present].sort().at(-1) ?? present,
    validUntil: await nextChange(context, zone),
  };
}
