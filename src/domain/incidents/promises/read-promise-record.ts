import { and, asc, desc, eq, gte, isNull, lt } from 'drizzle-orm';
import { z } from 'zod';
import { type Language, languages, type PromiseAudience } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import { addMonths, monthOf, startOfDay } from '../../core/calendar.ts';
import type { Context } from '../../core/context.ts';
import { parse } from '../../core/parse.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { areOut, isUnreleased, isUnrestricted, visibleIncidents } from '../../core/visibility.ts';
import { splitAhead } from '../maintenance/ahead.ts';
import { readTitled, type Titled, type TitledUpdate } from '../updates/read-titles.ts';
import { textIn } from '../updates/timeline.ts';
import { judged, type TeamPromise } from './list-promises.ts';
import { quantile } from './quantile.ts';

/** "2026-11", within the years that both engines hold with a month before and after. */
export const monthPattern = /^(19[7-9]\d|[2-8]\d{3})-(0[1-9]|1[0-2])$/;

export const promiseRecordInput = z.strictObject({
  /** "2026-11", in the page's zone; the present month without it. */
  month: z.string().regex(monthPattern).optional(),
});

interface PromiseCount {
  kept: number;
  missed: number;
  /** Made, and neither answered nor passed. */
  open: number;
  /** Kept of those whose time is over, 0 to 1; null without any (G-19). */
  rate: number | null;
}

export interface PromiseRecord {
  settings: Settings;
  month: string;
  /** Null where nothing was promised before. */
  previousMonth: string | null;
  nextMonth: string | null;
  audiences: Record<PromiseAudience, PromiseCount>;
  /**
   * From the start of an incident to its first public update, of those first published in the month, in milliseconds (R-070, G-20).
   * What was told when it was over had no update while it lasted: it is counted beside them.
   */
  firstUpdate: { count: number; toldLater: number; median: number | null; p95: number | null };
  /** By incident, the one with the newest promise first. */
  incidents: {
    id: string;
    title: string;
    texts: Partial<Record<Language, { title: string }>>;
    promises: TeamPromise[];
  }[];
}

/**
 * What was promised for a month and whether it came, counted by the month of the promised instant. A restricted incident counts
 * for who may see it, and for customers not before its release, so that the figure tells nothing of it. A fixed number of
 * queries.
 */
export async function readPromiseRecord(context: Context, input: unknown = {}): Promise<PromiseRecord> {
  authorize(context, 'incidents.read');
  const { month } = parse(promiseRecordInput, input);
  const found = await findPromiseRecord(context, await readSettings(context.store), month);
  return showPromiseRecord(found, await readTitled(context.store, found.ids), context.now);
}

/** The same without the titles of its incidents, which a page reads for several lists at once. Three queries. */
export async function findPromiseRecord(context: Context, settings: Settings, asked?: string) {
  authorize(context, 'incidents.read');
  const zone = settings.time_zone;
  const thisMonth = monthOf(context.now, zone);
  const month = asked ?? thisMonth;
  const from = startOfDay(`${month}-01`, zone);
  const until = startOfDay(`${addMonths(month, 1)}-01`, zone);
  const { incidents, promises } = context.store.tables;
  const rows = await context.store.read
    .select({
      promise: promises,
      isRestricted: incidents.isRestricted,
      releasedAt: incidents.releasedAt,
      internalTitle: incidents.internalTitle,
    })
    .from(promises)
    .innerJoin(incidents, eq(promises.incidentId, incidents.id))
    .where(
      and(
        visibleIncidents(context),
        isNull(promises.withdrawnAt),
        gte(promises.dueAt, from),
        lt(promises.dueAt, until),
      ),
    )
    .orderBy(desc(promises.dueAt), desc(promises.id));
  const [first] = await context.store.read
    .select({ dueAt: promises.dueAt })
    .from(promises)
    .innerJoin(incidents, eq(promises.incidentId, incidents.id))
    .where(visibleIncidents(context))
    .orderBy(asc(promises.dueAt))
    .limit(1);
  const counted = rows
    .filter(
      ({ promise, isRestricted, releasedAt }) =>
        promise.audience === 'management' || !isUnreleased({ isRestricted, releasedAt }, promise.madeAt),
    )
    .map(({ promise }) => judged(promise, context.now));
  const ids = [...new Set(counted.map(({ incidentId }) => incidentId))];
  const titles = new Map(rows.map(({ promise, internalTitle }) => [promise.incidentId, internalTitle]));
  return {
    settings,
    month,
    previousMonth: first?.dueAt && first.dueAt < from ? addMonths(month, -1) : null,
    nextMonth: month < thisMonth ? addMonths(month, 1) : null,
    audiences: {
      customers: count(counted, 'customers'),
      management: count(counted, 'management'),
    },
    firstUpdate: await readFirstUpdate(context, from, until),
    ids,
    titles,
    counted,
  };
}

/** What was found, with the titles. Pure. */
export function showPromiseRecord(
  { ids, titles, counted, ...record }: Awaited<ReturnType<typeof findPromiseRecord>>,
  titled: Titled,
  now: Date,
): PromiseRecord {
  return {
    ...record,
    incidents: ids.map((id) => {
      // The newest in each language: an update may wait for its translation.
      const texts = carriedTitles(splitAhead(titled.get(id) ?? [], now).updates);
      return {
        id,
        texts,
        title: textIn(texts, 'en')?.text.title ?? titles.get(id) ?? '',
        promises: counted.filter(({ incidentId }) => incidentId === id),
      };
    }),
  };
}

/** The newest title in each language, of updates that begin with the newest. */
function carriedTitles(updates: readonly TitledUpdate[]): TitledUpdate['texts'] {
  const carried: TitledUpdate['texts'] = {};
  for (const language of languages) {
    const text = updates.find((one) => one.texts[language])?.texts[language];
    if (text) carried[language] = text;
  }
  return carried;
}

function count(all: readonly TeamPromise[], audience: PromiseAudience): PromiseCount {
  const own = all.filter((promise) => promise.audience === audience);
  const kept = own.filter(({ state }) => state === 'kept').length;
  const missed = own.filter(({ state }) => state === 'missed' || state === 'overdue').length;
  return {
    kept,
    missed,
    open: own.length - kept - missed,
    rate: kept + missed > 0 ? kept / (kept + missed) : null,
  };
}

async function readFirstUpdate(context: Context, from: Date, until: Date) {
  const { incidents } = context.store.tables;
  const rows = await context.store.read
    .select({
      startedAt: incidents.startedAt,
      publishedAt: incidents.publishedAt,
      resolvedAt: incidents.resolvedAt,
    })
    .from(incidents)
    .where(
      and(
        eq(incidents.kind, 'incident'),
        // Those of the restricted lane wait for their release, which tells nothing of the desk.
        isUnrestricted(context.store.tables),
        // The first word on what was taken over came from another page.
        isNull(incidents.importedFrom),
        gte(incidents.publishedAt, from),
        lt(incidents.publishedAt, until),
        areOut(incidents, context.now),
      ),
    )
    .orderBy(asc(incidents.publishedAt), asc(incidents.id));
  const times = rows.flatMap(({ startedAt, publishedAt, resolvedAt }) =>
    publishedAt && !(resolvedAt && resolvedAt < publishedAt)
      ? [Math.max(0, publishedAt.getTime() - startedAt.getTime())]
      : [],
  );
  const toldLater = rows.length - times.length;
  return { count: times.length, toldLater, median: quantile(times, 0.5), p95: quantile(times, 0.95) };
}
