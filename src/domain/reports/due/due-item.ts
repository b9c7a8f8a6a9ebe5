/** One thing that somebody owes or may do now, on the way from an incident to its last kept promise. */
import type { Language, Priority } from '../../../../db/words.ts';

export const dueKinds = [
  'report_due',
  'decision_waiting',
  'validation_waiting',
  'review_waiting',
  'changes_requested',
  'report_approved',
  'remediation_due',
  'effectiveness_due',
  'meeting_due',
  'release_review',
] as const;
export type DueKind = (typeof dueKinds)[number];

/** What the page behind it is about. */
export const dueSubjects = ['incident', 'report', 'problem', 'meeting'] as const;
type DueSubject = (typeof dueSubjects)[number];

export interface DueItem {
  kind: DueKind;
  subject: DueSubject;
  /** Of the incident, report, problem or meeting. */
  id: string;
  title: Partial<Record<Language, string>>;
  /** Of the incident; null for an action, which may belong to several. */
  priority: Priority | null;
  /** The instant that ends the day by which it is due; null without a deadline. */
  dueAt: Date | null;
  isOverdue: boolean;
  /** The actor is named for it; else any of a role may do it. */
  isOwn: boolean;
}

/** One whose title is that of its incident, which several lists of a page read at once. */
export interface FoundDue extends DueItem {
  untitled?: { id: string; internalTitle: string };
}

/** What is due, and how many more than stand there. */
export interface Due<Item extends DueItem = DueItem> {
  due: Item[];
  more: number;
}

/** More of a kind at once than anybody could do. */
export const mostDue = 500;

/** The soonest due first, what has no deadline last; then the own ones, then by kind and id, so that the order is total. */
export function byDue(a: DueItem, b: DueItem): number {
  const at = (item: DueItem): number => item.dueAt?.getTime() ?? Number.POSITIVE_INFINITY;
  const [first, second] = [at(a), at(b)];
  if (first !== second) return first < second ? -1 : 1;
  if (a.isOwn !== b.isOwn) return a.isOwn ? -1 : 1;
  return dueKinds.indexOf(a.kind) - dueKinds.indexOf(b.kind) || (a.id < b.id ? -1 : 1);
}
