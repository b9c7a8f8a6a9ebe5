import type { Occasion, Phase } from '../../../../db/words.ts';
import type { Slot } from './slots.ts';

const incident: readonly Slot[] = ['category', 'components', 'started', 'next_update'];
const maintenance: readonly Slot[] = ['category', 'components', 'window'];
/** What customers feel, and what they can do about it. */
const impact: readonly Slot[] = ['effect', 'scope', 'region', 'share', 'delay', 'workaround', 'not_affected'];
const plannedImpact: readonly Slot[] = ['effect', 'scope', 'region', 'workaround', 'not_affected'];

/** Of the end of an incident, which needs no more words of what failed. */
const ending: readonly Slot[] = [
  'explanation',
  'cause',
  'not_affected',
  'report_by',
  'ended',
  'duration',
  'category',
  'components',
  'started',
];

interface OccasionFacts {
  /** The phase that it puts an incident into; null keeps the present one. */
  phase: Phase | null;
  /** Its update is an incident's first one, so that the template has to give it a title. */
  isFirst?: true;
  /** A maintenance writes it ahead, with the words of its template. */
  isWrittenAhead?: true;
  /**
   * What it offers to the author of a template: what the product knows, or people can say, at that moment. A cause is not
   * offered before it is found, an end not before there is one.
   */
  slots: readonly Slot[];
}

/** What each occasion means; what may follow what is `mayFollow`, and its labels stand in `i18n/en/terms.ts`. */
export const occasionTable: Record<Occasion, OccasionFacts> = {
  investigating: { phase: 'investigating', isFirst: true, slots: [...impact, 'action', ...incident] },
  identified: { phase: 'identified', slots: [...impact, 'cause', 'action', ...incident] },
  no_news: { phase: null, slots: [...impact, 'cause', 'action', ...incident] },
  monitoring: { phase: 'monitoring', slots: [...impact, 'cause', 'action', 'fixed_at', ...incident] },
  resolved: { phase: 'resolved', slots: ending },
  reopened: { phase: 'investigating', slots: [...impact, 'action', 'ended', ...incident] },
  /** The note of a correction, which stands beside the corrected text. */
  correction: { phase: null, slots: ['right', 'wrong'] },
  scheduled: { phase: 'scheduled', isFirst: true, slots: [...plannedImpact, 'planned_end', ...maintenance] },
  in_progress: {
    phase: 'in_progress',
    isWrittenAhead: true,
    slots: [...plannedImpact, 'planned_end', 'started', ...maintenance],
  },
  extended: {
    phase: 'in_progress',
    slots: [...plannedImpact, 'reason', 'new_end', 'started', ...maintenance],
  },
  verifying: { phase: 'verifying', slots: [...plannedImpact, 'planned_end', 'started', ...maintenance] },
  completed: {
    phase: 'completed',
    isWrittenAhead: true,
    slots: ['explanation', 'ended', 'duration', 'started', ...maintenance],
  },
  cancelled: { phase: 'cancelled', slots: ['reason', ...maintenance] },
};

/**
 * Slots that can be empty although everything asked for is filled in: nobody named a component, nothing more is promised.
 * A template keeps them in a passage that falls away.
 */
export const oftenEmpty: readonly Slot[] = ['components', 'next_update', 'workaround', 'not_affected'];
