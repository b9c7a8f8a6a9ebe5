/** How a problem stands: what is missing, what is overdue, and what keeps it from being closed. */
import type { Priority, RemediationAim, RemediationState } from '../../../../db/words.ts';

export interface StandingItem {
  state: RemediationState;
  aim: RemediationAim;
  /** "2026-11-24", in the page's zone. */
  dueOn: string;
  hasOwner: boolean;
  waivedReason: string;
  /** The day from which a note on whether it helped is owed; null when none is. */
  noteDueOn: string | null;
}

export interface StandingProblem {
  /** The highest priority among its incidents. */
  priority: Priority;
  isCauseKnown: boolean;
  hasExpert: boolean;
  hasGroup: boolean;
  nothingNeededReason: string | null;
  items: readonly StandingItem[];
  /** Published reports of its incidents whose meeting was not held yet. */
  meetingsOwed: number;
}

export const standingFlags = [
  'expert_missing',
  'group_missing',
  'plan_missing',
  'aim_missing',
  'owner_missing',
  'item_overdue',
  'effectiveness_owed',
  'meeting_owed',
  'items_open',
] as const;
export type StandingFlag = (typeof standingFlags)[number];

const isDone = (item: StandingItem): boolean =>
  item.state === 'done' || (item.state === 'waived' && item.waivedReason.trim() !== '');

const isSerious = (priority: Priority): boolean => priority === 'P0' || priority === 'P1';

/** What is wrong with a problem on `today` ("2026-11-20"). */
export function standingOf(problem: StandingProblem, today: string): StandingFlag[] {
  const { items } = problem;
  const planned = items.filter((item) => item.state !== 'waived');
  const checks: Record<StandingFlag, boolean> = {
    expert_missing: isSerious(problem.priority) && !problem.hasExpert,
    group_missing: !problem.hasGroup,
    // Once the cause is known there must be a plan, or a reason why none is needed.
    plan_missing: problem.isCauseKnown && items.length === 0 && !problem.nothingNeededReason?.trim(),
    aim_missing:
      problem.priority === 'P0' &&
      items.length > 0 &&
      !planned.some(({ aim }) => aim === 'removes_cause' || aim === 'prevents_return'),
    owner_missing: items.some((item) => !isDone(item) && !item.hasOwner),
    item_overdue: items.some((item) => !isDone(item) && item.dueOn < today),
    effectiveness_owed: items.some(({ noteDueOn }) => noteDueOn !== null && noteDueOn <= today),
    meeting_owed: problem.meetingsOwed > 0,
    items_open: items.some((item) => !isDone(item)),
  };
  return standingFlags.filter((flag) => checks[flag]);
}

/** What a closed problem may still owe: the note on whether it helped comes later than the end of the work. */
export const owedWhenClosed = (flags: readonly StandingFlag[]): StandingFlag[] =>
  flags.filter((flag) => flag === 'effectiveness_owed');

/** What keeps a problem from being closed; empty when it may be. */
export function obstaclesToClosing(problem: StandingProblem): StandingFlag[] {
  const flags = standingOf(problem, '0000-01-01');
  const obstacles = flags.filter((flag) => ['items_open', 'meeting_owed', 'plan_missing'].includes(flag));
  const isWithoutPlan = problem.items.length === 0 && !problem.nothingNeededReason?.trim();
  return isWithoutPlan && !obstacles.includes('plan_missing') ? [...obstacles, 'plan_missing'] : obstacles;
}
