import { and, desc, eq, isNotNull, max, type SQL } from 'drizzle-orm';
import { jsonParts } from '../../../db/json-parts.ts';
import type { Language, Priority } from '../../../db/words.ts';
import { dayOf } from '../../i18n/time.ts';
import type { Context } from '../context.ts';
import type { ReportContent } from '../reports/digest.ts';
import { shorten } from '../reports/shorten.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Settings } from '../settings/settings.ts';
import { publicCategories, publicIncidents, publicReports } from '../visibility.ts';
import { nextChange } from './next-change.ts';
import { entriesOf, isBeyond, type Pages, pagesOf } from './pages.ts';
import type { PublicCategory } from './public-incident.ts';
import { outageOf } from './public-report.ts';

/** What a list says of a report. */
export interface ReportLine {
  slug: string;
  number: string;
  priority: Priority;
  title: Partial<Record<Language, string>>;
  category: PublicCategory;
  startedAt: Date;
  /** Milliseconds; null when it is not recorded. */
  outage: number | null;
  isPreliminary: boolean;
  /** How the summary begins, as typed: its first sentence says what it meant for customers. */
  beginning: Partial<Record<Language, string>>;
  /** How many of the promised actions are done. */
  progress: { done: number; all: number };
}

/** Which reports: P0 of all years by default, or by year, priority or category (design §8.11). */
export interface ReportQuestion {
  year?: string;
  priority?: Priority;
  categorySlug?: string;
}

export interface ReportList extends Pages {
  settings: Settings;
  question: ReportQuestion;
  category: PublicCategory | null;
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
  const all = await readLines(context, where);
  // A category that is used no more keeps its history, when it has one.
  if (category?.isArchived && all.length === 0) return null;
  const priority = question.priority ?? 'P0';
  const asked = category
    ? all
    : all
        .filter((line) => line.priority === priority)
        .filter(({ startedAt }) => question.year === undefined || yearOf(startedAt, zone) === question.year);
  const pages = pagesOf(asked.length, page);
  if (isBeyond(pages)) return null;
  const byYear = Map.groupBy(entriesOf(asked, page), (line) => yearOf(line.startedAt, zone));
  const allYears = [
    ...new Set(all.filter((line) => line.priority === 'P0').map(({ startedAt }) => yearOf(startedAt, zone))),
  ];
  const years = [...byYear].map(([year, reports]) => ({ year, reports }));
  const validUntil = await nextChange(context, zone);
  return { settings, question, category, ...pages, years, allYears, validUntil };
}

const yearOf = (at: Date, zone: string): string => dayOf(at, zone).slice(0, 4);

async function readLines(context: Context, where: SQL | undefined): Promise<ReportLine[]> {
  const { tables, read } = context.store;
  const { reports, incidents, categories, reportRevisions } = tables;
  const newest = read
    .select({
      reportId: reportRevisions.reportId,
      version: max(reportRevisions.version).as('newest_version'),
    })
    .from(reportRevisions)
    .where(isNotNull(reportRevisions.version))
    .groupBy(reportRevisions.reportId)
    .as('newest');
  const rows = await read
    .select({
      slug: reports.slug,
      number: reports.number,
      parts: jsonParts(context.store.engine, reportRevisions.content, listedParts),
      startedAt: incidents.startedAt,
      categoryId: categories.id,
      categorySlug: categories.slug,
      nameEn: categories.nameEn,
      nameDe: categories.nameDe,
    })
    .from(reports)
    .innerJoin(newest, eq(newest.reportId, reports.id))
    .innerJoin(
      reportRevisions,
      and(eq(reportRevisions.reportId, reports.id), eq(reportRevisions.version, newest.version)),
    )
    .innerJoin(incidents, eq(reports.incidentId, incidents.id))
    .innerJoin(categories, eq(incidents.categoryId, categories.id))
    .where(and(publicReports(tables, context.now), publicIncidents(tables, context.now), where))
    .orderBy(desc(incidents.startedAt), desc(reports.id));
  const { remediationItems } = tables;
  const promised = await read
    .select({ id: remediationItems.id, state: remediationItems.state })
    .from(remediationItems)
    .where(eq(remediationItems.isPublic, true));
  const stateOf = new Map(promised.map(({ id, state }) => [id, state]));
  return rows.flatMap((row): ReportLine[] => {
    if (row.slug === null || row.number === null) return [];
    const [priority, title, milestones, isPreliminary, summary, remediation]: ListedParts = JSON.parse(
      row.parts,
    );
    const states = remediation.flatMap(({ id }) => stateOf.get(id) ?? []);
    return [
      {
        slug: row.slug,
        number: row.number,
        priority,
        title,
        category: { id: row.categoryId, slug: row.categorySlug, name: { en: row.nameEn, de: row.nameDe } },
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
const listedParts = [
  'priority',
  'title',
  'milestones',
  'header.isPreliminary',
  'texts.summary',
  'remediation',
];
type ListedParts = [
  Priority,
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
): Promise<(PublicCategory & { isArchived: boolean }) | null> {
  const { categories } = context.store.tables;
  const [row] = await context.store.read
    .select()
    .from(categories)
    .where(and(eq(categories.slug, slug), publicCategories(context)));
  if (!row) return null;
  const name = { en: row.nameEn, de: row.nameDe };
  return { id: row.id, slug: row.slug, name, isArchived: row.archivedAt !== null };
}
