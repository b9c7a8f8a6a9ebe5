import { and, asc, desc, eq, isNotNull } from 'drizzle-orm';
import type { KnowledgeSharing, Language, Priority } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { visibleIncidents } from '../../core/visibility.ts';
import type { ReportContent } from '../digest.ts';

export interface MeetingLine {
  id: string;
  reportId: string;
  reportNumber: string | null;
  reportVersion: number;
  title: Partial<Record<Language, string>>;
  priority: Priority;
  dueAt: Date;
  plannedFor: Date | null;
  heldAt: Date | null;
  leadId: string | null;
  leadName: string | null;
  sharing: KnowledgeSharing[];
  isOverdue: boolean;
}

/** Years of them. */
const longest = 500;

/**
 * The meetings on reports that the actor may see: owed ones first, the soonest due first; then those held, the latest first
 * . `more` counts those that the list leaves out, and `record` is of all. One query, two when there are so many.
 */
export async function listMeetings(
  context: Context,
): Promise<{ meetings: MeetingLine[]; more: number; record: SharingRecord }> {
  authorize(context, 'reports.read');
  const { tables, read } = context.store;
  const { postmortemMeetings, reports, incidents, reportRevisions, users } = tables;
  const rows = await read
    .select({
      meeting: postmortemMeetings,
      content: reportRevisions.content,
      number: reports.number,
      leadName: users.name,
    })
    .from(postmortemMeetings)
    .innerJoin(reports, eq(postmortemMeetings.reportId, reports.id))
    .innerJoin(incidents, eq(reports.incidentId, incidents.id))
    .innerJoin(
      reportRevisions,
      and(
        eq(reportRevisions.reportId, postmortemMeetings.reportId),
        eq(reportRevisions.version, postmortemMeetings.reportVersion),
      ),
    )
    .leftJoin(users, eq(postmortemMeetings.leadId, users.id))
    .where(visibleIncidents(context))
    // The owed ones first, so that years of held ones never hide one; of these the latest.
    .orderBy(
      asc(isNotNull(postmortemMeetings.heldAt)),
      desc(postmortemMeetings.heldAt),
      asc(postmortemMeetings.dueAt),
      desc(postmortemMeetings.id),
    )
    .limit(longest);
  const lines = rows.map(({ meeting, content, number, leadName }): MeetingLine => {
    const { title, priority }: ReportContent = JSON.parse(content);
    return {
      id: meeting.id,
      reportId: meeting.reportId,
      reportNumber: number,
      reportVersion: meeting.reportVersion,
      title,
      priority,
      dueAt: meeting.dueAt,
      plannedFor: meeting.plannedFor,
      heldAt: meeting.heldAt,
      leadId: meeting.leadId,
      leadName,
      sharing: meeting.sharing,
      isOverdue: meeting.heldAt === null && meeting.dueAt <= context.now,
    };
  });
  const held = lines.filter(({ heldAt }) => heldAt !== null);
  const latestFirst = held.toSorted((a, b) => Number(b.heldAt) - Number(a.heldAt) || (a.id < b.id ? 1 : -1));
  const all =
    rows.length < longest
      ? lines
      : await read
          .select({ heldAt: postmortemMeetings.heldAt, sharing: postmortemMeetings.sharing })
          .from(postmortemMeetings)
          .innerJoin(reports, eq(postmortemMeetings.reportId, reports.id))
          .innerJoin(incidents, eq(reports.incidentId, incidents.id))
          .where(visibleIncidents(context));
  return {
    meetings: [...lines.filter(({ heldAt }) => heldAt === null), ...latestFirst],
    more: all.length - lines.length,
    record: sharingOf(all),
  };
}

export interface SharingRecord {
  /** Meetings held, and how many of them recorded at least one way of passing on what was learned. */
  held: number;
  shared: number;
  of: Record<KnowledgeSharing, number>;
}

/** How many of the held meetings recorded each way of passing on what was learned. */
export function sharingOf(meetings: readonly Pick<MeetingLine, 'heldAt' | 'sharing'>[]): SharingRecord {
  const held = meetings.filter(({ heldAt }) => heldAt !== null);
  const count = (way: KnowledgeSharing): number => held.filter(({ sharing }) => sharing.includes(way)).length;
  return {
    held: held.length,
    shared: held.filter(({ sharing }) => sharing.length > 0).length,
    of: {
      review: count('review'),
      retrospective: count('retrospective'),
      runbook: count('runbook'),
      training: count('training'),
    },
  };
}
