import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Language, languages } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import { addMonths, monthOf } from '../../core/calendar.ts';
import type { Context } from '../../core/context.ts';
import { parse } from '../../core/parse.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { visibleIncidents } from '../../core/visibility.ts';
import { splitAhead } from '../maintenance/ahead.ts';
import { readTitled, type TitledUpdate } from '../updates/read-titles.ts';
import { textIn } from '../updates/timeline.ts';
import { findPromises } from './find-promises.ts';
import type { TeamPromise } from './list-promises.ts';
import {
  arePromisedFor,
  countedFor,
  type PromiseFigures,
  readPromiseFigures,
  recordedMonth,
} from './promise-figures.ts';

/** "2026-11", within the years that both engines hold with a month before and after. */
export const monthPattern = /^(19[7-9]\d|[2-8]\d{3})-(0[1-9]|1[0-2])$/;

export const promiseRecordInput = z.strictObject({
  /** "2026-11", in the page's zone; the present month without it. */
  month: z.string().regex(monthPattern).optional(),
});

interface PromiseRecord extends PromiseFigures {
  settings: Settings;
  month: string;
  /** Null where nothing was promised before. */
  previousMonth: string | null;
  nextMonth: string | null;
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
  const { store, now } = context;
  const settings = await readSettings(store);
  const asked = recordedMonth(settings, now, parse(promiseRecordInput, input).month);
  const found = await findPromises(context, [arePromisedFor(store.tables, asked)]);
  const counted = countedFor(asked, found, now);
  const ids = [...new Set(counted.map(({ incidentId }) => incidentId))];
  const internalTitles = new Map(
    found.map(({ promise, internalTitle }) => [promise.incidentId, internalTitle]),
  );
  const titled = await readTitled(store, ids);
  const first = await readFirstDue(context);
  const { month, from } = asked;
  return {
    settings,
    month,
    previousMonth: first && first < from ? addMonths(month, -1) : null,
    nextMonth: month < monthOf(now, settings.time_zone) ? addMonths(month, 1) : null,
    ...(await readPromiseFigures(context, asked, counted)),
    incidents: ids.map((id) => {
      // The newest in each language: an update may wait for its translation.
      const texts = carriedTitles(splitAhead(titled.get(id) ?? [], now).updates);
      return {
        id,
        texts,
        title: textIn(texts, 'en')?.text.title ?? internalTitles.get(id) ?? '',
        promises: counted.filter(({ incidentId }) => incidentId === id),
      };
    }),
  };
}

/** For when the very first update was promised, of incidents that the actor may see. One query. */
async function readFirstDue(context: Context): Promise<Date | null> {
  const { incidents, promises } = context.store.tables;
  const [first] = await context.store.read
    .select({ dueAt: promises.dueAt })
    .from(promises)
    .innerJoin(incidents, eq(promises.incidentId, incidents.id))
    .where(visibleIncidents(context))
    .orderBy(asc(promises.dueAt))
    .limit(1);
  return first?.dueAt ?? null;
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
