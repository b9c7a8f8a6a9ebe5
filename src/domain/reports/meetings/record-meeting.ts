import { and, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Transaction } from '../../../../db/store.ts';
import { reportSections } from '../../../../db/words.ts';
import { actOn, type Given } from '../../core/act.ts';
import type { Context } from '../../core/context.ts';
import { DomainError, type FieldRefusal } from '../../core/errors.ts';
import { refuseStale } from '../../core/lock.ts';
import { isBefore } from '../../core/minute.ts';
import { requireUser } from '../../people/users/find-user.ts';
import { requireEnabledUser } from '../../people/users/require-enabled-user.ts';
import { restrictedTo } from '../find-report.ts';
import { type From, findProblem } from '../problems/find-problem.ts';
import { insertProblem, openProblemOf } from '../problems/open-problem-of.ts';
import { insertItem } from '../remediation/insert-item.ts';
import { type FoundMeeting, findMeeting } from './find-meeting.ts';
import { recordMeetingInput } from './meeting-input.ts';

/**
 * Records that a meeting was held: who attended, agreed or changed per section, decisions. It needs its lead, a
 * manager and an engineer or SRE among those attending. New actions go into the plan in the same transaction.
 * "Changed" begins the next version of the report.
 */
export const recordMeeting = actOn({
  permission: 'meetings.lead',
  input: recordMeetingInput,
  audits: ['meeting.held', 'remediation.added'],
  async work(given, id, wanted): Promise<{ id: string; startsNextVersion: boolean }> {
    const { tx, context, audit } = given;
    const found = await findMeeting(tx, context, id);
    const { meeting } = found;
    refuseStale(wanted.version, meeting, meeting, wanted);
    if (meeting.heldAt) throw new DomainError('conflict', 'meeting_held');
    const attended: Awaited<ReturnType<typeof requireEnabledUser>>[] = [];
    // One after the other: a transaction has one connection.
    for (const [at, person] of [...new Set(wanted.attended)].entries())
      attended.push(await requireGuest(tx, found, person, `attended.${at}`));
    const refusals = meetingRefusals(found, wanted, attended, context.now);
    if (refusals.length > 0) throw new DomainError('invalid', 'input', { fields: refusals });
    const { postmortemMeetings, postmortemParticipants } = tx.tables;
    for (const { id: userId } of attended) {
      const isInvited = found.participants.some((participant) => participant.userId === userId);
      if (isInvited)
        await tx.db
          .update(postmortemParticipants)
          .set({ attended: true })
          .where(and(eq(postmortemParticipants.meetingId, id), eq(postmortemParticipants.userId, userId)));
      else await tx.db.insert(postmortemParticipants).values({ meetingId: id, userId, attended: true });
    }
    await tx.db
      .update(postmortemMeetings)
      .set({
        heldAt: new Date(wanted.heldAt),
        outcomes: wanted.outcomes,
        decisions: wanted.decisions?.trim() ?? '',
        sharing: [...new Set(wanted.sharing)],
        version: sql`${postmortemMeetings.version} + 1`,
      })
      .where(eq(postmortemMeetings.id, id));
    await addItems(given, found, wanted.items ?? []);
    const startsNextVersion = Object.values(wanted.outcomes).includes('changed');
    if (startsNextVersion) await startNextVersion(tx, context, found);
    await audit({
      action: 'meeting.held',
      subjectType: 'meeting',
      subjectId: id,
      after: {
        heldAt: wanted.heldAt,
        attended: attended.map((person) => person.id),
        outcomes: wanted.outcomes,
        sharing: wanted.sharing,
      },
      restrictedTo: restrictedTo(found),
    });
    return { id, startsNextVersion };
  },
});

/** Who was invited attended, also when they have left since; anybody else is still here. */
const requireGuest = (from: From, { participants }: FoundMeeting, id: string, path: string) =>
  participants.some(({ userId }) => userId === id)
    ? requireUser(from, id)
    : requireEnabledUser(from, id, path);

function meetingRefusals(
  { meeting, revision }: FoundMeeting,
  wanted: { heldAt: string; outcomes: object },
  attended: readonly { id: string; roles: readonly string[] }[],
  now: Date,
): FieldRefusal[] {
  const refusals: FieldRefusal[] = [];
  const has = (...roles: string[]): boolean =>
    attended.some((person) => person.roles.some((role) => roles.includes(role)));
  if (meeting.leadId === null || meeting.initiatedBy === null)
    refusals.push({ path: 'lead', key: 'required' });
  else if (!attended.some(({ id }) => id === meeting.leadId))
    refusals.push({ path: 'attended', key: 'lead_absent' });
  if (!has('manager')) refusals.push({ path: 'attended', key: 'manager_absent' });
  if (!has('sre', 'engineer')) refusals.push({ path: 'attended', key: 'engineer_absent' });
  const heldAt = new Date(wanted.heldAt);
  if (heldAt > now) refusals.push({ path: 'heldAt', key: 'in_future' });
  else if (revision?.publishedAt && isBefore(heldAt, revision.publishedAt))
    refusals.push({ path: 'heldAt', key: 'before_publication' });
  for (const section of reportSections) {
    if (!(section in wanted.outcomes)) refusals.push({ path: `outcomes.${section}`, key: 'required' });
  }
  return refusals;
}

/** What the meeting decided to do goes into the plan of the incident's problem, which is opened if there is none. */
async function addItems(
  given: Given<'remediation.added'>,
  { incident }: FoundMeeting,
  items: NonNullable<z.infer<typeof recordMeetingInput>['items']>,
): Promise<void> {
  if (items.length === 0) return;
  const { tx, context } = given;
  let found = await findProblem(tx, context, await openProblemOf(tx, context, incident));
  // A closed problem keeps what it says; what is still to be done is the next one's.
  if (found.problem.closedAt) {
    const next = await insertProblem(tx, context, { ...incident, title: found.problem.title }, [incident.id]);
    found = await findProblem(tx, context, next);
  }
  for (const [at, item] of items.entries())
    await insertItem(given, found, item, {
      path: `items.${at}.`,
      position: found.items.length + at,
    });
}

/** The published report becomes the draft of its next version; what is published stays readable. */
async function startNextVersion(tx: Transaction, context: Context, { report }: FoundMeeting): Promise<void> {
  const { reports } = tx.tables;
  await tx.db
    .update(reports)
    .set({ state: 'draft', updatedAt: context.now, version: sql`${reports.version} + 1` })
    .where(and(eq(reports.id, report.id), eq(reports.state, 'published')));
}
