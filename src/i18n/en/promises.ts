/** Words on what was promised, and what management is told;. */
import type { NoticeKind, PromiseAudience } from '../../../db/words.ts';
import type { EscalationReason } from '../../domain/incidents/log/escalation-proposal.ts';
import type { KindTo } from '../../domain/incidents/notices/notice-kinds.ts';

export const promises = {
  promises: 'Promises',
  audience: {
    customers: 'Update for customers',
    management: 'Briefing for management',
  } satisfies Record<PromiseAudience, string>,
  to: { customers: 'To customers', management: 'To management' } satisfies Record<PromiseAudience, string>,
  dueBy: (time: string) => `by ${time}`,
  overdueSince: (time: string) => `overdue since ${time}`,
  dueSoon: 'due soon',
  brief: 'Brief management',
  escalate: 'Escalate',
  proposal: {
    promise_missed: (time) => `Escalate: the update promised by ${time} has not come.`,
    management_due: (time) => `Escalate: management should have heard by ${time}.`,
    no_progress: (time) => `Escalate: nothing has moved on since long, the limit passed at ${time}.`,
  } satisfies Record<EscalationReason, (time: string) => string>,
  nextAction: 'Next',
  // The sentences of one promise.
  promisedBy: (time: string) => `promised by ${time}`,
  kept: (time: string) => `came ${time}: kept`,
  missed: (time: string, late: string) => `came ${time}: missed by ${late}`,
  overdue: (late: string) => `not come yet: overdue by ${late}`,
  open: 'still to come',
  withdrawn: 'given back, because the priority changed',
  onIncident: 'Promises of this incident',
  noneOnIncident: 'Nothing was promised yet.',
  // The record of a month.
  title: 'Promises kept and missed',
  intro: 'What was promised for this month, and whether it came. Counted by the promised time.',
  keptCount: 'Kept',
  missedCount: 'Missed',
  openCount: 'Still open',
  rate: 'Kept rate',
  goal: 'Goal: 95 % or more',
  firstUpdate: 'Time to the first public update',
  firstUpdateHint: (count: number) =>
    count === 1
      ? 'From the start of an incident to its first public update; 1 incident first published in this month.'
      : `From the start of an incident to its first public update; ${count} incidents first published in this month.`,
  toldLater: (count: number) =>
    count === 1
      ? '1 more was told when it was over and is not counted here.'
      : `${count} more were told when they were over and are not counted here.`,
  median: 'Median',
  p95: '95 % within',
  byIncident: 'By incident',
  nothing: 'Nothing was promised for this month.',
  earlier: 'Earlier month',
  later: 'Later month',
  untitled: 'Without a public update',
  // The desk of management.
  notices: 'New for you',
  noticed: 'Noted',
  moreAbove: (count: number) => `At the open incidents: ${count}`,
  /** At the entry of an open incident. */
  news: {
    started: 'urgent',
    phase_changed: 'state changed',
    promise_missed: 'an update did not come in time',
    briefing: 'briefing',
  } satisfies Record<KindTo<'managers'>, string>,
  moreNotices: (count: number) => (count === 1 ? 'and 1 older one' : `and ${count} older ones`),
  counts: (kept: number, missed: number, open: number) =>
    [kept > 0 && `${kept} kept`, missed > 0 && `${missed} missed`, open > 0 && `${open} open`]
      .filter(Boolean)
      .join(', '),
  toIncident: 'To the incident',
  /** Before the colon of a notice; nothing where none is meant. */
  ofVersion: (version: number) => `, version ${version}`,
  notice: {
    started: (title) => `Urgent incident: ${title}`,
    phase_changed: (title) => `State changed: ${title}`,
    promise_missed: (title) => `A promised update did not come in time: ${title}`,
    briefing: (title) => `Briefing: ${title}`,
    maintenance_reminder: (title) => `Maintenance starts soon: ${title}`,
    report_due: (title, version) => `Report due${version}: ${title}`,
    review_waiting: (title, version) => `A report waits for your review${version}: ${title}`,
    changes_requested: (title, version) => `Changes requested in the report${version}: ${title}`,
    report_approved: (title, version) => `Report approved, ready to publish${version}: ${title}`,
    report_published: (title, version) => `Report published${version}: ${title}`,
    decision_waiting: (title) => `A decision waits for you: ${title}`,
    remediation_due: (title) => `An action of yours is due: ${title}`,
    effectiveness_due: (title) => `Did the action help? ${title}`,
    meeting_due: (title, version) => `Post-mortem meeting due${version}: ${title}`,
  } satisfies Record<NoticeKind, (title: string, version: string) => string>,
  thisMonth: 'Promises this month',
  toRecord: 'All promises',
};
