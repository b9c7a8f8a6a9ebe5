import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import { jsonParts } from '../../../db/json-parts.ts';
import { oneOf } from '../../../db/one-of.ts';
import type { Tables } from '../../../db/schema.ts';
import type { Language, Priority } from '../../../db/words.ts';
import type { NamedCategory } from '../catalogue/categories/named-category.ts';
import { dayOf } from '../core/calendar.ts';
import type { Context } from '../core/context.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import type { Settings } from '../core/settings/settings.ts';
import { publicCategories, publicIncidents, publicReports } from '../core/visibility.ts';
import type { ReportContent } from '../reports/digest.ts';
import { shorten } from '../reports/shorten.ts';
import { nextChange } from './next-change.ts';
import { entriesOf, isBeyond, type Pages, pagesOf } from './pages.ts';
import { outageOf } from './public-report.ts';

/** What a list says of a report. */
interface ReportLine {
  slug: string;
  number: string;
  priority: Priority;
  title: Partial<Record<Language, string>>;
  category: NamedCategory;
  startedAt: Date;
  /** Milliseconds; null when it is not recorded. */
  outage: number | null;
  isPreliminary: boolean;
  /** How the summary begins, as typed: its first sentence says what it meant for customers. */
  beginning: Partial<Record<Language, string>>;
  /** How many of the promised actions are done. */
  progress: { done: number; all: number };
}

/** Which reports: P0 of all years by default, or by year, priority or category. */
export interface ReportQuestion {
  year?: string;
  priority?: Priority;
  categorySlug?: string;
}

export interface ReportList extends Pages {
  settings: Settings;
  question: ReportQuestion;
  category: NamedCategory | null;
  /** Newest year first, in each the newest incident first. */
  years: { year: string; reports: ReportLine[] }[];
  /** Years that have a P0 report, newest first, whatever was asked. */
  allYears: string[];
  validUntil: Date;
}

/**
 * The history of reports. A fixed number of queries, however many; null for a category that the world does not see, and
 * beyond the last page.
 */
export async function readReports(
  context: Context,
  question: ReportQuestion = {},
  page = 1,
): Promise<ReportList | null> {
  const settings = await readSettings(context.store);
  const zone = settings.time_zone;
  const category =
    question.categorySlug === undefined ? null : await findCategory(context, question.categorySlug);
  if (question.categorySlug !== undefined && !category) return null;
  const { incidents } = context.store.tables;
  const where = category ? eq(incidents.categoryId, category.id) : undefined;
  const all = await findReports(context, where);
  // A category that is used no more keeps its history, when it has one.
  if (category?.isArchived && all.length === 0) return null;
  const priority = question.priority ?? 'P0';
  const asked = category
    ? all
    : all
        .filter((report) => report.priority === priority)
        .filter(({ startedAt }) => question.year === undefined || yearOf(startedAt, zone) === question.year);
  const pages = pagesOf(asked.length, page);
  if (isBeyond(pages)) return null;
  const lines = await readLines(context, entriesOf(asked, page));
  const byYear = Map.groupBy(lines, (line) => yearOf(line.startedAt, zone));
  const allYears = [
    ...new Set(
      all.filter((report) => report.priority === 'P0').map(({ startedAt }) => yearOf(startedAt, zone)),
    ),
  ];
  const years = [...byYear].map(([year, reports]) => ({ year, reports }));
  const validUntil = await nextChange(context, zone);
  return { settings, question, category, ...pages, years, allYears, validUntil };
}

const yearOf = (at: Date, zone: string): string => dayOf(at, zone).slice(0, 4);

interface FoundReport {
  /** Of the newest published version. */
  revisionId: string;
  priority: Priority;
  startedAt: Date;
}

/** All public reports, the newest incident first, without their contents. */
async function findReports(context: Context, where: SQL | undefined): Promise<FoundReport[]> {
  const { tables, read } = context.store;
  const { reports, incidents, reportRevisions } = tables;
  return read
    .select({
      revisionId: reportRevisions.id,
      priority: reportRevisions.priority,
      startedAt: incidents.startedAt,
    })
    .from(reports)
    .innerJoin(reportRevisions, isNewestVersion(tables))
    .innerJoin(incidents, eq(reports.incidentId, incidents.id))
    .where(and(publicReports(tables, context.now), publicIncidents(tables, context.now), where))
    .orderBy(desc(incidents.startedAt), desc(reports.id));
}

