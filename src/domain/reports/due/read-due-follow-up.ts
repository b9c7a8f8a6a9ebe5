import { and, eq, inArray, isNotNull, isNull, lte, or } from 'drizzle-orm';
import { isAllowed } from '../../core/authorize.ts';
import { addDays, dayOf, startOfDay } from '../../core/calendar.ts';
import type { Context } from '../../core/context.ts';
import { leftOut } from '../../core/left-out.ts';
import { filled } from '../../core/localised.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { visibleIncidents } from '../../core/visibility.ts';
import type { ReportContent } from '../digest.ts';
import { visibleProblems } from '../problems/find-problem.ts';
import { type Due, type DueItem, mostDue } from './due-item.ts';

/** So many days before its deadline an action comes to its owner. */
export const itemDaysAhead = 7;
const dayMs = 86_400_000;

/** The own actions that are due soon or overdue, and the done ones of which nobody said whether they helped. One query. */
export async function readDueItems(context: Context, settings: Settings): Promise<Due> {
  const { tables, read } = context.store;
  const { remediationItems, problems } = tables;
  const { now, actor } = context;
  if (actor.userId === null) return { due: [], more: 0 };
  const zone = settings.time_zone;
  const horizon = addDays(dayOf(now, zone), itemDaysAhead);
  const noteFrom = new Date(now.getTime() - settings.effectiveness_days * dayMs);
  const where = and(
    eq(remediationItems.ownerId, actor.userId),
    or(
      and(
        inArray(remediationItems.state, ['open', 'in_progress']),
        lte(remediationItems.dueOn, horizon),
        isNull(problems.closedAt),
      ),
      and(
        eq(remediationItems.state, 'done'),
        isNull(remediationItems.effectivenessAt),
        isNotNull(remediationItems.settledAt),
        lte(remediationItems.settledAt, noteFrom),
      ),
    ),
    visibleProblems(context.store, context),
  );
  const rows = await read
    .select({ item: remediationItems })
    .from(remediationItems)
    .innerJoin(problems, eq(remediationItems.problemId, problems.id))
    .where(where)
    .orderBy(remediationItems.dueOn, remediationItems.id)
    .limit(mostDue);
  const more = await leftOut(rows, mostDue, () =>
    read.$count(
      read
        .select({ id: remediationItems.id })
        .from(remediationItems)
        .innerJoin(problems, eq(remediationItems.problemId, problems.id))
        .where(where)
        .as('due'),
    ),
  );
  const due = rows.map(({ item }): DueItem => {
    const isDone = item.state === 'done' && item.settledAt !== null;
    const asked = new Date((item.settledAt?.getTime() ?? 0) + settings.effectiveness_days * dayMs);
    const dueAt = isDone
      ? startOfDay(addDays(dayOf(asked, zone), 1), zone)
      : startOfDay(addDays(item.dueOn, 1), zone);
    return {
      kind: isDone ? 'effectiveness_due' : 'remediation_due',
      subject: 'problem',
      id: item.problemId,
      title: filled(item.action),
      priority: null,
      dueAt,
      isOverdue: dueAt <= now,
      isOwn: true,
    };
  });
  return { due, more };
}

/** Meetings on published reports that were not held: of the lead, and for every manager while there is none. One query. */
export async function readDueMeetings(context: Context): Promise<Due> {
  const { tables, read } = context.store;
  const { postmortemMeetings, reports, reportRevisions, incidents, users } = tables;
  const { now, actor } = context;
  const isOwn = actor.userId === null ? undefined : eq(postmortemMeetings.leadId, actor.userId);
  const isFree = or(isNull(postmortemMeetings.leadId), isNotNull(users.disabledAt));
  const asked = isAllowed(actor, 'meetings.lead') ? or(isOwn, isFree) : isOwn;
  if (!asked) return { due: [], more: 0 };
  const where = and(isNull(postmortemMeetings.heldAt), asked, visibleIncidents(context));
  const rows = await read
    .select({
      meeting: postmortemMeetings,
      content: reportRevisions.content,
      priority: incidents.priority,
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
    .where(where)
    .orderBy(postmortemMeetings.dueAt, postmortemMeetings.id)
    .limit(mostDue);
  const more = await leftOut(rows, mostDue, () =>
    read.$count(
      read
        .select({ id: postmortemMeetings.id })
        .from(postmortemMeetings)
        .innerJoin(reports, eq(postmortemMeetings.reportId, reports.id))
        .innerJoin(incidents, eq(reports.incidentId, incidents.id))
        .leftJoin(users, eq(postmortemMeetings.leadId, users.id))
        .where(where)
        .as('due'),
    ),
  );
  const due = rows.map(({ meeting: { id, dueAt, leadId }, content, priority }): DueItem => {
    const { title }: ReportContent = JSON.parse(content);
    const isOverdue = dueAt <= now;
    const isOwn = leadId !== null && leadId === actor.userId;
    return { kind: 'meeting_due', subject: 'meeting', id, title, priority, dueAt, isOverdue, isOwn };
  });
  return { due, more };
}
