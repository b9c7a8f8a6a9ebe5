import { and, eq, inArray, isNotNull, isNull, lte, or } from 'drizzle-orm';
import { addDays, dayOf, startOfDay } from '../../i18n/time.ts';
import { isAllowed } from '../access/authorize.ts';
import type { Context } from '../context.ts';
import { visibleProblems } from '../problems/find-problem.ts';
import type { ReportContent } from '../reports/digest.ts';
import type { Settings } from '../settings/settings.ts';
import { visibleIncidents } from '../visibility.ts';
import type { DueItem } from './due-item.ts';

/** So many days before its deadline an action comes to its owner. */
export const itemDaysAhead = 7;
const dayMs = 86_400_000;

/** The own actions that are due soon or overdue, and the done ones of which nobody said whether they helped. One query. */
export async function readDueItems(context: Context, settings: Settings): Promise<DueItem[]> {
  const { tables, read } = context.store;
  const { remediationItems, problems } = tables;
  const { now, actor } = context;
  if (actor.userId === null) return [];
  const zone = settings.time_zone;
  const horizon = addDays(dayOf(now, zone), itemDaysAhead);
  const noteFrom = new Date(now.getTime() - settings.effectiveness_days * dayMs);
  const rows = await read
    .select({ item: remediationItems })
    .from(remediationItems)
    .innerJoin(problems, eq(remediationItems.problemId, problems.id))
    .where(
      and(
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
      ),
    )
    .orderBy(remediationItems.dueOn, remediationItems.id)
    .limit(500);
  return rows.map(({ item }): DueItem => {
    const isDone = item.state === 'done' && item.settledAt !== null;
    const asked = new Date((item.settledAt?.getTime() ?? 0) + settings.effectiveness_days * dayMs);
    const dueAt = isDone
      ? startOfDay(addDays(dayOf(asked, zone), 1), zone)
      : startOfDay(addDays(item.dueOn, 1), zone);
    return {
      kind: isDone ? 'effectiveness_due' : 'remediation_due',
      subject: 'problem',
      id: item.problemId,
      title: {
        ...(item.actionEn ? { en: item.actionEn } : {}),
        ...(item.actionDe ? { de: item.actionDe } : {}),
      },
      priority: null,
      dueAt,
      isOverdue: dueAt <= now,
      isOwn: true,
    };
  });
}

/** Meetings on published reports that were not held: of the lead, and for every manager while there is none. One query. */
export async function readDueMeetings(context: Context): Promise<DueItem[]> {
  const { tables, read } = context.store;
  const { postmortemMeetings, reports, reportRevisions, incidents, users } = tables;
  const { now, actor } = context;
  const mayLead = isAllowed(actor, 'meetings.lead');
  const rows = await read
    .select({
      meeting: postmortemMeetings,
      content: reportRevisions.content,
      priority: incidents.priority,
      leadLeftAt: users.disabledAt,
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
    .where(and(isNull(postmortemMeetings.heldAt), visibleIncidents(context)))
    .orderBy(postmortemMeetings.dueAt, postmortemMeetings.id)
    .limit(500);
  return rows.flatMap(({ meeting, content, priority, leadLeftAt }): DueItem[] => {
    const isOwn = meeting.leadId !== null && meeting.leadId === actor.userId;
    const isOpen = meeting.leadId === null || leadLeftAt !== null;
    if (!isOwn && !(mayLead && isOpen)) return [];
    const { title }: ReportContent = JSON.parse(content);
    const { id, dueAt } = meeting;
    return [
      { kind: 'meeting_due', subject: 'meeting', id, title, priority, dueAt, isOverdue: dueAt <= now, isOwn },
    ];
  });
}
