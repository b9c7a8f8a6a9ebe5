/**
 * The phases in their order, each with what it means; nobody decides by a phase's name what stands here. What may follow what
 * is `mayFollow` (`src/domain/incidents/phase.ts`), and what they are called stands in `src/i18n/en/terms.ts`.
 */
export const incidentPhases = ['investigating', 'identified', 'monitoring', 'resolved'] as const;
const maintenancePhases = ['scheduled', 'in_progress', 'verifying', 'completed', 'cancelled'] as const;
export const phases = [...incidentPhases, ...maintenancePhases] as const;

export type Phase = (typeof phases)[number];

interface PhaseFacts {
  /** Nothing is expected any more. */
  isFinal: boolean;
  /** It works again as far as anybody sees, and is watched: its components work, and its fix has a moment. */
  worksAgain: boolean;
  /** A maintenance that did not begin. */
  isAnnounced: boolean;
  /** A maintenance during which its components are under maintenance. */
  isRunning: boolean;
  /** How many times the minutes of its priority pass until the next promised update; null where the clock promises none. */
  promises: number | null;
}

const troubled = { isFinal: false, worksAgain: false, isAnnounced: false, isRunning: false, promises: 1 };
const over = { ...troubled, isFinal: true, promises: null };

export const phaseTable = {
  investigating: troubled,
  identified: troubled,
  monitoring: { ...troubled, worksAgain: true, promises: 2 },
  resolved: over,
  scheduled: { ...troubled, isAnnounced: true, promises: null },
  in_progress: { ...troubled, isRunning: true },
  verifying: { ...troubled, isRunning: true },
  completed: over,
  cancelled: over,
} satisfies Record<Phase, PhaseFacts>;
