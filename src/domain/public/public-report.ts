import { and, asc, desc, eq, type SQL } from 'drizzle-orm';
import { oneOf } from '../../../db/one-of.ts';
import type { Audience, Language, RemediationState, ReportSection } from '../../../db/words.ts';
import type { NamedCategory } from '../catalogue/categories/named-category.ts';
import type { Context } from '../core/context.ts';
import { filled } from '../core/localised.ts';
import { elapsed, isSameMinute } from '../core/minute.ts';
import { publicIncidents, publicReports, publishedVersions, sharedReports } from '../core/visibility.ts';
import type { ReportContent } from '../reports/digest.ts';
import { type Moments, stagesOf } from '../reports/milestones/durations.ts';

/** A promised action as it stands now, with the deadline it had first. */
export interface PublicCommitment {
  id: string;
  action: Partial<Record<Language, string>>;
  owner: Partial<Record<Language, string>>;
  /** Calendar days in the page's zone. */
  firstDueOn: string;
  dueOn: string;
  state: RemediationState;
  settledAt: Date | null;
  /** Why the deadline moved, newest first. */
  moves: { fromOn: string; toOn: string; reason: Partial<Record<Language, string>>; movedAt: Date }[];
}

/** A version that readers could read, with what it changed. */
interface PublicVersion {
  version: number;
  publishedAt: Date;
  change: Partial<Record<Language, string>>;
}

/** All that the world may know of a report. Holds no person, nothing internal, nothing that is not published. */
export interface PublicReport {
  id: string;
  slug: string;
  number: string;
  /** The one that is shown: the newest, unless an older one was asked for. */
  version: number;
  incident: { id: string; number: number | null; category: NamedCategory };
  content: ReportContent;
  /** Sections as safe HTML. */
  html: Partial<Record<ReportSection, Partial<Record<Language, string>>>>;
  /** How long the outage was, in milliseconds; null when it is not recorded. */
  outage: number | null;
  /** How long the status page says it was and until when, where that is not the same to the minute; else null. */
  onPage: { lasted: number; endedAt: Date } | null;
  startedAt: Date;
  /** First publication for everybody, and that of this version. */
  publishedAt: Date;
  updatedAt: Date;
  approvedAt: Date | null;
  /** Newest first. */
  versions: PublicVersion[];
  commitments: PublicCommitment[];
}

interface Which {
  limit?: number;
  version?: number;
  /** Versions for these audiences; without it those for everybody. */
  readers?: readonly Audience[];
}

/** Published reports that satisfy `where`, the newest incident first, each as its newest version or as `version`. Four queries, however many. */
export async function readPublicReports(
  context: Context,
  where?: SQL,
  which: Which = {},
): Promise<PublicReport[]> {
  const { tables } = context.store;
  const gate = and(publicReports(tables, context.now), publicIncidents(tables, context.now));
  return readPublished(context, and(gate, where), which);
}

/** The report that `where` names, for who holds a link to it; null when no link may open it. */
export async function readSharedReport(context: Context, where: SQL): Promise<PublicReport | null> {
  const [report] = await readPublished(
    context,
    and(sharedReports(context.store.tables, context.now), where),
    { limit: 1, readers: ['customers', 'public'] },
  );
  return report ?? null;
}

async function readPublished(
  context: Context,
  where: SQL | undefined,
  { limit, version, readers = ['public'] }: Which,
): Promise<PublicReport[]> {
  const { tables, read } = context.store;
  const { reports, incidents, categories, reportRevisions } = tables;
  const query = read
    .select({
      id: reports.id,
      slug: reports.slug,
      number: reports.number,
      incidentId: incidents.id,
      incidentNumber: incidents.number,
      startedAt: incidents.startedAt,
      endedAt: incidents.resolvedAt,
      categoryId: categories.id,
      categorySlug: categories.slug,
      name: categories.name,
    })
    .from(reports)
    .innerJoin(incidents, eq(reports.incidentId, incidents.id))
    .innerJoin(categories, eq(incidents.categoryId, categories.id))
    .where(where)
    .orderBy(desc(incidents.startedAt), desc(reports.id));
  const rows = limit === undefined ? await query : await query.limit(limit);
  if (rows.length === 0) return [];
  const revisions = await read
    .select({
      reportId: reportRevisions.reportId,
      version: reportRevisions.version,
      content: reportRevisions.content,
      html: reportRevisions.html,
      change: reportRevisions.change,
      approvedAt: reportRevisions.approvedAt,
      publishedAt: reportRevisions.publishedAt,
    })
    .from(reportRevisions)
    .where(
      and(
        oneOf(
          reportRevisions.reportId,
          rows.map(({ id }) => id),
        ),
        publishedVersions(tables, context.now),
      ),
    )
    .orderBy(desc(reportRevisions.version));
  const promisedSince: PromisedSince = new Map();
  const shown = rows.flatMap((row): PublicReport[] => {
    // An earlier version may have been for fewer readers; nobody else ever reads that one.
    const own = revisions
      .filter((revision) => revision.reportId === row.id)
      .map((revision) => ({ ...revision, content: JSON.parse(revision.content) as ReportContent }))
      .filter(({ content }) => readers.includes(content.header.audience));
    const shown = version === undefined ? own[0] : own.find((revision) => revision.version === version);
    const first = own.at(-1)?.publishedAt;
    if (!shown || !first || row.slug === null || row.number === null) return [];
    const { content } = shown;
    // Newest first, so that the first version that made a promise has the last word.
    for (const { content: earlier, publishedAt } of own)
      for (const { id } of earlier.remediation) promisedSince.set(`${row.id} ${id}`, publishedAt ?? first);
    return [
      {
        id: row.id,
        slug: row.slug,
        number: row.number,
        version: shown.version ?? 1,
        incident: {
          id: row.incidentId,
          number: row.incidentNumber,
          category: { id: row.categoryId, slug: row.categorySlug, name: row.name },
        },
        content,
        html: shown.html,
        outage: outageOf(content),
        onPage: onPage(row, momentsOfContent(content)),
        startedAt: row.startedAt,
        publishedAt: first,
        updatedAt: shown.publishedAt ?? first,
        approvedAt: shown.approvedAt,
        versions: own.map((revision) => ({
          version: revision.version ?? 1,
          publishedAt: revision.publishedAt ?? context.now,
          change: filled(revision.change),
        })),
        commitments: [],
      },
    ];
  });
  const commitments = await readCommitments(context, shown, promisedSince);
  return shown.map((report) => ({ ...report, commitments: commitments.get(report.id) ?? [] }));
}

