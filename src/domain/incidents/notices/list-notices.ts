import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { inSomeLanguages } from '../../../../db/localised.ts';
import { oneOf } from '../../../../db/one-of.ts';
import type { Tables } from '../../../../db/schema.ts';
import type { Language, NoticeKind } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { leftOut } from '../../core/left-out.ts';
import { parse } from '../../core/parse.ts';
import { visibleIncidents } from '../../core/visibility.ts';
import { readTimelines } from '../updates/timeline.ts';
import { type NoticeSubject, noticeTable } from './notice-kinds.ts';

export const listNoticesInput = z.strictObject({
  limit: z.number().int().min(1).max(100).optional(),
  /** Only those not noted yet. */
  unseen: z.enum(['true', 'false']).optional(),
});

export interface Notice {
  id: string;
  kind: NoticeKind;
  incidentId: string;
  /** The page that it leads to: a report is found by its incident. */
  subject: NoticeSubject;
  subjectId: string;
  titles: Partial<Record<Language, string>>;
  /** Of the report that it is about, published or to be; null where it is about none, or about all of it. */
  version: number | null;
  createdAt: Date;
  seenAt: Date | null;
}

/** What the actor was told of, newest first, and how many older ones there are; only the own, and nothing of incidents that the actor may not see any more. */
export async function listNotices(
  context: Context,
  input: unknown = {},
): Promise<{ notices: Notice[]; more: number }> {
  authorize(context, 'notices.read-own');
  const { limit = 50, unseen } = parse(listNoticesInput, input);
  const { tables, read } = context.store;
  const { incidents, notices } = tables;
  if (context.actor.userId === null) return { notices: [], more: 0 };
  const where = and(
    eq(notices.userId, context.actor.userId),
    visibleIncidents(context),
    unseen === 'true' ? isNull(notices.seenAt) : undefined,
  );
  const rows = await read
    .select({ notice: notices, internalTitle: incidents.internalTitle })
    .from(notices)
    .innerJoin(incidents, eq(notices.incidentId, incidents.id))
    .where(where)
    .orderBy(desc(notices.createdAt), desc(notices.id))
    .limit(limit);
  const more = await leftOut(rows, limit, () =>
    read.$count(
      read
        .select({ id: notices.id })
        .from(notices)
        .innerJoin(incidents, eq(notices.incidentId, incidents.id))
        .where(where)
        .as('told'),
    ),
  );
  const timelines = await readTimelines(context.store, [
    ...new Set(rows.map(({ notice }) => notice.incidentId)),
  ]);
  const versions = await readVersions(context, rows);
  const shown = rows.map(({ notice, internalTitle }): Notice => {
    const { id, kind, incidentId, createdAt, seenAt } = notice;
    const { subject } = noticeTable[kind];
    // The reference of what has a page beside the incident begins with its id.
    const hasOwnPage = subject === 'problem' || subject === 'meeting';
    const subjectId = (hasOwnPage && notice.reference.split(' ')[0]) || incidentId;
    const texts = timelines.get(incidentId)?.[0]?.texts;
    const titles = inSomeLanguages((language) => (texts ? texts[language]?.title : internalTitle));
    const version = versions(notice);
    return { id, kind, incidentId, subject, subjectId, titles, version, createdAt, seenAt };
  });
  return { notices: shown, more };
}

type Told = Pick<Tables['notices']['$inferSelect'], 'kind' | 'incidentId' | 'reference'>;

/** Which version of its report a notice is about: that of its submission, publication or meeting. Two queries, however many. */
async function readVersions(
  { store }: Context,
  rows: readonly { notice: Told }[],
): Promise<(notice: Told) => number | null> {
  const { reports, reportRevisions, postmortemMeetings } = store.tables;
  const told = (by: 'submission' | 'meeting'): Told[] =>
    rows.map(({ notice }) => notice).filter(({ kind }) => noticeTable[kind].version === by);
  const ofReports = told('submission');
  const revisions =
    ofReports.length === 0
      ? []
      : await store.read
          .select({
            id: reportRevisions.id,
            reportId: reportRevisions.reportId,
            version: reportRevisions.version,
          })
          .from(reportRevisions)
          .innerJoin(reports, eq(reportRevisions.reportId, reports.id))
          .where(oneOf(reports.incidentId, [...new Set(ofReports.map(({ incidentId }) => incidentId))]))
          .orderBy(asc(reportRevisions.reportId), asc(reportRevisions.sequence));
  // What is submitted becomes the version after those published before it.
  const becomes = new Map<string, number>();
  const published = new Map<string, number>();
  for (const { id, reportId, version } of revisions) {
    becomes.set(id, version ?? (published.get(reportId) ?? 0) + 1);
    if (version !== null) published.set(reportId, version);
  }
  const ofMeetings = told('meeting').map(({ reference }) => reference.split(' ')[0] ?? '');
  const meetings =
    ofMeetings.length === 0
      ? []
      : await store.read
          .select({ id: postmortemMeetings.id, version: postmortemMeetings.reportVersion })
          .from(postmortemMeetings)
          .where(oneOf(postmortemMeetings.id, ofMeetings));
  const bound = new Map(meetings.map(({ id, version }) => [id, version]));
  return ({ kind, reference }) => {
    const [first = '', second] = reference.split(' ');
    const { version } = noticeTable[kind];
    switch (version) {
      case 'submission':
        return becomes.get(first) ?? null;
      case 'publication':
        return Number(second) || null;
      case 'meeting':
        return bound.get(first) ?? null;
      // A reminder of the day comes before the first version alone.
      case 'first':
        return 1;
      case null:
        return null;
    }
  };
}
