import { and, eq, gte, lt, type SQL } from 'drizzle-orm';
import { jsonParts } from '../../../db/json-parts.ts';
import { priorities } from '../../../db/words.ts';
import { findByFormerSlug } from '../catalogue/categories/former-slugs.ts';
import { addMonths, monthOf, startOfDay } from '../core/calendar.ts';
import type { Context } from '../core/context.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import { defaultSettings } from '../core/settings/settings.ts';
import {
  publicCategories,
  publicIncidents,
  publicReports,
  publicUpdates,
  publishedVersions,
} from '../core/visibility.ts';
import { offsetOf } from './pages.ts';
import { inMonth } from './read-history.ts';
import { pastMaintenance } from './read-maintenance-page.ts';
import { isNewestVersion, readReports } from './read-reports.ts';

/** What an address may name that does not exist, or is not public. */
export type PublicKind =
  | 'month'
  | 'incident'
  | 'category'
  | 'report'
  | 'report-by-id'
  | 'report-version'
  | 'reports-of-year'
  | 'reports-of-category'
  | 'security-contact'
  | 'page-of-month'
  | 'page-of-incident'
  | 'page-of-maintenance'
  | 'page-of-reports';

interface Values {
  id: string;
  slug: string;
  report: string;
  version: string;
  month: string;
  year: string;
  priority: string;
  page: string;
}

export interface PublicSubject {
  kind: PublicKind;
  /** As they stand in the address. */
  values: Partial<Values>;
}

/**
 * Whether the world may see what an address names: the question before a page is rendered, so that an address that
 * nobody has costs one or two indexed queries. The pages decide the same with the same gates (`unknown-addresses.test.ts`).
 */
export const isPublic = (context: Context, { kind, values }: PublicSubject): Promise<boolean> =>
  questions[kind](context, { ...nothing, ...values });

/**
 * What the category of an address that does not exist is called now, when it was once called as the address says and its
 * page is there; null for any other. The living one wins: ask `isPublic` first. No query where no category is named.
 */
export async function newSlugOf(context: Context, subject: PublicSubject): Promise<string | null> {
  const { slug } = subject.values;
  if (slug === undefined) return null;
  const renamed = await findByFormerSlug(context.store, slug, publicCategories(context));
  // One that lives under this name and has no such page leads nowhere.
  if (!renamed || (await findCategory(context, slug)) !== null) return null;
  const isThere = await isPublic(context, { ...subject, values: { ...subject.values, slug: renamed.slug } });
  return isThere ? renamed.slug : null;
}

const nothing: Values = {
  id: '',
  slug: '',
  report: '',
  version: '',
  month: '',
  year: '',
  priority: '',
  page: '',
};

const questions: Record<PublicKind, (context: Context, values: Values) => Promise<boolean>> = {
  incident: (context, { id }) => isIncident(context, id),
  category: async (context, { slug }) => (await findCategory(context, slug)) !== null,
  month: (context, { month }) => isMonth(context, month),
  report: (context, { report }) => isReport(context, eq(context.store.tables.reports.slug, report)),
  'report-by-id': (context, { id }) => isReport(context, eq(context.store.tables.reports.id, id)),
  'report-version': (context, { report, version }) => isVersion(context, report, Number(version)),
  'reports-of-year': (context, { year }) => hasReports(context, year),
  'reports-of-category': async (context, { slug }) => {
    const category = await findCategory(context, slug);
    if (!category || category.archivedAt === null) return category !== null;
    // One that is used no more keeps its history, when it has one.
    return isReport(context, eq(context.store.tables.incidents.categoryId, category.id));
  },
  'page-of-month': async (context, { month, page }) => {
    const { time_zone: zone } = await readSettings(context.store);
    return hasIncidents(context, inMonth(context, month, zone), Number(page));
  },
  'page-of-incident': (context, { id, page }) => isIncident(context, id, offsetOf(Number(page))),
  'page-of-maintenance': (context, { page }) => hasIncidents(context, pastMaintenance(context), Number(page)),
  'page-of-reports': async (context, { year, priority, slug, page }) => {
    // There are never fewer reports than a list of some of them has.
    if (!(await isReport(context, undefined, offsetOf(Number(page))))) return false;
    const question = {
      ...(year ? { year } : {}),
      ...(slug ? { categorySlug: slug } : {}),
      priority: priorities.find((known) => known.toLowerCase() === priority),
    };
    return (await readReports(context, question, Number(page))) !== null;
  },
  // Nobody reads what is sent to the address that stands there before somebody set one.
  'security-contact': async ({ store }) =>
    (await readSettings(store)).security_contact !== defaultSettings.security_contact,
};

