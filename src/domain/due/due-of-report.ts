/** What a report asks of one person now; pure, so that list and reminders agree (R-076, R-077, R-081 … R-083). */
import type { ReportState } from '../../../db/words.ts';
import type { Actor } from '../core/authorize.ts';
import { isAllowed } from '../core/authorize.ts';
import { isPublished } from '../core/visibility.ts';
import type { DueKind } from './due-item.ts';

export interface ReportFacts {
  state: ReportState | null;
  isRequired: boolean | null;
  closedAt: Date | null;
  publishedAt: Date | null;
  dueAt: Date | null;
  ownerId: string | null;
  /** Named author and everybody who wrote on it. */
  authors: ReadonlySet<string>;
  /** Of the newest submission; null before the first. */
  submission: { submittedBy: string | null; areChangesRequested: boolean } | null;
  /** A restricted incident that is not released: its report cannot be published. */
  isUnreleased: boolean;
  /** The incident is P1, whose report asks for a decision. */
  isUndecided: boolean;
}

export interface Asked {
  kind: DueKind;
  isOwn: boolean;
}

type Person = Pick<Actor, 'userId' | 'roles'>;

/** The one thing that this person owes or may do on the report now; null when it waits for others. */
export function dueOfReport(report: ReportFacts, person: Person): Asked | null {
  const { userId } = person;
  if (report.closedAt !== null) return null;
  // A manager decides first whether there will be one; until then everybody else writes it, for yes is the default.
  const isBefore = report.state === null || report.state === 'owed' || report.state === 'draft';
  if (report.isUndecided && isBefore && isAllowed(person, 'reports.decide'))
    return ask(person, 'decision_waiting', 'reports.decide');
  const isWriter = userId !== null && (report.ownerId === userId || report.authors.has(userId));
  const isSubmitter = userId !== null && report.submission?.submittedBy === userId;
  switch (report.state) {
    case 'in_review':
      return isWriter || isSubmitter ? null : ask(person, 'review_waiting', 'reports.approve');
    case 'approved':
      return report.isUnreleased ? null : ask(person, 'report_approved', 'reports.publish');
    case 'owed':
    case 'draft':
      return draftOf(report, person, isWriter, isSubmitter);
    default:
      return null;
  }
}

function draftOf(report: ReportFacts, person: Person, isWriter: boolean, isSubmitter: boolean): Asked | null {
  if (report.submission?.areChangesRequested)
    return isWriter || isSubmitter ? { kind: 'changes_requested', isOwn: true } : null;
  const isFirst = !isPublished(report);
  // Undecided, a P1 owes it as the default.
  if (isFirst && report.isRequired !== true && !report.isUndecided) return null;
  const isOwner = person.userId !== null && report.ownerId === person.userId;
  // The next version of a published report has no deadline: its writers finish it.
  if (!isFirst) return isWriter ? { kind: 'report_due', isOwn: true } : null;
  // Nobody owes it before the incident is over, except who took it on.
  if (isOwner) return { kind: 'report_due', isOwn: true };
  // Who approves reports is not asked to write them: they could not approve it then.
  const isTheirs = isWriter || !isAllowed(person, 'reports.approve');
  return report.ownerId === null && report.dueAt !== null && isTheirs
    ? ask(person, 'report_due', 'reports.write')
    : null;
}

function ask(person: Person, kind: DueKind, action: Parameters<typeof isAllowed>[1]): Asked | null {
  return isAllowed(person, action) ? { kind, isOwn: false } : null;
}
