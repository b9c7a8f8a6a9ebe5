import { and, desc, eq, gte, inArray } from 'drizzle-orm';
import { jsonParts } from '../../../db/json-parts.ts';
import { oneOf } from '../../../db/one-of.ts';
import type { Tables } from '../../../db/schema.ts';
import type { Audience, Language } from '../../../db/words.ts';
import type { NamedCategory } from '../catalogue/categories/named-category.ts';
import type { Context } from '../core/context.ts';
import { filled } from '../core/localised.ts';
import { publicIncidents, publicReports, publishedVersions } from '../core/visibility.ts';

/** That a version of a report came out for everybody: what feeds and home say of it, without its content. */
export interface Publication {
  reportId: string;
  slug: string;
  version: number;
  /** The first version that everybody may read; what came before it was for fewer. */
  isFirst: boolean;
  publishedAt: Date;
  title: Partial<Record<Language, string>>;
  category: NamedCategory;
  /** Safe HTML. */
  summary: Partial<Record<Language, string>>;
  /** What a later version changed. */
  change: Partial<Record<Language, string>>;
}

/** Which of them: so many at most, of one category, not before `since`. */
interface Which {
  limit: number;
  categoryId?: string | undefined;
  since?: Date | undefined;
}

const parts = ['header.audience', 'title'];
type Parts = [Audience, Publication['title']];

/**
 * The newest versions of reports that everybody may read, newest publication first; of one category, or not before
 * `since`, if asked. Two queries, however many.
 */
export async function readPublications(context: Context, which: Which): Promise<Publication[]> {
  const { tables, read, engine } = context.store;
  const { reports, incidents, categories, reportRevisions } = tables;
  const newest = newestVersions(context, reportRevisions.id, which);
  const rows = await read
    .select({
      reportId: reports.id,
      slug: reports.slug,
      version: reportRevisions.version,
      publishedAt: reportRevisions.publishedAt,
      parts: jsonParts(engine, reportRevisions.content, parts),
      html: reportRevisions.html,
      change: reportRevisions.change,
      categoryId: categories.id,
      categorySlug: categories.slug,
      name: categories.name,
    })
    .from(reportRevisions)
    .innerJoin(reports, eq(reportRevisions.reportId, reports.id))
    .innerJoin(incidents, eq(reports.incidentId, incidents.id))
    .innerJoin(categories, eq(incidents.categoryId, categories.id))
    .where(inArray(reportRevisions.id, newest))
    .orderBy(desc(reportRevisions.publishedAt), desc(reportRevisions.id));
  const later = rows.filter(({ version }) => version !== 1).map(({ reportId }) => reportId);
  const first = later.length > 0 ? await readFirstForAll(context, later) : new Map<string, number>();
  return rows.flatMap((row): Publication[] => {
    const { slug, version, publishedAt } = row;
    const [audience, title]: Parts = JSON.parse(row.parts);
    // An earlier version may have been for fewer readers; nobody else ever hears of that one.
    if (slug === null || version === null || publishedAt === null || audience !== 'public') return [];
    return [
      {
        reportId: row.reportId,
        slug,
        version,
        isFirst: version === (first.get(row.reportId) ?? 1),
        publishedAt,
        title,
        category: { id: row.categoryId, slug: row.categorySlug, name: row.name },
        summary: row.html.summary ?? {},
        change: filled(row.change),
      },
    ];
  });
}

/** For `inArray`: the ids, or the reports, of the newest public versions; by index and without the contents, which are large. */
export function newestVersions(
  { store: { tables, read }, now }: Context,
  column: Tables['reportRevisions']['id'] | Tables['reportRevisions']['reportId'],
  which: Which,
) {
  const { reports, incidents, reportRevisions } = tables;
  return read
    .select({ wanted: column })
    .from(reportRevisions)
    .innerJoin(reports, eq(reportRevisions.reportId, reports.id))
    .innerJoin(incidents, eq(reports.incidentId, incidents.id))
    .where(
      and(
        publicReports(tables, now),
        publicIncidents(tables, now),
        publishedVersions(tables, now),
        which.categoryId === undefined ? undefined : eq(incidents.categoryId, which.categoryId),
        which.since === undefined ? undefined : gte(reportRevisions.publishedAt, which.since),
      ),
    )
    .orderBy(desc(reportRevisions.publishedAt), desc(reportRevisions.id))
    .limit(which.limit);
}

/** By report, its first version for everybody. */
async function readFirstForAll(
  { store, now }: Context,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const { reportRevisions } = store.tables;
  const rows = await store.read
    .select({
      reportId: reportRevisions.reportId,
      version: reportRevisions.version,
      parts: jsonParts(store.engine, reportRevisions.content, parts),
    })
    .from(reportRevisions)
    .where(and(oneOf(reportRevisions.reportId, ids), publishedVersions(store.tables, now)))
    .orderBy(desc(reportRevisions.version));
  return new Map(
    rows.flatMap(({ reportId, version, parts: read }) => {
      const [audience]: Parts = JSON.parse(read);
      return version !== null && audience === 'public' ? [[reportId, version] as const] : [];
    }),
  );
}