/** What the page says of how long it lasted, where the report's figure is another one. */
export function onPage(
  { startedAt, endedAt }: { startedAt: Date; endedAt: Date | null },
  { started, recovered }: Moments,
): PublicReport['onPage'] {
  if (endedAt === null || !started || !recovered) return null;
  // Readers see minutes: which seconds were never typed makes no other length.
  if (isSameMinute(startedAt, started) && isSameMinute(endedAt, recovered)) return null;
  const lasted = endedAt.getTime() - startedAt.getTime();
  const outage = elapsed(started, recovered);
  return Math.floor(lasted / 60_000) === Math.floor(outage / 60_000) ? null : { lasted, endedAt };
}

export const momentsOfContent = ({ milestones }: Pick<ReportContent, 'milestones'>): Moments =>
  Object.fromEntries(Object.entries(milestones).map(([name, at]) => [name, new Date(at)]));

export const outageOf = (content: Pick<ReportContent, 'milestones'>): number | null =>
  stagesOf(momentsOfContent(content)).outage;

/** When a report first made a promise in public, by "<report> <action>". */
type PromisedSince = Map<string, Date>;

/** How the promised actions of the published versions stand now; what is not in a published version stays unseen. */
async function readCommitments(
  context: Context,
  shown: readonly PublicReport[],
  promisedSince: PromisedSince,
): Promise<Map<string, PublicCommitment[]>> {
  const { remediationItems, remediationMoves } = context.store.tables;
  const ids = shown.flatMap(({ content }) => content.remediation.map(({ id }) => id));
  if (ids.length === 0) return new Map();
  const items = await context.store.read
    .select({
      id: remediationItems.id,
      dueOn: remediationItems.dueOn,
      state: remediationItems.state,
      settledAt: remediationItems.settledAt,
    })
    .from(remediationItems)
    .where(and(oneOf(remediationItems.id, ids), eq(remediationItems.isPublic, true)));
  const moves = await context.store.read
    .select({
      itemId: remediationMoves.itemId,
      fromOn: remediationMoves.fromOn,
      toOn: remediationMoves.toOn,
      reason: remediationMoves.reason,
      movedAt: remediationMoves.movedAt,
    })
    .from(remediationMoves)
    .where(oneOf(remediationMoves.itemId, ids))
    .orderBy(desc(remediationMoves.movedAt), asc(remediationMoves.id));
  return new Map(
    shown.map(({ id, content }) => [
      id,
      content.remediation.flatMap((promised): PublicCommitment[] => {
        const item = items.find((candidate) => candidate.id === promised.id);
        if (!item) return [];
        const { action, owner, firstDueOn } = promised;
        const own = moves
          .filter((move) => move.itemId === item.id)
          .map(({ fromOn, toOn, reason, movedAt }) => ({
            fromOn,
            toOn,
            // What was said before the promise was public was said inside, and nobody approved it.
            reason: movedAt < (promisedSince.get(`${id} ${item.id}`) ?? movedAt) ? {} : filled(reason),
            movedAt,
          }));
        return [
          {
            id: item.id,
            action,
            owner,
            firstDueOn,
            dueOn: item.dueOn,
            state: item.state,
            settledAt: item.settledAt,
            moves: own,
          },
        ];
      }),
    ]),
  );
}