/** Whether a page of the incidents that satisfy `where` has any. */
async function hasIncidents(context: Context, where: SQL | undefined, page: number): Promise<boolean> {
  const { tables, read } = context.store;
  const [row] = await read
    .select({ id: tables.incidents.id })
    .from(tables.incidents)
    .where(and(publicIncidents(tables, context.now), where))
    .limit(1)
    .offset(offsetOf(page));
  return row !== undefined;
}

/** Whether an incident has more public updates than `beyond`. */
async function isIncident(
  { store: { tables, read }, now }: Context,
  id: string,
  beyond = 0,
): Promise<boolean> {
  const { incidents, incidentUpdates } = tables;
  const [row] = await read
    .select({ id: incidents.id })
    .from(incidents)
    .innerJoin(incidentUpdates, eq(incidentUpdates.incidentId, incidents.id))
    .where(and(eq(incidents.id, id), publicIncidents(tables, now), publicUpdates(tables, now)))
    .limit(1)
    .offset(beyond);
  return row !== undefined;
}

async function findCategory(
  context: Context,
  slug: string,
): Promise<{ id: string; archivedAt: Date | null } | null> {
  const { categories } = context.store.tables;
  const [row] = await context.store.read
    .select({ id: categories.id, archivedAt: categories.archivedAt })
    .from(categories)
    .where(and(eq(categories.slug, slug), publicCategories(context)));
  return row ?? null;
}

/** From the first month with an incident to the last one or the present, whichever is later. */
async function isMonth(context: Context, month: string): Promise<boolean> {
  const { tables, read } = context.store;
  const { incidents } = tables;
  const { time_zone: zone } = await readSettings(context.store);
  const present = monthOf(context.now, zone);
  if (month === present) return true;
  const edge =
    month < present
      ? lt(incidents.startedAt, startOfDay(`${addMonths(month, 1)}-01`, zone))
      : gte(incidents.startedAt, startOfDay(`${month}-01`, zone));
  const [row] = await read
    .select({ id: incidents.id })
    .from(incidents)
    .where(and(publicIncidents(tables, context.now), edge))
    .limit(1);
  return row !== undefined;
}

/** Whether more than `beyond` reports for everybody satisfy `where`. */
async function isReport(
  { store: { tables, read }, now }: Context,
  where: SQL | undefined,
  beyond = 0,
): Promise<boolean> {
  const { reports, incidents } = tables;
  const [row] = await read
    .select({ id: reports.id })
    .from(reports)
    .innerJoin(incidents, eq(reports.incidentId, incidents.id))
    .where(and(publicReports(tables, now), publicIncidents(tables, now), where))
    .limit(1)
    .offset(beyond);
  return row !== undefined;
}

/** A version that was for fewer readers than everybody is never shown. */
async function isVersion(context: Context, slug: string, version: number): Promise<boolean> {
  const { tables, read, engine } = context.store;
  const { reports, incidents, reportRevisions } = tables;
  const [row] = await read
    .select({ parts: jsonParts(engine, reportRevisions.content, ['header.audience']) })
    .from(reports)
    .innerJoin(incidents, eq(reports.incidentId, incidents.id))
    .innerJoin(reportRevisions, eq(reportRevisions.reportId, reports.id))
    .where(
      and(
        eq(reports.slug, slug),
        eq(reportRevisions.version, version),
        publishedVersions(tables, context.now),
        publicReports(tables, context.now),
        publicIncidents(tables, context.now),
      ),
    );
  const [audience]: [string?] = row ? JSON.parse(row.parts) : [];
  return audience === 'public';
}

/** A year has a page when a report of it, as it stands now, is of a P0. */
async function hasReports(context: Context, year: string): Promise<boolean> {
  const { reports, incidents, reportRevisions } = context.store.tables;
  const { time_zone: zone } = await readSettings(context.store);
  const [row] = await context.store.read
    .select({ id: reports.id })
    .from(reports)
    .innerJoin(reportRevisions, isNewestVersion(context.store.tables))
    .innerJoin(incidents, eq(reports.incidentId, incidents.id))
    .where(
      and(
        eq(reportRevisions.priority, 'P0'),
        publicReports(context.store.tables, context.now),
        publicIncidents(context.store.tables, context.now),
        gte(incidents.startedAt, startOfDay(`${year}-01-01`, zone)),
        lt(incidents.startedAt, startOfDay(`${String(Number(year) + 1).padStart(4, '0')}-01-01`, zone)),
      ),
    )
    .limit(1);
  return row !== undefined;
}
