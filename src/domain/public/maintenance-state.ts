import type { Occasion, Phase } from '../../../db/words.ts';

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
