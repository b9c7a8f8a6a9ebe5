/** The milestones of an outage and what lies between them. */
import { type Milestone, milestones } from '../../../../db/words.ts';
import { elapsed, isBefore } from '../../core/minute.ts';

export type Moments = Partial<Record<Milestone, Date | null>>;

/** Milliseconds of each stage; null is "not recorded", never 0. */
export interface Stages {
  /** detected − started */
  detection: number | null;
  /** diagnosed − detected */
  diagnosis: number | null;
  /** recovered − diagnosed */
  recovery: number | null;
  /** verified − recovered */
  verification: number | null;
  /** recovered − started: how long the outage was. */
  outage: number | null;
  /** recovered − detected: time to restore (MTTR). */
  restore: number | null;
}

export function stagesOf(moments: Moments): Stages {
  const between = (from: Milestone, to: Milestone): number | null => {
    const [start, end] = [moments[from], moments[to]];
    return start && end ? elapsed(start, end) : null;
  };
  return {
    detection: between('started', 'detected'),
    diagnosis: between('detected', 'diagnosed'),
    recovery: between('diagnosed', 'recovered'),
    verification: between('recovered', 'verified'),
    outage: between('started', 'recovered'),
    restore: between('detected', 'recovered'),
  };
}

/** The first milestone that lies before an earlier one, with that one; null when the order holds. Equal moments are in order, and one typed to the minute of the one before (`minute.ts`). */
export function outOfOrder(moments: Moments): { milestone: Milestone; before: Milestone } | null {
  let latest: { milestone: Milestone; at: Date } | null = null;
  for (const milestone of milestones) {
    const at = moments[milestone];
    if (!at) continue;
    if (latest && isBefore(at, latest.at)) return { milestone, before: latest.milestone };
    if (!latest || at > latest.at) latest = { milestone, at };
  }
  return null;
}
