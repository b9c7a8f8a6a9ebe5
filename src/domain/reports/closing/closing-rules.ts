/**
 * What keeps an incident from being closed inside. Pure: facts in, obstacles out. Nobody
 * closes what nobody classified: it could be a P0 whose report would be closed away. One that was never public needs its reason
 * instead.
 */
import type { IncidentKind, Phase, Priority } from '../../../../db/words.ts';
import { type Obligation, obligationOf, type ReportFacts } from '../obligations/obligation.ts';

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
  /** Restricted, and nothing of it is public. */
  isUnreleased: boolean;
  report: ReportFacts | null;
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

const obstacleOf = {
  decision: 'report_undecided',
  version: 'report_not_published',
  public_version: 'report_not_public',
} satisfies Record<NonNullable<Obligation['missing']>, ClosingObstacle>;

function reportObstacle(facts: ClosingFacts): ClosingObstacle | null {
  const { priority, report, isUnreleased } = facts;
  if (isUnreleased && facts.isNotReleased) return null;
  const { missing } = obligationOf(priority, report);
  return missing && (isUnreleased ? 'report_not_released' : obstacleOf[missing]);
}
