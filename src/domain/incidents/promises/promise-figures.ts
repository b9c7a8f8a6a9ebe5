import { and, asc, eq, gte, isNull, lt, type SQL } from 'drizzle-orm';
import type { Tables } from '../../../../db/schema.ts';
import type { PromiseAudience } from '../../../../db/words.ts';
import { addMonths, monthOf, startOfDay } from '../../core/calendar.ts';
import type { Context } from '../../core/context.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { areOut, isUnreleased, isUnrestricted } from '../../core/visibility.ts';
import type { FoundPromise } from './find-promises.ts';
import { judged, type TeamPromise } from './list-promises.ts';
import { quantile } from './quantile.ts';

interface PromiseCount {
  kept: number;
  missed: number;
  /** Made, and neither answered nor passed. */
  open: number;
  /** Kept of those whose time is over, 0 to 1; null without any (G-19). */
  rate: number | null;
}

/** The record of a month in figures. */
export interface PromiseFigures {
  audiences: Record<PromiseAudience, PromiseCount>;
  /**
   * From the start of an incident to its first public update, of those first published in the month, in milliseconds (R-070, G-20).
   * What was told when it was over had no update while it lasted: it is counted beside them.
   */
  firstUpdate: { count: number; toldLater: number; median: number | null; p95: number | null };
}

/** A month in the page's zone, from its first instant until that of the next. */
export interface RecordedMonth {
  month: string;
  from: Date;
  until: Date;
}

/** The month asked for, else the present one. Pure. */
export function recordedMonth(
  { time_zone: zone }: Settings,
  now: Date,
  month = monthOf(now, zone),
): RecordedMonth {
  const from = startOfDay(`${month}-01`, zone);
  return { month, from, until: startOfDay(`${addMonths(month, 1)}-01`, zone) };
}

/** Promises for a month that nobody gave back. */
export const arePromisedFor = ({ promises }: Tables, { from, until }: RecordedMonth): SQL | undefined =>
  and(isNull(promises.withdrawnAt), gte(promises.dueAt, from), lt(promises.dueAt, until));

/**
 * Of what was found, what counts for the month, the last due first: of a restricted incident what was promised to customers does
 * not before its release, so that the figure tells nothing of it. Pure.
 */
export const countedFor = (
  { from, until }: RecordedMonth,
  found: readonly FoundPromise[],
  now: Date,
): TeamPromise[] =>
  found
    .filter(
      ({ promise: { audience, dueAt, madeAt, withdrawnAt }, ...lane }) =>
        withdrawnAt === null &&
        dueAt >= from &&
        dueAt < until &&
        (audience === 'management' || !isUnreleased(lane, madeAt)),
    )
    .map(({ promise }) => judged(promise, now))
    .toReversed();

/** The figures of what counts for the month. One query. */
export async function readPromiseFigures(
  context: Context,
  month: RecordedMonth,
  counted: readonly TeamPromise[],
): Promise<PromiseFigures> {
  return {
    audiences: { customers: count(counted, 'customers'), management: count(counted, 'management') },
    firstUpdate: await readFirstUpdate(context, month),
  };
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

async function readFirstUpdate(context: Context, { from, until }: RecordedMonth) {
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
