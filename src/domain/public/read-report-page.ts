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

/** The newest published version of a report, or null when the world may not see one at this address. */
export async function readReportPage(context: Context, slug: string): Promise<ReportPage | null> {
  const { reports } = context.store.tables;
  const settings = await readSettings(context.store);
  const [report] = await readPublicReports(context, eq(reports.slug, slug), 1);
  if (!report) return null;
  return { settings, report, validUntil: await nextChange(context, settings.time_zone) };
}
