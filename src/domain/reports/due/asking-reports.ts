import { desc, eq, type SQL } from 'drizzle-orm';
import { oneOf } from '../../../../db/one-of.ts';
import { isUnreleased } from '../../core/visibility.ts';
import type { From } from '../find-report.ts';
import { obligationOf } from '../obligations/obligation.ts';
import { readWriters } from '../read-writers.ts';
import type { AskingReport } from './due-of-report.ts';

/**
 * The reports that satisfy `where`, the soonest due first, each with its incident and what it asks: the due list reads many
 * and a notice one, so that both know the same. Three queries, however many.
 */
export async function readAskingReports(from: From, where: SQL | undefined, now: Date) {
  const { reports, incidents, users } = from.tables;
  const rows = await from.read
    .select({ report: reports, incident: incidents, ownerLeftAt: users.disabledAt })
    .from(reports)
    .innerJoin(incidents, eq(reports.incidentId, incidents.id))
    .leftJoin(users, eq(reports.ownerId, users.id))
    .where(where)
    .orderBy(reports.dueAt, reports.id);
  const ids = rows.map(({ report }) => report.id);
  const writers = await readWriters(from, ids);
  const submissions = await readSubmissions(from, ids);
  return rows.map(({ report, incident, ownerLeftAt }) => {
    const asking: AskingReport = {
      obligation: obligationOf(incident.priority, report),
      publishedAt: report.publishedAt,
      ownerId: ownerLeftAt === null ? report.ownerId : null,
      authors: new Set([...(report.authorId ? [report.authorId] : []), ...(writers.get(report.id) ?? [])]),
      submission: submissions.get(report.id) ?? null,
      isUnreleased: isUnreleased(incident, now),
    };
    return { report, incident, asking };
  });
}

/** The newest submission of each report, and whether its reviewers asked for changes. */
async function readSubmissions(from: From, ids: readonly string[]) {
  const { reportRevisions, reviews } = from.tables;
  const rows = await from.read
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
  const newest = new Map<string, NonNullable<AskingReport['submission']>>();
  for (const { reportId, id, submittedBy, requestedAt } of rows) {
    const known = newest.get(reportId);
    if (!known) newest.set(reportId, { id, submittedBy, areChangesRequested: requestedAt !== null });
    else if (known.id === id && requestedAt !== null) known.areChangesRequested = true;
  }
  return newest;
}
