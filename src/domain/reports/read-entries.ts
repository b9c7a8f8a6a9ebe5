import { eq } from 'drizzle-orm';
import { languages } from '../../../db/words.ts';
import type { Context } from '../core/context.ts';
import { findReport } from './find-report.ts';

/** The timeline of a report as it is stored, where the page does not offer each language: what no form asks would be lost with a save. */
export async function readEntries(context: Context, id: string) {
  if (languages.every((language) => context.offered.includes(language))) return [];
  const { tables, read } = context.store;
  const { report } = await findReport(context.store, context, id);
  return read.select().from(tables.reportEntries).where(eq(tables.reportEntries.reportId, report.id));
}
