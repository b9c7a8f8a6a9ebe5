import { and, desc, eq, gt, inArray, isNull, lte, or, type SQL } from 'drizzle-orm';
import type {
  Audience,
  ComponentStatus,
  Impact,
  IncidentKind,
  Language,
  Phase,
  Priority,
} from '../../../db/words.ts';
import type { NamedCategory } from '../catalogue/categories/named-category.ts';
import type { Context } from '../core/context.ts';
import { isOut, publicIncidents, publicUpdates } from '../core/visibility.ts';
import { worstStatus } from '../incidents/component-status.ts';
import { endOfTrouble } from '../incidents/derive-incident.ts';
import { isFinal } from '../incidents/phase.ts';
import { passed } from '../incidents/promises/passed.ts';
import {
  componentsSince,
  namedStatus,
  type Speaker,
  type Statement,
  statedBy,
} from '../incidents/statement.ts';
import {
  readTimelines,
  type StatedComponent,
  titlesOf,
  type Update,
  type UpdateText,
} from '../incidents/updates/timeline.ts';
import { obligationOf, type ReportFacts } from '../reports/obligations/obligation.ts';

export interface PublicUpdate {
  id: string;
  /** Counted from 1 within the incident, oldest first. */
  ordinal: number;
  phase: Phase;
  occasion: Update['occasion'];
  displayAt: Date;
  publishedAt: Date;
  /** It tells of a time well before it was published. */
  isPostedLater: boolean;
  /** The first word on it was that it is over: nobody is alarmed by it. */
  isToldLater: boolean;
  nextUpdateBy: Date | null;
  correctedAt: Date | null;
  components: StatedComponent[];
  texts: Partial<Record<Language, UpdateText>>;
}

/** What the world may know of an incident's report: where it is, or that it is owed and until when. */
export type PublicObligation =
  | { state: 'published'; slug: string }
  | {
      state: 'owed';
      /** End of the day by which it is due; null while the incident is open. */
      dueAt: Date | null;
      /** Until then management may decide that none is needed; null once that is decided or the day is over. */
      decideBy: Date | null;
    }
  /** Management decided that none is needed, after the page had said that one follows. */
  | { state: 'waived' };

/** All that the world may know of an incident. Holds no priority, no person, nothing held or restricted. */
export interface PublicIncident extends Pick<Speaker, 'componentsSince' | 'componentsUntil'> {
  id: string;
  number: number | null;
  kind: IncidentKind;
  category: NamedCategory;
  impact: Impact;
  /** Of the newest visible update. */
  phase: Phase;
  startedAt: Date;
  resolvedAt: Date | null;
  scheduledFor: Date | null;
  scheduledUntil: Date | null;
  /** Announced at shorter notice than the settings ask for. */
  isEmergency: boolean;
  /** Starts and completes itself. */
  isAutomatic: boolean;
  updatedAt: Date;
  /** It began on another page, whatever was written here since. */
  isImported: boolean;
  /** Its report, published or owed in public; null where none is. */
  report: PublicObligation | null;
  titles: Partial<Record<Language, string>>;
  /** What the newest visible update says is affected. */
  components: { id: string; status: ComponentStatus }[];
  /** What it says is not working now, for everything that speaks of the present and for its colour. */
  stated: Statement[];
  /** The worst of that; operational when it says nothing. */
  status: ComponentStatus;
  nextUpdateBy: Date | null;
  /** The promised instant once it has passed without a new update, else null: known from the clock alone. */
  overdueSince: Date | null;
  /** Newest first; never empty. */
  updates: [PublicUpdate, ...PublicUpdate[]];
}

export const isOver = (incident: { phase: Phase }): boolean => isFinal(incident.phase);

/** Later than this between being true and being published counts as "posted later". */
const postedLaterMs = 5 * 60_000;

/**
 * What is not surely over (open, running, announced), and the newest `count` of the rest by their start: a limit only on the
 * past, or starts in the future hide the present. `where` narrows both. The desk, whose limit covers what is open, cuts the
 * windows that are furthest.
 */
export function currentAndNewest({ store, now }: Context, count: number, where?: SQL): SQL | undefined {
  const { incidents } = store.tables;
  const ended = store.read
    .select({ id: incidents.id })
    .from(incidents)
    .where(and(publicIncidents(store.tables, now), lte(incidents.openUntil, now), where))
    .orderBy(desc(incidents.startedAt), desc(incidents.id))
    .limit(count);
  const isCurrent = or(isNull(incidents.openUntil), gt(incidents.openUntil, now));
  return and(where, or(isCurrent, inArray(incidents.id, ended)));
}

