import { and, desc, eq } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { publicIncidents, publicReports } from '../core/visibility.ts';
import { readCategoryNames } from './read-category-names.ts';

/** Search engines find older ones through the history. */
const mostIncidents = 1_000;
const mostReports = 500;

export interface Sitemap {
  categorySlugs: string[];
  /** Newest start first. */
  incidentIds: string[];
  reportSlugs: string[];
  validUntil: Date;
}

/** What search engines shall know of, bounded. A fixed number of queries. */
export async function readSitemap(context: Context): Promise<Sitemap> {
  const { tables, read } = context.store;
  const { incidents, reports } = tables;
  const { categories, validUntil } = await readCategoryNames(context);
  const found = await read
    .select({ id: incidents.id })
    .from(incidents)
    .where(publicIncidents(tables, context.now))
    .orderBy(desc(incidents.startedAt), desc(incidents.id))
    .limit(mostIncidents);
  const published = await read
    .select({ slug: reports.slug })
    .from(reports)
    .innerJoin(incidents, eq(reports.incidentId, incidents.id))
    .where(and(publicReports(tables, context.now), publicIncidents(tables, context.now)))
    .orderBy(desc(reports.number))
    .limit(mostReports);
  return {
    categorySlugs: categories.map(({ slug }) => slug),
    incidentIds: found.map(({ id }) => id),
    reportSlugs: published.flatMap(({ slug }) => slug ?? []),
    validUntil,
  };
}
