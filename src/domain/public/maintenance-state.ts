import type { Occasion, Phase } from '../../../db/words.ts';
import { isAnnounced } from '../incidents/phase.ts';

interface Standing {
  phase: Phase;
  /** Newest first. */
  updates: readonly { phase: Phase; occasion: Occasion | null }[];
}

/** How a maintenance stands, in the words of its occasions: a running one that was extended says so (U-19). Pure. */
export function maintenanceState({ phase, updates }: Standing): Occasion {
  switch (phase) {
    case 'in_progress':
      return updates.some(({ occasion }) => occasion === 'extended') ? 'extended' : 'in_progress';
    case 'verifying':
    case 'completed':
    case 'cancelled':
      return phase;
    default:
      return 'scheduled';
  }
}

interface Window {
  phase: Phase;
  scheduledFor: Date | null;
  scheduledUntil: Date | null;
  startedAt: Date;
}

/** Announced, its window is over at `now`, and nobody said that it began. Pure. */
export const isNeverStarted = (
  { phase, scheduledFor, scheduledUntil, startedAt }: Window,
  now: Date,
): boolean => isAnnounced(phase) && (scheduledUntil ?? scheduledFor ?? startedAt) <= now;
