import { and, asc, eq } from 'drizzle-orm';
import { idPattern } from '../../../../db/ids.ts';
import type { Context } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { type From, findReport } from '../find-report.ts';

/** A meeting with its report, the version it deals with, and participants; not found for who may not see the incident. */
export async function findMeeting(from: From, context: Context, id: string) {
  if (!idPattern.test(id)) throw notFound();
  const { postmortemMeetings, postmortemParticipants, reportRevisions, users } = from.tables;
  const [meeting] = await from.read.select().from(postmortemMeetings).where(eq(postmortemMeetings.id, id));
  if (!meeting) throw notFound();
  const found = await findReport(from, context, meeting.reportId);
  const participants = await from.read
    .select({
      userId: postmortemParticipants.userId,
      attended: postmortemParticipants.attended,
      name: users.name,
      roles: users.roles,
    })
    .from(postmortemParticipants)
    .innerJoin(users, eq(postmortemParticipants.userId, users.id))
    .where(eq(postmortemParticipants.meetingId, id))
    .orderBy(asc(users.name), asc(users.id));
  const [revision] = await from.read
    .select()
    .from(reportRevisions)
    .where(
      and(eq(reportRevisions.reportId, meeting.reportId), eq(reportRevisions.version, meeting.reportVersion)),
    );
  return { ...found, meeting, participants, revision: revision ?? null };
}

export type FoundMeeting = Awaited<ReturnType<typeof findMeeting>>;