/** Public incidents that satisfy `where`, newest start first. Four queries, however many incidents. */
export async function readPublicIncidents(
  context: Context,
  where?: SQL,
  limit?: number,
  offset = 0,
): Promise<PublicIncident[]> {
  const { tables, read } = context.store;
  const { incidents, categories, reports } = tables;
  const since = componentsSince(context.store);
  const query = read
    .select({
      id: incidents.id,
      number: incidents.number,
      kind: incidents.kind,
      impact: incidents.impact,
      startedAt: incidents.startedAt,
      scheduledFor: incidents.scheduledFor,
      scheduledUntil: incidents.scheduledUntil,
      isEmergency: incidents.isEmergency,
      isAutomatic: incidents.isAutomatic,
      importedFrom: incidents.importedFrom,
      categoryId: categories.id,
      slug: categories.slug,
      name: categories.name,
      componentsSince: since.at,
      componentsUntil: since.until,
      priority: incidents.priority,
      report: {
        // First, because never null: drizzle tells by it whether there is a report.
        audience: reports.audience,
        state: reports.state,
        isRequired: reports.isRequired,
        closedAt: reports.closedAt,
        dueAt: reports.dueAt,
        decideBy: reports.decideBy,
        slug: reports.slug,
        publishedAt: reports.publishedAt,
        publishedFor: reports.publishedFor,
      },
    })
    .from(incidents)
    .innerJoin(categories, eq(incidents.categoryId, categories.id))
    .leftJoin(reports, eq(reports.incidentId, incidents.id))
    .leftJoin(since, eq(since.categoryId, incidents.categoryId))
    .where(and(publicIncidents(tables, context.now), where))
    .$dynamic();
  // Without a limit the database would rather walk all incidents in order than find these few.
  const rows =
    limit === undefined
      ? (await query).sort(newestStart)
      : await query.orderBy(desc(incidents.startedAt), desc(incidents.id)).limit(limit).offset(offset);
  const ids = rows.map((row) => row.id);
  const timelines = await readTimelines(context.store, ids, publicUpdates(tables, context.now));
  return rows.flatMap((row): PublicIncident[] => {
    const [latest, ...older] = numberUpdates(timelines.get(row.id) ?? [], row.kind);
    if (!latest) return [];
    const isEnded = isFinal(latest.phase);
    const stated = statedBy(row, latest);
    return [
      {
        id: row.id,
        number: row.number,
        kind: row.kind,
        category: { id: row.categoryId, slug: row.slug, name: row.name },
        impact: row.impact,
        phase: latest.phase,
        startedAt: row.startedAt,
        resolvedAt: endOfTrouble([latest, ...older]),
        scheduledFor: row.scheduledFor,
        scheduledUntil: row.scheduledUntil,
        isEmergency: row.isEmergency,
        isAutomatic: row.isAutomatic,
        updatedAt: lastChange([latest, ...older]),
        isImported: row.importedFrom !== null,
        componentsSince: row.componentsSince,
        componentsUntil: row.componentsUntil,
        report: publicObligation(row, isEnded, context.now),
        titles: titlesOf([latest, ...older]),
        components: latest.components,
        stated,
        status: worstStatus(stated.map(({ status }) => status)),
        nextUpdateBy: isEnded ? null : latest.nextUpdateBy,
        overdueSince: isEnded ? null : passed(latest.nextUpdateBy, context.now),
        updates: [latest, ...older],
      },
    ];
  });
}

const newestStart = (a: { startedAt: Date; id: string }, b: { startedAt: Date; id: string }): number =>
  b.startedAt.getTime() - a.startedAt.getTime() || (a.id < b.id ? 1 : -1);

interface ReportColumns extends ReportFacts {
  audience: Audience;
  slug: string | null;
}

/** only a report for everybody is promised or linked in public; `isEnded` as the world sees the incident. */
function publicObligation(
  { priority, report }: { priority: Priority; report: ReportColumns | null },
  isEnded: boolean,
  now: Date,
): PublicObligation | null {
  if (!report) return null;
  if (isOut(report, now))
    return report.slug !== null && report.publishedFor === 'public'
      ? { state: 'published', slug: report.slug }
      : null;
  if (report.audience !== 'public') return null;
  const { why, isOwed, isUndecided, state, dueAt, decideBy } = obligationOf(priority, report);
  // The page had said that one follows.
  if (why === 'waived' && decideBy !== null) return { state: 'waived' };
  if (!isOwed || state === null) return null;
  return {
    state: 'owed',
    // Reopened, it is not due any more, also before the job of that update has run.
    dueAt: isEnded ? dueAt : null,
    decideBy: isUndecided && decideBy !== null && decideBy > now ? decideBy : null,
  };
}

function numberUpdates(updates: readonly Update[], kind: IncidentKind): PublicUpdate[] {
  return updates.map((update, at) => {
    const { id, phase, occasion, displayAt, publishedAt, nextUpdateBy, correctedAt, texts } = update;
    const isPostedLater = !update.isImported && publishedAt.getTime() - displayAt.getTime() > postedLaterMs;
    const ordinal = updates.length - at;
    const isToldLater = !update.isImported && ordinal === 1 && phase === 'resolved';
    return {
      id,
      ordinal,
      phase,
      occasion,
      displayAt,
      publishedAt,
      isPostedLater,
      isToldLater,
      nextUpdateBy,
      correctedAt,
      components: update.components.map((each) => ({ ...each, status: namedStatus(kind, each.status) })),
      texts,
    };
  });
}

function lastChange(updates: readonly PublicUpdate[]): Date {
  const times = updates.flatMap(({ publishedAt, correctedAt, texts }) => [
    publishedAt.getTime(),
    correctedAt?.getTime() ?? 0,
    Math.max(
      ...Object.values(texts)
        .map((text) => text.writtenAt.getTime())
        .filter((t) => t >= publishedAt.getTime()),
      0,
    ),
  ]);
  return new Date(Math.max(...times));
}
