/** What keeps an incident from being closed inside. Pure: facts in, obstacles out. */
import type { Audience, IncidentKind, Phase, Priority } from '../../../db/words.ts';

export interface ClosingFacts {
  kind: IncidentKind;
  priority: Priority;
  isReviewed: boolean;
  /** Of the newest update that is out, also of a restricted one; null while there is none. */
  phase: Phase | null;
  /** An update waits for its instant. */
  isHeld: boolean;
  /** It stays out of the public page, with a reason. */
  hasReason: boolean;
  /** Restricted, and nothing of it is public (design §8.7). */
  isUnreleased: boolean;
  report: {
    /** Null while nobody decided. */
    isRequired: boolean | null;
    /** A joint decision ended the obligation. */
    isObligationEnded: boolean;
    /** For whom a version is published; null while none is. */
    publishedFor: Audience | null;
  } | null;
  /** `security` and `manager` agreed that the report is not released. */
  isNotReleased: boolean;
}

export const closingObstacles = [
  'not_resolved',
  'not_classified',
  'report_undecided',
  'report_not_released',
  'report_not_public',
  'report_not_published',
] as const;
export type ClosingObstacle = (typeof closingObstacles)[number];

/** Everything that is missing, in the order in which it is done. Empty when the incident may be closed. */
export function obstaclesOf(facts: ClosingFacts): ClosingObstacle[] {
  const obstacles: ClosingObstacle[] = [];
  const isKeptOut = facts.phase === null && facts.hasReason;
  if (!isKeptOut && (facts.phase !== 'resolved' || facts.isHeld)) obstacles.push('not_resolved');
  // What nobody classified could be a P0, and its report would be closed away.
  if (!facts.isReviewed && !isKeptOut) obstacles.push('not_classified');
  const owed = reportObstacle(facts);
  if (owed) obstacles.push(owed);
  return obstacles;
}

function reportObstacle(facts: ClosingFacts): ClosingObstacle | null {
  const { priority, report, isUnreleased } = facts;
  if (isUnreleased && facts.isNotReleased) return null;
  const missing = isUnreleased ? 'report_not_released' : null;
  // only a report for everybody meets the duty of a P0; a copy for customers or the team does not.
  if (priority === 'P0') return report?.publishedFor === 'public' ? null : (missing ?? 'report_not_public');
  if (!report || report.isObligationEnded) return null;
  // A report that is out is the answer as well.
  if (priority === 'P1' && report.isRequired === null && report.publishedFor === null)
    return missing ?? 'report_undecided';
  return report.isRequired && report.publishedFor === null ? (missing ?? 'report_not_published') : null;
}