/** For a join of reports with their newest published versions, by the index of versions. */
export const isNewestVersion = ({ reports, reportRevisions }: Tables): SQL | undefined =>
  and(
    eq(reportRevisions.reportId, reports.id),
    eq(
      reportRevisions.version,
      sql`(select max(newer.version) from ${reportRevisions} newer where newer.report_id = ${reports.id})`,
    ),
  );

/** In the order of `found`. */
async function readLines(context: Context, found: readonly FoundReport[]): Promise<ReportLine[]> {
  if (found.length === 0) return [];
  const { tables, read } = context.store;
  const { reports, incidents, categories, reportRevisions } = tables;
  const rows = await read
    .select({
      slug: reports.slug,
      number: reports.number,
      priority: reportRevisions.priority,
      parts: jsonParts(context.store.engine, reportRevisions.content, listedParts),
      startedAt: incidents.startedAt,
      categoryId: categories.id,
      categorySlug: categories.slug,
      name: categories.name,
    })
    .from(reportRevisions)
    .innerJoin(reports, eq(reportRevisions.reportId, reports.id))
    .innerJoin(incidents, eq(reports.incidentId, incidents.id))
    .innerJoin(categories, eq(incidents.categoryId, categories.id))
    .where(
      oneOf(
        reportRevisions.id,
        found.map(({ revisionId }) => revisionId),
      ),
    )
    .orderBy(desc(incidents.startedAt), desc(reports.id));
  const parsed = rows.map((row) => ({ ...row, parts: JSON.parse(row.parts) as ListedParts }));
  const promised = parsed.flatMap(({ parts: [, , , , remediation] }) => remediation.map(({ id }) => id));
  const { remediationItems } = tables;
  const standing = await read
    .select({ id: remediationItems.id, state: remediationItems.state })
    .from(remediationItems)
    .where(and(eq(remediationItems.isPublic, true), oneOf(remediationItems.id, promised)));
  const stateOf = new Map(standing.map(({ id, state }) => [id, state]));
  return parsed.flatMap(({ slug, number, parts, ...row }): ReportLine[] => {
    if (slug === null || number === null) return [];
    const [title, milestones, isPreliminary, summary, remediation] = parts;
    const states = remediation.flatMap(({ id }) => stateOf.get(id) ?? []);
    return [
      {
        slug,
        number,
        priority: row.priority,
        title,
        category: { id: row.categoryId, slug: row.categorySlug, name: row.name },
        startedAt: row.startedAt,
        outage: outageOf({ milestones }),
        isPreliminary: Boolean(isPreliminary),
        beginning: beginningOf(summary ?? {}),
        progress: {
          done: states.filter((state) => state === 'done').length,
          all: states.length,
        },
      },
    ];
  });
}

/** What a list says of a published content; the rest of it stays in the database. */
const listedParts = ['title', 'milestones', 'header.isPreliminary', 'texts.summary', 'remediation'];
type ListedParts = [
  ReportContent['title'],
  ReportContent['milestones'],
  boolean,
  ReportContent['texts']['summary'] | null,
  ReportContent['remediation'],
];

/** Of a summary a list says the first sentence, which is not longer than this, in characters. */
const longestSentence = 400;

const beginningOf = (summary: ReportLine['beginning']): ReportLine['beginning'] =>
  Object.fromEntries(
    Object.entries(summary).map(([language, text]) => [language, shorten(text, longestSentence)]),
  );

async function findCategory(
  context: Context,
  slug: string,
): Promise<(NamedCategory & { isArchived: boolean }) | null> {
  const { categories } = context.store.tables;
  const [row] = await context.store.read
    .select()
    .from(categories)
    .where(and(eq(categories.slug, slug), publicCategories(context)));
  if (!row) return null;
  const name = row.name;
  return { id: row.id, slug: row.slug, name, isArchived: row.archivedAt !== null };
}
