import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Settings } from '../settings/settings.ts';
import { nextChange } from './next-change.ts';
import { type PublicReport, readPublicReports } from './public-report.ts';

export interface ReportPage {
  settings: Settings;
  report: PublicReport;
  validUntil: Date;
}

/** The newest published version of a report, or the one asked for; null when the world may not see one at this address. */
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

/** The newest fifty, for programs. */
export async function readReportList(
  context: Context,
): Promise<{ reports: PublicReport[]; validUntil: Date }> {
  const { time_zone: zone } = await readSettings(context.store);
  return {
    reports: await readPublicReports(context, undefined, { limit: 50 }),
    validUntil: await nextChange(context, zone),
  };
}
