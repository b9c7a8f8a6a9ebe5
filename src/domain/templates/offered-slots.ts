import type { Occasion } from '../../../db/words.ts';
import type { Slot } from './slots.ts';

const incident: readonly Slot[] = ['category', 'components', 'started', 'next_update'];
const maintenance: readonly Slot[] = ['category', 'components', 'window'];
/** What customers feel, and what they can do about it. */
const impact: readonly Slot[] = ['effect', 'scope', 'region', 'share', 'delay', 'workaround', 'not_affected'];
const plannedImpact: readonly Slot[] = ['effect', 'scope', 'region', 'workaround', 'not_affected'];

/**
 * Which occasion offers which slot to the author of a template: what the product knows, or people can say, at that moment. A
 * cause is not offered before it is found, an end not before there is one (requirements 5.2).
 */
export const offeredSlots: Record<Occasion, readonly Slot[]> = {
  investigating: [...impact, 'action', ...incident],
  identified: [...impact, 'cause', 'action', ...incident],
  no_news: [...impact, 'cause', 'action', ...incident],
  monitoring: [...impact, 'cause', 'action', 'fixed_at', ...incident],
  resolved: [
    'explanation',
    'cause',
    'not_affected',
    'report_by',
    'ended',
    'duration',
    'category',
    'components',
    'started',
  ],
  reopened: [...impact, 'action', 'ended', ...incident],
  /** The note of a correction, which stands beside the corrected text. */
  correction: ['right', 'wrong'],
  scheduled: [...plannedImpact, 'planned_end', ...maintenance],
  in_progress: [...plannedImpact, 'planned_end', 'started', ...maintenance],
  extended: [...plannedImpact, 'reason', 'new_end', 'started', ...maintenance],
  verifying: [...plannedImpact, 'planned_end', 'started', ...maintenance],
  completed: ['explanation', 'ended', 'duration', 'started', ...maintenance],
  cancelled: ['reason', ...maintenance],
};

/**
 * Slots that can be empty although everything asked for is filled in: nobody named a component, nothing more is promised.
 * A template keeps them in a passage that falls away.
 */
export const oftenEmpty: readonly Slot[] = ['components', 'next_update', 'workaround', 'not_affected'];
