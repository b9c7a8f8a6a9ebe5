import { and, desc, eq } from 'drizzle-orm';
import { oneOf } from '../../../db/one-of.ts';
import type { Language } from '../../../db/words.ts';
import type { Context } from '../core/context.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import type { Settings } from '../core/settings/settings.ts';
import { publicReports, publishedVersions } from '../core/visibility.ts';
import type { ReportContent } from '../reports/digest.ts';
import { nextChange } from './next-change.ts';
import { isBeyond, type Pages, pagesOf } from './pages.ts';
import { type PublicIncident, readPublicIncidents } from './public-incident.ts';
import { momentsOfContent, onPage, outageOf } from './public-report.ts';

export interface IncidentPage extends Pages {
  settings: Settings;
  asOf: Date;
  incident: PublicIncident;
  componentNames: Map<string, Record<Language, string>>;
  /** How long its published report says it lasted, in milliseconds, where that is not the same to the minute as here; else null. */
  reportedOutage: number | null;
  validUntil: Date;
}

/** One public incident with all its updates, which the page shows by page; null when the world may not see it, or beyond the end. */
export async function readIncidentPage(context: Context, id: string, page = 1): Promise<IncidentPage | null> {
  const { incidents } = context.store.tables;
  const settings = await readSettings(context.store);
  const [incident] = await readPublicIncidents(context, eq(incidents.id, id));
  const pages = pagesOf(incident?.updates.length ?? 0, page);
  if (!incident || isBeyond(pages)) return null;
  return {
    settings,
    asOf: context.now,
    ...pages,
    incident,
    componentNames: await readComponentNames(context, [incident]),
    reportedOutage:
      incident.report?.state === 'published' ? await readReportedOutage(context, incident) : null,
    validUntil: await nextChange(context, settings.time_zone),
  };
}

/** One query, of an incident with a published report alone. */
async function readReportedOutage(
  context: Context,
  { id, startedAt, resolvedAt }: PublicIncident,
): Promise<number | null> {
  const { tables, read } = context.store;
  const { reports, reportRevisions } = tables;
  const [newest] = await read
    .select({ content: reportRevisions.content })
    .from(reportRevisions)
    .innerJoin(reports, eq(reportRevisions.reportId, reports.id))
    .where(
      and(
        eq(reports.incidentId, id),
        publicReports(tables, context.now),
        publishedVersions(tables, context.now),
      ),
    )
    .orderBy(desc(reportRevisions.version))
    .limit(1);
  const content = newest && (JSON.parse(newest.content) as ReportContent);
  if (content?.header.audience !== 'public') return null;
  const shown = onPage({ startedAt, endedAt: resolvedAt }, momentsOfContent(content));
  return shown === null ? null : outageOf(content);
}

/** Names of all components that these incidents mention, archived ones included. One query. */
export async function readComponentNames(
  context: Context,
  incidents: readonly { updates: readonly { components: readonly { id: string }[] }[] }[],
): Promise<Map<string, Record<Language, string>>> {
  const { components } = context.store.tables;
  const ids = [...new Set(incidents.flatMap((i) => i.updates.flatMap((u) => u.components.map((c) => c.id))))];
  if (ids.length === 0) return new Map();
  const rows = await context.store.read
    .select({ id: components.id, name: components.name })
    .from(components)
    .where(oneOf(components.id, ids));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
