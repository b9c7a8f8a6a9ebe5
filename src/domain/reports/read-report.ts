import { asc, desc, eq } from 'drizzle-orm';
import { authorize } from '../core/authorize.ts';
import { dayOf } from '../core/calendar.ts';
import type { Context } from '../core/context.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import { contentBytes, digestOfContent } from './digest.ts';
import { type From, findReport } from './find-report.ts';
import { readLinks } from './links.ts';
import { findingsOf } from './lint-report.ts';
import { authorsOf, contentOf, readWork, revisionsOf } from './read-work.ts';
import { missingFrom } from './reviews/completeness.ts';

/** Everything the team may know of a report: the work, its revisions, reviews, comments and decisions. A fixed number of queries. */
export async function readReport(context: Context, id: string) {
  authorize(context, 'reports.read');
  const from = context.store;
  const { tables, read } = from;
  const settings = await readSettings(from);
  const work = await readWork(from, await findReport(from, context, id));
  const { revisions, reviews } = await readReviewed(from, work.report.id);
  const comments = await read
    .select()
    .from(tables.reportComments)
    .where(eq(tables.reportComments.reportId, work.report.id))
    .orderBy(asc(tables.reportComments.createdAt), asc(tables.reportComments.id));
  const decisions = await read
    .select()
    .from(tables.jointDecisions)
    .where(eq(tables.jointDecisions.incidentId, work.incident.id))
    .orderBy(asc(tables.jointDecisions.proposedAt), asc(tables.jointDecisions.id));
  const links = await readLinks(from, work.report.id);
  const { users } = tables;
  const people = await read.select({ id: users.id, name: users.name, roles: users.roles }).from(users);
  const content = contentOf(work);
  const { report } = work;
  return {
    ...work,
    settings,
    content,
    digest: digestOfContent(contentBytes(content)),
    findings: findingsOf(content, settings, { people: people.map(({ name }) => name), now: context.now }),
    /** What keeps it from being submitted, place by place, beside findings that block. */
    missing: missingFrom(work, content, {
      offered: context.offered,
      isNextVersion: revisions.published !== null,
      authorRoles: people.find(({ id: person }) => person === report.authorId)?.roles ?? [],
      today: dayOf(context.now, settings.time_zone),
    }),
    authors: authorsOf(work),
    revisions: revisions.all,
    submitted: revisions.submitted,
    published: revisions.published,
    reviews,
    comments,
    decisions,
    links,
    people,
  };
}

export type TeamReport = Awaited<ReturnType<typeof readReport>>;

/** The revisions of a report, the newest first, and their reviews, the oldest first. One query. */
async function readReviewed(from: From, reportId: string) {
  const { reportRevisions, reviews } = from.tables;
  const rows = await from.read
    .select({ revision: reportRevisions, review: reviews })
    .from(reportRevisions)
    .leftJoin(reviews, eq(reviews.revisionId, reportRevisions.id))
    .where(eq(reportRevisions.reportId, reportId))
    .orderBy(desc(reportRevisions.sequence));
  const revisions = new Map(rows.map(({ revision }) => [revision.id, revision]));
  return {
    revisions: revisionsOf([...revisions.values()]),
    reviews: rows
      .flatMap(({ review }) => review ?? [])
      .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1)),
  };
}
