import { and, eq, isNull, lte, or } from 'drizzle-orm';
import type { Localised } from '../../../../db/localised.ts';
import { isAllowed } from '../../core/authorize.ts';
import { addDays, dayOf, startOfDay } from '../../core/calendar.ts';
import type { Context } from '../../core/context.ts';
import { filled, said } from '../../core/localised.ts';
import { isUnreleased, visibleIncidents } from '../../core/visibility.ts';
import { areOnTheirWay, areOwed } from '../obligations/obligation.ts';
import { readAskingReports } from './asking-reports.ts';
import { byDue, type Due, type DueItem, type FoundDue, mostDue } from './due-item.ts';
import { dueOfReport } from './due-of-report.ts';

/** So many days before it a not-released report comes back to who decides on it. */
const reviewDaysAhead = 7;

type Subject = Pick<Awaited<ReturnType<typeof readOpenReports>>[number], 'report' | 'incident'>;
interface Line extends DueItem {
  row: Subject;
}

/**
 * What reports ask of the actor, and the decisions that wait for it. Whom a report asks is known once it was read, so all
 * open ones are; one without a title of its own is called as its incident. Two queries, however many reports.
 */
export async function readDueReports(context: Context, zone: string): Promise<Due<FoundDue>> {
  const rows = await readOpenReports(context);
  const today = dayOf(context.now, zone);
  const decisions = await readDecisions(context, addDays(today, reviewDaysAhead));
  const { now, actor } = context;
  const line = (row: Subject, asked: Pick<DueItem, 'kind' | 'isOwn' | 'dueAt'>): Line => ({
    subject: 'report',
    id: row.report.id,
    title: {},
    priority: row.incident.priority,
    isOverdue: asked.dueAt !== null && asked.dueAt <= now,
    ...asked,
    row,
  });
  const ofReports = rows.flatMap((row): Line[] => {
    const { asking } = row;
    const asked = dueOfReport(asking, actor);
    if (!asked) return [];
    const { decideBy, dueAt } = asking.obligation;
    return [line(row, { ...asked, dueAt: asked.kind === 'decision_waiting' ? decideBy : dueAt })];
  });
  const ofDecisions = decisions.flatMap((row): Line[] => {
    const { decision, incident, report } = row;
    if (decision.agreedAt === null) {
      const mayAgree = isAllowed(actor, 'reports.decide') && decision.proposedBy !== actor.userId;
      return mayAgree ? [line(row, { kind: 'decision_waiting', isOwn: false, dueAt: report.dueAt })] : [];
    }
    const mayLook = isAllowed(actor, 'reports.decide') || isAllowed(actor, 'reports.propose-not-released');
    if (!decision.reviewOn || !mayLook || !isUnreleased(incident, now)) return [];
    const dueAt = startOfDay(addDays(decision.reviewOn, 1), zone);
    return [line(row, { kind: 'release_review', isOwn: decision.proposedBy === actor.userId, dueAt })];
  });
  const all = [...ofReports, ...ofDecisions].sort(byDue);
  const shown = all.slice(0, mostDue);
  return {
    due: shown.map(({ row: { report, incident }, ...item }): FoundDue => {
      const title = titleOf(report);
      return title ? { ...item, title } : { ...item, untitled: incident };
    }),
    more: all.length - shown.length,
  };
}

/** What nobody asks for any more would crowd out what is owed. */
function readOpenReports(context: Context) {
  const { tables } = context.store;
  const where = and(areOwed(tables), areOnTheirWay(tables), visibleIncidents(context));
  return readAskingReports(context.store, where, context.now);
}

/** Proposals that wait for a second person, and agreed ones not to release a report that are looked at again by a day. */
function readDecisions(context: Context, until: string) {
  const { tables, read } = context.store;
  const { jointDecisions, reports, incidents } = tables;
  return read
    .select({ decision: jointDecisions, report: reports, incident: incidents })
    .from(jointDecisions)
    .innerJoin(incidents, eq(jointDecisions.incidentId, incidents.id))
    .innerJoin(reports, eq(reports.incidentId, incidents.id))
    .where(
      and(
        isNull(jointDecisions.refusedAt),
        or(isNull(jointDecisions.agreedAt), lte(jointDecisions.reviewOn, until)),
        visibleIncidents(context),
      ),
    )
    .orderBy(jointDecisions.proposedAt, jointDecisions.id);
}

const titleOf = ({ title }: { title: Localised }): DueItem['title'] | null =>
  said(title) ? filled(title) : null;
