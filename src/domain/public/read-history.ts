import { and, asc, count, desc, gte, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { addMonths, monthOf, startOfDay } from '../core/calendar.ts';
import type { Context } from '../core/context.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import type { Settings } from '../core/settings/settings.ts';
import { publicIncidents } from '../core/visibility.ts';
import { nextChange } from './next-change.ts';
import { offsetOf, type Pages, pageLength, pagesOf } from './pages.ts';
import { type PublicIncident, readPublicIncidents } from './public-incident.ts';

export interface HistoryMonth extends Pages {
  settings: Settings;
  asOf: Date;
  /** "2026-11" in the page's zone. */
  month: string;
  /** Those of the page. */
  incidents: PublicIncident[];
  /** First and last month that there is something of, for the way back and forth. */
  firstMonth: string;
  lastMonth: string;
  validUntil: Date;
}

/** What began or went on in a month of `zone`: what lasts for months is in each of them, up to the present one. */
export function inMonth({ store, now }: Context, month: string, zone: string): SQL | undefined {
  const { incidents } = store.tables;
  const from = startOfDay(`${month}-01`, zone);
  const until = startOfDay(`${addMonths(month, 1)}-01`, zone);
  return and(
    lt(incidents.startedAt, until),
    or(
      gte(incidents.startedAt, from),
      gte(incidents.resolvedAt, from),
      from <= now ? isNull(incidents.resolvedAt) : undefined,
    ),
  );
}

/** How many public incidents satisfy `where`. */
export async function countPublicIncidents(context: Context, where?: SQL): Promise<number> {
  const { tables, read } = context.store;
  const [row] = await read
    .select({ all: count() })
    .from(tables.incidents)
    .where(and(publicIncidents(tables, context.now), where));
  return row?.all ?? 0;
}

/**
 * A page of the incidents that began or went on in a month of the page's zone, newest first; the present month when none
 * is named.
 */
export async function readHistoryMonth(context: Context, wanted?: string, page = 1): Promise<HistoryMonth> {
  const settings = await readSettings(context.store);
  const zone = settings.time_zone;
  const present = monthOf(context.now, zone);
  const month = wanted ?? present;
  const where = inMonth(context, month, zone);
  const { first, last, all } = await measure(context, where);
  const firstMonth = first ? monthOf(first, zone) : present;
  const lastMonth = [last ? monthOf(last, zone) : present, present].sort().at(-1) ?? present;
  const found = await readPublicIncidents(context, where, pageLength, offsetOf(page));
  return {
    settings,
    asOf: context.now,
    month,
    ...pagesOf(all, page),
    incidents: found,
    firstMonth,
    lastMonth,
    validUntil: await nextChange(context, zone),
  };
}

/** The start of the first and of the last public incident, each by one step into the index, and how many satisfy `where`. */
async function measure(
  { store, now }: Context,
  where: SQL | undefined,
): Promise<{ first: Date | null; last: Date | null; all: number }> {
  const { incidents } = store.tables;
  const isPublic = publicIncidents(store.tables, now);
  const start = (order: SQL): SQL<Date | null> => {
    const one = store.read.select({ at: incidents.startedAt }).from(incidents).where(isPublic);
    return sql`(${one.orderBy(order).limit(1)})`.mapWith(incidents.startedAt) as SQL<Date | null>;
  };
  const counted = store.read.select({ all: count() }).from(incidents).where(and(isPublic, where));
  const [row] = await store.read
    .select({
      first: start(asc(incidents.startedAt)),
      last: start(desc(incidents.startedAt)),
      all: sql`(${counted})`.mapWith(Number),
    })
    .from(sql`(select 1) as one`);
  return row ?? { first: null, last: null, all: 0 };
}
