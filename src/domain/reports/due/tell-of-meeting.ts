import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '../../../../db/store.ts';
import { isAllowed } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { enqueue } from '../../core/jobs/enqueue.ts';
import { notifyPeople } from '../../incidents/notices/notify-people.ts';

const told = z.object({ meetingId: z.string() });

/** Reminders of a meeting that a publication owes: a day before its due instant, and then. */
export async function remindOfMeeting(
  tx: Transaction,
  context: Context,
  { id, dueAt }: { id: string; dueAt: Date },
): Promise<void> {
  for (const at of [new Date(dueAt.getTime() - 86_400_000), dueAt])
    await enqueue(tx, context, { kind: 'tell-of-meeting', payload: { meetingId: id }, dueAt: at });
}

/** Tells who leads the meeting, else every manager; nobody once it was held. Bears being repeated. */
export async function deliverTellOfMeeting(context: Context, payload: unknown): Promise<void> {
  const { meetingId } = told.parse(payload);
  await context.store.transaction(async (tx) => {
    const { postmortemMeetings, reports, incidents, users } = tx.tables;
    const [found] = await tx.db
      .select({ meeting: postmortemMeetings, incident: incidents, leadLeftAt: users.disabledAt })
      .from(postmortemMeetings)
      .innerJoin(reports, eq(postmortemMeetings.reportId, reports.id))
      .innerJoin(incidents, eq(reports.incidentId, incidents.id))
      .leftJoin(users, eq(postmortemMeetings.leadId, users.id))
      .where(eq(postmortemMeetings.id, meetingId));
    if (!found || found.meeting.heldAt) return;
    const { meeting, incident } = found;
    const reference = `${meetingId}${meeting.dueAt <= context.now ? ' over' : ''}`;
    const about = { incident, kind: 'meeting_due', reference } as const;
    await notifyPeople(tx, context, about, (person) =>
      meeting.leadId === null || found.leadLeftAt !== null
        ? isAllowed(person, 'meetings.lead')
        : person.userId === meeting.leadId,
    );
  });
}
