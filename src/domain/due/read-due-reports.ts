import { and, desc, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import { oneOf } from '../../../db/one-of.ts';
import { addDays, dayOf, startOfDay } from '../../i18n/time.ts';
import { isAllowed } from '../access/authorize.ts';
import type { Context } from '../context.ts';
import { readTeamIncidents } from '../incidents/team-incident.ts';
import { isUndecided } from '../obligations/obligation.ts';
import { readWriters } from '../reports/read-writers.ts';
import { isUnreleased } from '../restricted/released.ts';
import { visibleIncidents } from '../visibility.ts';
import type { DueItem } from './due-item.ts';
import { dueOfReport } from './due-of-report.ts';

/** More at once than anybody could do. */
const limit = 500;
/** So many days before it a not-released report comes back to who decides on it. */
export const reviewDaysAhead = 7;

type Row = Awaited<ReturnType<typeof readOpenReports>>[number];

/** What reports ask of the actor, and the decisions that wait for it. Nine queries, however many reports. */
export async function readDueReports(context: Context, zone: string): Promise<DueItem[]> {
  const rows = await readOpenReports(context);
  const ids = rows.map(({ report }) => report.id);
  const writers = await readWriters(context.store, ids);
  const submissions = await readSubmissions(context, ids);
  const decisions = await readDecisions(context);
  const named = [...rows, ...decisions];
  const titles = await readTitles(context, named);
  const { now, actor } = context;
  const line = (
    row: Pick<Row, 'report' | 'incident'>,
    more: Pick<DueItem, 'kind' | 'isOwn' | 'dueAt'>,
  ): DueItem => ({
    subject: 'report',
    id: row.report.id,
    title: titleOf(row.report) ?? titles.get(row.incident.id) ?? {},
    priority: row.incident.priority,
    isOverdue: more.dueAt !== null && more.dueAt <= now,
    ...more,
  });
  const ofReports = rows.flatMap((row): DueItem[] => {
    const { report, incident } = row;
    const submission = submissions.get(report.id) ?? null;
    const asked = dueOfReport(
      {
        ...report,
        // Nobody waits for who has left.
        ownerId: row.ownerLeftAt === null ? report.ownerId : null,
        authors: new Set([...(report.authorId ? [report.authorId] : []), ...(writers.get(report.id) ?? [])]),
        submission,
        isUnreleased: isUnreleased(incident, now),
        isUndecided: isUndecided({ ...report, priority: incident.priority }),
      },
      actor,
    );
    if (!asked) return [];
    // A deadline was met once a version is out.
    const dueAt = asked.kind === 'decision_waiting' ? report.decideBy : report.dueAt;
    return [line(row, { ...asked, dueAt: report.publishedAt === null ? dueAt : null })];
  });
  const today = dayOf(now, zone);
  const ofDecisions = decisions.flatMap((row): DueItem[] => {
    const { decision, incident, report } = row;
    if (decision.agreedAt === null) {
      const mayAgree = isAllowed(actor, 'reports.decide') && decision.proposedBy !== actor.userId;
      return mayAgree ? [line(row, { kind: 'decision_waiting', isOwn: false, dueAt: report.dueAt })] : [];
    }
    const mayLook = isAllowed(actor, 'reports.decide') || isAllowed(actor, 'reports.propose-not-released');
    const isNear = decision.reviewOn !== null && decision.reviewOn <= addDays(today, reviewDaysAhead);
    if (!decision.reviewOn || !isNear || !mayLook || !isUnreleased(incident, now)) return [];
    const dueAt = startOfDay(addDays(decision.reviewOn, 1), zone);
    return [line(row, { kind: 'release_review', isOwn: decision.proposedBy === actor.userId, dueAt })];
  });
  return [...ofReports, ...ofDecisions];
}

function readOpenReports(context: Context) {
  const { tables, read } = context.store;
  const { reports, incidents, users } = tables;
  // What nobody asks for any more would crowd out what is owed.
  const isAsked = or(isNull(reports.isRequired), eq(reports.isRequired, true));
  const isOpen = or(
    isNull(reports.state),
    inArray(reports.state, ['owed', 'draft', 'in_review', 'approved']),
  );
  return read
    .select({ report: reports, incident: incidents, ownerLeftAt: users.disabledAt })
    .from(reports)
    .innerJoin(incidents, eq(reports.incidentId, incidents.id))
    .leftJoin(users, eq(reports.ownerId, users.id))
    .where(and(isNull(reports.closedAt), isOpen, isAsked, visibleIncidents(context)))
    .orderBy(reports.dueAt, reports.id)
    .limit(limit);
}

/** Proposals that wait for a second person, and agreed ones not to release a report. */
function readDecisions(context: Context) {
  const { tables, read } = context.store;
  const { jointDecisions, reports, incidents } = tables;
  return read
    .select({ decision: jointDecisions, report: reports, incident: incidents })
    .from(jointDecisions)
    .innerJoin(incidents, eq(jointDecisions.incidentId, incidents.id))
    .innerJoin(reports, eq(reports.incidentId, incidents.id))
    .where(
      and(
        isNull(jointDecisions.refusedAt),
        or(isNull(jointDecisions.agreedAt), isNotNull(jointDecisions.reviewOn)),
        visibleIncidents(context),
      ),
    )
    .orderBy(jointDecisions.proposedAt, jointDecisions.id)
    .limit(limit);
}

/** The newest submission of each report, and whether its reviewers asked for changes. */
async function readSubmissions(context: Context, ids: readonly string[]) {
  const { reportRevisions, reviews } = context.store.tables;
  const rows = await context.store.read
    .select({
      reportId: reportRevisions.reportId,
      id: reportRevisions.id,
      submittedBy: reportRevisions.submittedBy,
      requestedAt: reviews.changesRequestedAt,
    })
    .from(reportRevisions)
    .leftJoin(reviews, eq(reviews.revisionId, reportRevisions.id))
    .where(oneOf(reportRevisions.reportId, [...ids]))
    .orderBy(desc(reportRevisions.sequence));
  const newest = new Map<string, { id: string; submittedBy: string | null; areChangesRequested: boolean }>();
  for (const { reportId, id, submittedBy, requestedAt } of rows) {
    const known = newest.get(reportId);
    if (!known) newest.set(reportId, { id, submittedBy, areChangesRequested: requestedAt !== null });
    else if (known.id === id && requestedAt !== null) known.areChangesRequested = true;
  }
  return newest;
}

const titleOf = ({ titleEn, titleDe }: { titleEn: string; titleDe: string }): DueItem['title'] | null =>
  titleEn || titleDe ? { ...(titleEn ? { en: titleEn } : {}), ...(titleDe ? { de: titleDe } : {}) } : null;

/** What the incidents of reports without a title of their own are called. */
async function readTitles(context: Context, rows: readonly Pick<Row, 'report' | 'incident'>[]) {
  const { incidents } = context.store.tables;
  const ids = [...new Set(rows.filter(({ report }) => !titleOf(report)).map(({ incident }) => incident.id))];
  const told = ids.length === 0 ? [] : await readTeamIncidents(context, oneOf(incidents.id, ids), ids.length);
  return new Map(told.map(({ id, titles }) => [id, titles]));
}
