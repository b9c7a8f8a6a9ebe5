import { eq, sql } from 'drizzle-orm';
import { actOn } from '../../core/act.ts';
import { rolesAllow } from '../../core/authorize.ts';
import { DomainError, invalid } from '../../core/errors.ts';
import { refuseStale } from '../../core/lock.ts';
import { requireReader } from '../../incidents/restricted/require-reader.ts';
import { restrictedTo } from '../find-report.ts';
import { findMeeting } from './find-meeting.ts';
import { planMeetingInput } from './meeting-input.ts';

/** A manager initiates the meeting on a published report, names who leads it (a manager) and who is invited. */
export const planMeeting = actOn({
  permission: 'meetings.lead',
  input: planMeetingInput,
  audits: ['meeting.planned'],
  async work({ tx, context, audit }, id, { lead, plannedFor, invited, version }): Promise<{ id: string }> {
    const found = await findMeeting(tx, context, id);
    const { meeting } = found;
    refuseStale(version, meeting, meeting, { lead, plannedFor, invited });
    if (meeting.heldAt) throw new DomainError('conflict', 'meeting_held');
    // Who initiates it is a person, so that a critical post-mortem never lacks its manager.
    if (context.actor.userId === null) throw new DomainError('forbidden', 'forbidden');
    const mustSee = (id: string, path: string) =>
      requireReader(tx, [found.incident], { id, path, now: context.now });
    const leader = await mustSee(lead, 'lead');
    if (!rolesAllow(leader.roles, 'meetings.lead')) throw invalid('lead', 'lead_manager');
    const ids = [...new Set([lead, ...invited])];
    for (const [at, person] of invited.entries()) await mustSee(person, `invited.${at}`);
    const { postmortemMeetings, postmortemParticipants } = tx.tables;
    await tx.db.delete(postmortemParticipants).where(eq(postmortemParticipants.meetingId, id));
    for (const userId of ids)
      await tx.db.insert(postmortemParticipants).values({ meetingId: id, userId, attended: false });
    await tx.db
      .update(postmortemMeetings)
      .set({
        initiatedBy: meeting.initiatedBy ?? context.actor.userId,
        leadId: lead,
        plannedFor: new Date(plannedFor),
        version: sql`${postmortemMeetings.version} + 1`,
      })
      .where(eq(postmortemMeetings.id, id));
    await audit({
      action: 'meeting.planned',
      subjectType: 'meeting',
      subjectId: id,
      before: { lead: meeting.leadId, plannedFor: meeting.plannedFor },
      after: { lead, plannedFor, invited: ids },
      restrictedTo: restrictedTo(found),
    });
    return { id };
  },
});
