import { and, asc, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { whoMaySee } from '../../core/visibility.ts';
import type { ReportContent } from '../digest.ts';
import { visibleProblems } from '../problems/find-problem.ts';
import { findMeeting } from './find-meeting.ts';

/**
 * One meeting with its participants, the version it deals with, whether a newer one is out, and what its agenda is
 * made of: the sections, the plan as it stands, the open comments. Also who may be invited. A fixed number of queries.
 */
export async function readMeeting(context: Context, id: string) {
  authorize(context, 'reports.read');
  const { tables, read } = context.store;
  const { reportRevisions, reportComments, remediationItems, problemIncidents, problems, users } = tables;
  const settings = await readSettings(context.store);
  const found = await findMeeting(context.store, context, id);
  const [newest] = await read
    .select({ version: reportRevisions.version })
    .from(reportRevisions)
    .where(and(eq(reportRevisions.reportId, found.report.id), isNotNull(reportRevisions.version)))
    .orderBy(desc(reportRevisions.version))
    .limit(1);
  const comments = await read
    .select()
    .from(reportComments)
    .where(and(eq(reportComments.reportId, found.report.id), isNull(reportComments.settledAt)))
    .orderBy(asc(reportComments.createdAt), asc(reportComments.id));
  const problemIds = read
    .select({ id: problemIncidents.problemId })
    .from(problemIncidents)
    .innerJoin(problems, eq(problemIncidents.problemId, problems.id))
    .where(and(eq(problemIncidents.incidentId, found.incident.id), visibleProblems(context.store, context)));
  const items = await read
    .select()
    .from(remediationItems)
    .where(inArray(remediationItems.problemId, problemIds))
    .orderBy(asc(remediationItems.position), asc(remediationItems.id));
  const names = await read.select({ id: users.id, name: users.name }).from(users);
  const people = await whoMaySee(context.store, found.incident, context.now);
  const content: ReportContent | null = found.revision ? JSON.parse(found.revision.content) : null;
  const { reportVersion } = found.meeting;
  return {
    ...found,
    settings,
    content,
    html: found.revision?.html ?? {},
    comments,
    items,
    names: new Map(names.map((user) => [user.id, user.name])),
    people,
    newerVersion: newest?.version && newest.version > reportVersion ? newest.version : null,
    isOverdue: found.meeting.heldAt === null && found.meeting.dueAt <= context.now,
  };
}

export type MeetingPage = Awaited<ReturnType<typeof readMeeting>>;

/** The meetings on one report, which the actor was shown already, the latest version first, with who was invited and who attended. One query. */
export async function listMeetingsOf(context: Context, reportId: string) {
  authorize(context, 'reports.read');
  const { tables, read } = context.store;
  const { postmortemMeetings, postmortemParticipants, users } = tables;
  const rows = await read
    .select({
      meeting: postmortemMeetings,
      participant: {
        meetingId: postmortemParticipants.meetingId,
        userId: postmortemParticipants.userId,
        attended: postmortemParticipants.attended,
      },
      name: users.name,
    })
    .from(postmortemMeetings)
    .leftJoin(postmortemParticipants, eq(postmortemParticipants.meetingId, postmortemMeetings.id))
    .leftJoin(users, eq(postmortemParticipants.userId, users.id))
    .where(eq(postmortemMeetings.reportId, reportId))
    .orderBy(desc(postmortemMeetings.reportVersion), asc(users.name), asc(users.id));
  const meetings = new Map(rows.map(({ meeting }) => [meeting.id, meeting]));
  return [...meetings.values()].map((meeting) => ({
    ...meeting,
    isOverdue: meeting.heldAt === null && meeting.dueAt <= context.now,
    participants: rows.flatMap(({ participant, name }) =>
      participant?.meetingId === meeting.id && name !== null ? [{ ...participant, name }] : [],
    ),
  }));
}

export type MeetingOf = Awaited<ReturnType<typeof listMeetingsOf>>[number];
