import { aliasedTable, and, eq, exists, isNotNull, max, type SQL, sql } from 'drizzle-orm';
import { isUnreleased } from '../../core/visibility.ts';
import type { From } from '../find-report.ts';
import { obligationOf } from '../obligations/obligation.ts';
import { writersOf } from '../read-writers.ts';
import type { AskingReport } from './due-of-report.ts';

/**
 * The reports that satisfy `where`, the soonest due first, each with its incident and what it asks: the due list reads many
 * and a notice one, so that both know the same. One query, however many.
 */
export async function readAskingReports(from: From, where: SQL | undefined, now: Date) {
  const { reports, incidents, users, reportRevisions, reviews } = from.tables;
  const earlier = aliasedTable(reportRevisions, 'earlier');
  const newest = from.read
    .select({ sequence: max(earlier.sequence) })
    .from(earlier)
    .where(eq(earlier.reportId, reports.id));
  const requested = from.read
    .select({ id: reviews.id })
    .from(reviews)
    .where(and(eq(reviews.revisionId, reportRevisions.id), isNotNull(reviews.changesRequestedAt)));
  const rows = await from.read
    .select({
      report: reports,
      incident: incidents,
      ownerLeftAt: users.disabledAt,
      submission: { id: reportRevisions.id, submittedBy: reportRevisions.submittedBy },
      areChangesRequested: sql`case when ${exists(requested)} then 1 else 0 end`.mapWith(Boolean),
      writers: writersOf(from.tables),
    })
    .from(reports)
    .innerJoin(incidents, eq(reports.incidentId, incidents.id))
    .leftJoin(users, eq(reports.ownerId, users.id))
    // Of a report's revisions the last one that was submitted counts.
    .leftJoin(
      reportRevisions,
      and(eq(reportRevisions.reportId, reports.id), eq(reportRevisions.sequence, sql`(${newest})`)),
    )
    .where(where)
    .orderBy(reports.dueAt, reports.id);
  return rows.map(({ report, incident, ownerLeftAt, submission, areChangesRequested, writers }) => {
    const asking: AskingReport = {
      obligation: obligationOf(incident.priority, report),
      publishedAt: report.publishedAt,
      ownerId: ownerLeftAt === null ? report.ownerId : null,
      authors: new Set([...(report.authorId ? [report.authorId] : []), ...writers]),
      submission: submission && { ...submission, areChangesRequested },
      isUnreleased: isUnreleased(incident, now),
    };
    return { report, incident, asking };
  });
}
