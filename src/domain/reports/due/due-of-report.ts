/** What a report asks of one person now; pure, so that list and reminders agree (R-076, R-077, R-081 … R-083). */
import type { Actor } from '../../core/authorize.ts';
import { isAllowed } from '../../core/authorize.ts';
import { isPublished } from '../../core/visibility.ts';
import type { Obligation } from '../obligations/obligation.ts';
import type { DueKind } from './due-item.ts';

export interface AskingReport {
  obligation: Obligation;
  publishedAt: Date | null;
  /** Null also of who has left: nobody waits for them. The report is then due from everybody who may write it. */
  ownerId: string | null;
  /** Named author and everybody who wrote on it. */
  authors: ReadonlySet<string>;
  /** Of the newest submission; null before the first. */
  submission: { id: string; submittedBy: string | null; areChangesRequested: boolean } | null;
  /** A restricted incident that is not released: its report cannot be published. */
  isUnreleased: boolean;
}

export interface Asked {
  kind: DueKind;
  isOwn: boolean;
}

type Person = Pick<Actor, 'userId' | 'roles'>;

/** The one thing that this person owes or may do on the report now; null when it waits for others. */
export function dueOfReport(report: AskingReport, person: Person): Asked | null {
  const { userId } = person;
  const { isDecisionFirst, step } = report.obligation;
  if (isDecisionFirst && isAllowed(person, 'reports.decide'))
    return ask(person, 'decision_waiting', 'reports.decide');
  const isWriter = userId !== null && (report.ownerId === userId || report.authors.has(userId));
  const isSubmitter = userId !== null && report.submission?.submittedBy === userId;
  switch (step) {
    case 'review':
      return isWriter || isSubmitter ? null : ask(person, 'review_waiting', 'reports.approve');
    case 'publish':
      return report.isUnreleased ? null : ask(person, 'report_approved', 'reports.publish');
    case 'write':
    case 'submit':
      return draftOf(report, person, isWriter, isSubmitter);
    case null:
      return null;
  }
}

function draftOf(
  report: AskingReport,
  person: Person,
  isWriter: boolean,
  isSubmitter: boolean,
): Asked | null {
  const { obligation } = report;
  if (report.submission?.areChangesRequested)
    return isWriter || isSubmitter ? { kind: 'changes_requested', isOwn: true } : null;
  // The next version of a published report has no deadline: its writers finish it.
  if (isPublished(report)) return isWriter ? { kind: 'report_due', isOwn: true } : null;
  if (!obligation.isOwed) return null;
  const isOwner = person.userId !== null && report.ownerId === person.userId;
  // Nobody owes it before the incident is over, except who took it on.
  if (isOwner) return { kind: 'report_due', isOwn: true };
  // Who approves reports is not asked to write them: they could not approve it then.
  const isTheirs = isWriter || !isAllowed(person, 'reports.approve');
  return report.ownerId === null && obligation.dueAt !== null && isTheirs
    ? ask(person, 'report_due', 'reports.write')
    : null;
}

function ask(person: Person, kind: DueKind, action: Parameters<typeof isAllowed>[1]): Asked | null {
  return isAllowed(person, action) ? { kind, isOwn: false } : null;
}
