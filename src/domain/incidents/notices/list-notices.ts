import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { inSomeLanguages } from '../../../../db/localised.ts';
import { oneOf } from '../../../../db/one-of.ts';
import type { Tables } from '../../../../db/schema.ts';
import { type Language, type NoticeKind, noticeKinds } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { leftOut } from '../../core/left-out.ts';
import { parse } from '../../core/parse.ts';
import { visibleIncidents } from '../../core/visibility.ts';
import { readTitled, type Titled } from '../updates/read-titles.ts';
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
  const found = await findNotices(context, input);
  return showNotices(found, await readTitled(context.store, incidentsOfNotices(found)));
}

/** The same without the titles of their incidents, which a page reads for several lists at once. One query, two when there are too many. */
export async function findNotices(
  context: Context,
  input: unknown = {},
  kinds: readonly NoticeKind[] = noticeKinds,
) {
  authorize(context, 'notices.read-own');
  const { limit = 50, unseen } = parse(listNoticesInput, input);
  const { tables, read } = context.store;
  const { incidents, notices, postmortemMeetings, reportRevisions } = tables;
  const told = versionsOf(tables);
  if (context.actor.userId === null) return { rows: [], more: 0 };
  const where = and(
    eq(notices.userId, context.actor.userId),
    visibleIncidents(context),
    unseen === 'true' ? isNull(notices.seenAt) : undefined,
    kinds === noticeKinds ? undefined : oneOf(notices.kind, kinds),
  );
  const rows = await read
    .select({
      notice: notices,
      internalTitle: incidents.internalTitle,
      becomes: told.becomes,
      meetingVersion: postmortemMeetings.reportVersion,
    })
    .from(notices)
    .innerJoin(incidents, eq(notices.incidentId, incidents.id))
    .leftJoin(reportRevisions, eq(reportRevisions.id, told.subject))
    .leftJoin(postmortemMeetings, eq(postmortemMeetings.id, told.subject))
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
  return { rows, more };
}

type FoundNotices = Awaited<ReturnType<typeof findNotices>>;

export const incidentsOfNotices = ({ rows }: FoundNotices): string[] =>
  rows.map(({ notice }) => notice.incidentId);

/** What was found, each with the title of its incident's newest update. Pure. */
export function showNotices(
  { rows, more }: FoundNotices,
  titled: Titled,
): { notices: Notice[]; more: number } {
  const shown = rows.map(({ notice, internalTitle, becomes, meetingVersion }): Notice => {
    const { id, kind, incidentId, createdAt, seenAt } = notice;
    const { subject } = noticeTable[kind];
    // The reference of what has a page beside the incident begins with its id.
    const hasOwnPage = subject === 'problem' || subject === 'meeting';
    const subjectId = (hasOwnPage && notice.reference.split(' ')[0]) || incidentId;
    const texts = titled.get(incidentId)?.[0]?.texts;
    const titles = inSomeLanguages((language) => (texts ? texts[language]?.title : internalTitle));
    const version = versionOf(notice, { becomes, meetingVersion });
    return { id, kind, incidentId, subject, subjectId, titles, version, createdAt, seenAt };
  });
  return { notices: shown, more };
}

/** Of the revision or meeting that a notice is about: its id, and what a revision is or becomes: the version after those published before it. */
function versionsOf({ notices, reportRevisions }: Tables) {
  const { version, reportId, sequence } = reportRevisions;
  const before = sql`(select coalesce(max(b.version), 0) + 1 from ${reportRevisions} as b
    where b.report_id = ${reportId} and b.sequence < ${sequence})`;
  return {
    subject: sql<string>`substr(${notices.reference}, 1, 12)`,
    becomes: sql<
      number | null
    >`case when ${reportId} is null then null else coalesce(${version}, ${before}) end`,
  };
}

/** Which version of its report a notice is about: that of its submission, publication or meeting. */
function versionOf(
  { kind, reference }: Pick<Tables['notices']['$inferSelect'], 'kind' | 'reference'>,
  known: { becomes: number | null; meetingVersion: number | null },
): number | null {
  switch (noticeTable[kind].version) {
    case 'submission':
      return known.becomes === null ? null : Number(known.becomes);
    case 'publication':
      return Number(reference.split(' ')[1]) || null;
    case 'meeting':
      return known.meetingVersion;
    // A reminder of the day comes before the first version alone.
    case 'first':
      return 1;
    case null:
      return null;
  }
}
