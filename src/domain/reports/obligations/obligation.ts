/**
 * What the report of an incident owes: whether there is to be one and why, until when, and what is missing. Page, desk, lists,
 * notices and closing ask here; nobody else compares these facts. Pure, with its SQL beside it. That of a
 * P1 is owed from the start (`isRequired` null) until a manager says no; the day of that decision reminds and shows red, and
 * afterwards yes stands.
 */
import { and, eq, inArray, isNotNull, isNull, or, type SQL } from 'drizzle-orm';
import type { Tables } from '../../../../db/schema.ts';
import type { Audience, Priority, ReportState } from '../../../../db/words.ts';
import { isPublished } from '../../core/visibility.ts';
import { isUrgent } from '../../incidents/priority-rules.ts';

/** The columns of a report that decide it, beside the priority of its incident. */
export interface ReportFacts {
  state: ReportState | null;
  isRequired: boolean | null;
  decideBy: Date | null;
  dueAt: Date | null;
  closedAt: Date | null;
  publishedAt: Date | null;
  publishedFor: Audience | null;
}

export interface Obligation {
  /** Owed as a P0, as decided, or as a P1 that nobody decided on; else why none is. */
  why: 'priority' | 'decided' | 'default' | 'waived' | 'ended' | 'optional';
  isOwed: boolean;
  /** Nothing is out, and nobody ended it. */
  isOpen: boolean;
  /** A manager may say that there will be none; one that is out is the answer as well. */
  isUndecided: boolean;
  /** Undecided, with nothing submitted: who decides is asked for that first, everybody else writes. */
  isDecisionFirst: boolean;
  /** What a manager said last. */
  decision: 'yes' | 'no' | null;
  /** Of the text that may be worked on; null where nobody asks for one any more. */
  state: ReportState | null;
  /** What its text needs next, whoever does it. */
  step: 'write' | 'submit' | 'review' | 'publish' | null;
  /** There is something to read: not of a P1 before its first word. */
  isDocument: boolean;
  /** What keeps its incident from being closed. */
  missing: 'decision' | 'version' | 'public_version' | null;
  /** The end of the day by which its first version is owed; null before the incident is over. */
  dueAt: Date | null;
  /** The end of the day by which a manager says whether a P1 gets none. */
  decideBy: Date | null;
}

const decisions = { true: 'yes', false: 'no', null: null } as const;

const steps = {
  owed: 'write',
  draft: 'submit',
  in_review: 'review',
  approved: 'publish',
  published: null,
} satisfies Record<ReportState, Obligation['step']>;

/** How the report of an incident of this priority stands; null while there is none. */
export function obligationOf(priority: Priority, report: ReportFacts | null): Obligation {
  const why = whyOf(priority, report);
  const isOwed = why === 'priority' || why === 'decided' || why === 'default';
  const isFirst = !report || !isPublished(report);
  const isUndecided = why === 'default' && isFirst;
  const state = why === 'ended' ? null : (report?.state ?? null);
  const step = state === null || why === 'waived' ? null : steps[state];
  const isBefore = step === null || step === 'write' || step === 'submit';
  const decision = decisions[`${report?.isRequired ?? null}`];
  return {
    why,
    isOwed,
    isOpen: isFirst && why !== 'ended',
    isUndecided,
    isDecisionFirst: isUndecided && isBefore,
    decision,
    state,
    step,
    isDocument: Boolean(report?.state) && !(decision === null && report?.state === 'owed'),
    missing: missingFrom(priority, { isOwed, isUndecided }, report?.publishedFor ?? null),
    dueAt: isOwed && isFirst ? (report?.dueAt ?? null) : null,
    decideBy: priority === 'P1' && why !== 'ended' ? (report?.decideBy ?? null) : null,
  };
}

function whyOf(priority: Priority, report: ReportFacts | null): Obligation['why'] {
  if (report && report.closedAt !== null) return 'ended';
  if (priority === 'P0') return 'priority';
  if (report && report.isRequired !== null) return report.isRequired ? 'decided' : 'waived';
  return priority === 'P1' && report ? 'default' : 'optional';
}

function missingFrom(
  priority: Priority,
  { isOwed, isUndecided }: Pick<Obligation, 'isOwed' | 'isUndecided'>,
  publishedFor: Audience | null,
): Obligation['missing'] {
  // only a report for everybody meets the duty of a P0; a copy for customers or the team does not.
  if (priority === 'P0') return publishedFor === 'public' ? null : 'public_version';
  if (isUndecided) return 'decision';
  return isOwed && publishedFor === null ? 'version' : null;
}

/** Whether the page of the incident says that a report will follow, or did: what is for fewer readers is no promise. */
export const isPromised = (priority: Priority, report: ReportFacts & { audience: Audience }): boolean =>
  report.audience === 'public' && obligationOf(priority, report).isOwed;

/**
 * What setting a priority asks anew: a P0 its report, a P1 the decision on one, and the state in which the report goes on.
 * Null where nothing is owed, or it is asked already. What was waived or ended as another priority is asked again.
 */
export function askedAnew(
  priority: Priority,
  known: ReportFacts | null,
): { asks: 'report' | 'decision'; state: ReportState } | null {
  if (!isUrgent(priority)) return null;
  const isAsked = known?.isRequired === true && known.closedAt === null;
  const state = known?.state ?? 'owed';
  // A P1 whose report is out asks nothing more.
  if (priority === 'P1') return isAsked || (known && isPublished(known)) ? null : { asks: 'decision', state };
  // What went to customers or the team alone does not meet the duty of a P0; its next version does.
  if (known?.state === 'published' && known.publishedFor !== 'public')
    return { asks: 'report', state: 'draft' };
  return isAsked ? null : { asks: 'report', state };
}

/** Nobody has a report, and a manager may ask for one: a classified P2 or P3. */
export const isOptional = ({ priority, isReviewed }: { priority: Priority; isReviewed: boolean }): boolean =>
  isReviewed && !isUrgent(priority);

/** Reports whose obligation two people ended. */
export const areEnded = ({ reports }: Tables): SQL => isNotNull(reports.closedAt);

/** The others. */
export const areNotEnded = ({ reports }: Tables): SQL => isNull(reports.closedAt);

/** Reports that are to be written, joined with their incidents: `isOwed` in SQL. */
export const areOwed = (tables: Tables): SQL | undefined => {
  const { reports, incidents } = tables;
  const byDefault = and(isNull(reports.isRequired), eq(incidents.priority, 'P1'));
  return and(areNotEnded(tables), or(eq(incidents.priority, 'P0'), eq(reports.isRequired, true), byDefault));
};

/** Reports whose text, or next version, is not out yet. */
export const areOnTheirWay = ({ reports }: Tables): SQL | undefined =>
  or(isNull(reports.state), inArray(reports.state, ['owed', 'draft', 'in_review', 'approved']));
