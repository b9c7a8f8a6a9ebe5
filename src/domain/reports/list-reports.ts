import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import { oneOf } from '../../../db/one-of.ts';
import type { Language, Priority, ReportState } from '../../../db/words.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { leftOut } from '../core/left-out.ts';
import { filled, said } from '../core/localised.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import { arePublished, isPublished, visibleIncidents } from '../core/visibility.ts';
import { readTeamIncidents } from '../incidents/team-incident.ts';
import { daysLeft } from './obligations/due-day.ts';
import { areOnTheirWay, areOwed, type Obligation, obligationOf } from './obligations/obligation.ts';
import { readWriters } from './read-writers.ts';

/** A report on the board: owed, on its way, or published. */
export interface BoardLine {
  id: string;
  incidentId: string;
  title: Partial<Record<Language, string>>;
  priority: Priority;
  /** Null where a manager decided that there will be none. */
  state: ReportState | null;
  isRequired: boolean | null;
  obligation: Obligation;
  isPreliminary: boolean;
  isRestricted: boolean;
  dueAt: Date | null;
  /** Whole days until the due day, negative after it; null without a due date or once it is published. */
  daysLeft: number | null;
  ownerId: string | null;
  ownerName: string | null;
  authorId: string | null;
  slug: string | null;
  number: string | null;
  publishedAt: Date | null;
  updatedAt: Date;
  /** The actor wrote or submitted what stands, and so does not approve it. */
  isOwn: boolean;
}

export interface Board {
  owed: BoardLine[];
  published: BoardLine[];
  /** How many more there are of each. */
  more: { owed: number; published: number };
}

/** More than anybody could write. */
const mostOwed = 1_000;
/** So many published reports are listed; the public pages have those for everybody. */
const mostPublished = 100;

/** The board: what is owed first, the soonest due first; then what is published, the newest first. A fixed number of queries, one more where a list ends early. */
export async function listReports(context: Context): Promise<Board> {
  authorize(context, 'reports.read');
  const { time_zone: zone } = await readSettings(context.store);
  const { reports } = context.store.tables;
  const isOpen = and(areOwed(context.store.tables), areOnTheirWay(context.store.tables));
  // The engines order what has no due day differently: it stands behind here, and next versions last.
  const rank = sql`case when ${arePublished(reports)} then 2 when ${reports.dueAt} is null then 1 else 0 end`;
  const soonest = [rank, asc(reports.dueAt), asc(reports.id)];
  const owed = await readLines(context, isOpen, zone, soonest, mostOwed);
  const isOut = arePublished(reports);
  const newest = [desc(reports.publishedAt), desc(reports.id)];
  const published = await readLines(context, isOut, zone, newest, mostPublished);
  return {
    owed: await withOwn(context, owed),
    published,
    more: {
      owed: await leftOut(owed, mostOwed, () => countLines(context, isOpen)),
      published: await leftOut(published, mostPublished, () => countLines(context, isOut)),
    },
  };
}

function countLines(context: Context, where: SQL | undefined): PromiseLike<number> {
  const { reports, incidents } = context.store.tables;
  const { read } = context.store;
  return read.$count(
    read
      .select({ id: reports.id })
      .from(reports)
      .innerJoin(incidents, eq(reports.incidentId, incidents.id))
      .where(and(where, visibleIncidents(context)))
      .as('lines'),
  );
}

/** With whose they are; two queries, however many. */
async function withOwn(context: Context, lines: readonly BoardLine[]): Promise<BoardLine[]> {
  const { userId } = context.actor;
  const { reportRevisions } = context.store.tables;
  const ids = lines.map(({ id }) => id);
  const writers = await readWriters(context.store, ids);
  const submissions = await context.store.read
    .select({ reportId: reportRevisions.reportId, submittedBy: reportRevisions.submittedBy })
    .from(reportRevisions)
    .where(oneOf(reportRevisions.reportId, ids))
    .orderBy(asc(reportRevisions.sequence));
  // The newest has the last word.
  const submitters = new Map(submissions.map(({ reportId, submittedBy }) => [reportId, submittedBy]));
  return lines.map((line) => {
    const people = [line.authorId, submitters.get(line.id) ?? null, ...(writers.get(line.id) ?? [])];
    return { ...line, isOwn: userId !== null && people.includes(userId) };
  });
}

async function readLines(
  context: Context,
  where: SQL | undefined,
  zone: string,
  order: SQL[],
  limit: number,
): Promise<BoardLine[]> {
  const { tables, read } = context.store;
  const { reports, incidents, users } = tables;
  const rows = await read
    .select({ report: reports, incident: incidents, ownerName: users.name })
    .from(reports)
    .innerJoin(incidents, eq(reports.incidentId, incidents.id))
    .leftJoin(users, eq(reports.ownerId, users.id))
    .where(and(where, visibleIncidents(context)))
    .orderBy(...order)
    .limit(limit);
  const ids = rows.filter(({ report }) => !said(report.title)).map(({ incident }) => incident.id);
  const told = ids.length === 0 ? [] : await readTeamIncidents(context, oneOf(incidents.id, ids), ids.length);
  return rows.map(({ report, incident, ownerName }): BoardLine => {
    const own = filled(report.title);
    const title = said(own) ? own : (told.find(({ id }) => id === incident.id)?.titles ?? {});
    const isOpen = !isPublished(report) && report.dueAt !== null;
    return {
      id: report.id,
      incidentId: incident.id,
      title,
      priority: incident.priority,
      state: report.state,
      isRequired: report.isRequired,
      obligation: obligationOf(incident.priority, report),
      isPreliminary: report.isPreliminary,
      isRestricted: incident.isRestricted,
      dueAt: report.dueAt,
      daysLeft: isOpen && report.dueAt ? daysLeft(report.dueAt, context.now, zone) : null,
      ownerId: report.ownerId,
      ownerName,
      authorId: report.authorId,
      slug: report.slug,
      number: report.number,
      publishedAt: report.publishedAt,
      updatedAt: report.updatedAt,
      isOwn: false,
    };
  });
}
