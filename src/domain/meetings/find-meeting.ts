import { asc, eq } from 'drizzle-orm';
import { idPattern } from '../../../db/ids.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { type From, findReport } from '../reports/find-report.ts';

/** A meeting with its report and participants; not found for who may not see the incident. */
export async function findMeeting(from: From, context: Context, id: string) {
  if (!idPattern.test(id)) throw notFound();
  const { postmortemMeetings, postmortemParticipants, users } = from.tables;
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
  return { ...found, meeting, participants };
}

export type FoundMeeting = Awaited<ReturnType<typeof findMeeting>>;
