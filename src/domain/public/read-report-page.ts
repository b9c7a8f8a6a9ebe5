import { and, eq, lt, or } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { notFound } from '../core/errors.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import type { Settings } from '../core/settings/settings.ts';
import { publicIncidents, publicReports } from '../core/visibility.ts';
import { nextChange } from './next-change.ts';
import { type PublicReport, readPublicReports } from './public-report.ts';

export interface ReportPage {
  settings: Settings;
  report: PublicReport;
  validUntil: Date;
}

/**
 * The newest published version of a report, or the one asked for; null when the world may not see one at this address. Every
 * version stays readable and is not for search engines; one that was for fewer readers than everybody is never shown.
 */
export async function readReportPage(
  context: Context,
  slug: string,
  version?: number,
): Promise<ReportPage | null> {
  const { reports } = context.store.tables;
  const settings = await readSettings(context.store);
  const [report] = await readPublicReports(context, eq(reports.slug, slug), { limit: 1, version });
  if (!report) return null;
  return { settings, report, validUntil: await nextChange(context, settings.time_zone) };
}

/** The same by the id that the JSON API names it with. */
export async function readReportById(context: Context, id: string): Promise<ReportPage | null> {
  const { reports } = context.store.tables;
  const settings = await readSettings(context.store);
  const [report] = await readPublicReports(context, eq(reports.id, id), { limit: 1 });
  if (!report) return null;
  return { settings, report, validUntil: await nextChange(context, settings.time_zone) };
}

/** Reports of one answer for programs. */
const listCount = 50;

/** The newest fifty, for programs; after an id of the list, the fifty that follow it. `next` is the id to go on after. */
export async function readReportList(
  context: Context,
  before: string | null = null,
): Promise<{ reports: PublicReport[]; next: string | null; validUntil: Date }> {
  const { time_zone: zone } = await readSettings(context.store);
  const { tables, read } = context.store;
  const { reports, incidents } = tables;
  const start = read
    .select({ at: incidents.startedAt })
    .from(reports)
    .innerJoin(incidents, eq(reports.incidentId, incidents.id))
    .where(
      and(
        eq(reports.id, before ?? ''),
        publicReports(tables, context.now),
        publicIncidents(tables, context.now),
      ),
    );
  const [from] = before === null ? [] : await start;
  if (before !== null && !from) throw notFound();
  const where = from
    ? or(
        lt(incidents.startedAt, from.at),
        and(eq(incidents.startedAt, from.at), lt(reports.id, before ?? '')),
      )
    : undefined;
  const found = await readPublicReports(context, where, { limit: listCount + 1 });
  const shown = found.slice(0, listCount);
  return {
    reports: shown,
    next: found.length > listCount ? (shown.at(-1)?.id ?? null) : null,
    validUntil: await nextChange(context, zone),
  };
}
