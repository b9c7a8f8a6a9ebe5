import { and, asc, desc, eq } from 'drizzle-orm';
import type { Language } from '../../../db/words.ts';
import { authorize } from '../access/authorize.ts';
import type { Context } from '../context.ts';
import type { ReportContent } from '../reports/digest.ts';
import { visibleIncidents } from '../visibility.ts';
import { findMeeting } from './find-meeting.ts';

export interface MeetingLine {
  id: string;
  reportId: string;
  reportVersion: number;
  title: Partial<Record<Language, string>>;
  dueAt: Date;
  plannedFor: Date | null;
  heldAt: Date | null;
  leadId: string | null;
  isOverdue: boolean;
}

/** The meetings on reports that the actor may see: owed ones first, the soonest due first. Two queries. */
export async function listMeetings(context: Context): Promise<MeetingLine[]> {
  authorize(context, 'reports.read');
  const { tables, read } = context.store;
  const { postmortemMeetings, reports, incidents, reportRevisions } = tables;
  const rows = await read
    .select({ meeting: postmortemMeetings, content: reportRevisions.content })
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
    .where(visibleIncidents(context))
    .orderBy(asc(postmortemMeetings.dueAt), desc(postmortemMeetings.id))
    .limit(500);
  const lines = rows.map(({ meeting, content }): MeetingLine => {
    const read: ReportContent = JSON.parse(content);
    return {
      id: meeting.id,
      reportId: meeting.reportId,
      reportVersion: meeting.reportVersion,
      title: read.title,
      dueAt: meeting.dueAt,
      plannedFor: meeting.plannedFor,
      heldAt: meeting.heldAt,
      leadId: meeting.leadId,
      isOverdue: meeting.heldAt === null && meeting.dueAt <= context.now,
    };
  });
  return lines.toSorted((a, b) => Number(a.heldAt !== null) - Number(b.heldAt !== null));
}

/** One meeting with its participants, the version it deals with, and whether a newer one is out. */
export async function readMeeting(context: Context, id: string) {
  authorize(context, 'reports.read');
  const found = await findMeeting(context.store, context, id);
  const { reportRevisions } = context.store.tables;
  const revisions = await context.store.read
    .select({ version: reportRevisions.version, content: reportRevisions.content })
    .from(reportRevisions)
    .where(eq(reportRevisions.reportId, found.report.id))
    .orderBy(desc(reportRevisions.sequence));
  const own = revisions.find(({ version }) => version === found.meeting.reportVersion);
  const newest = revisions.find(({ version }) => version !== null)?.version ?? found.meeting.reportVersion;
  const content: ReportContent | null = own ? JSON.parse(own.content) : null;
  return { ...found, content, newerVersion: newest > found.meeting.reportVersion ? newest : null };
}

export type MeetingPage = Awaited<ReturnType<typeof readMeeting>>;
