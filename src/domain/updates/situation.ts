import type { Impact, IncidentKind, Priority } from '../../../db/words.ts';
import { isFinal } from '../incidents/phase.ts';
import type { StatedComponent, Update } from './timeline.ts';
import { whatWas } from './told-later.ts';

/** The incident as it stands before the update. */
export interface Situation {
  kind: IncidentKind;
  category: { id: string; nameEn: string; nameDe: string };
  priority: Priority;
  isReviewed: boolean;
  impact: Impact;
  startedAt: Date;
  scheduledFor: Date | null;
  scheduledUntil: Date | null;
  /** The team's labels, which may name customers. */
  labels?: readonly string[];
  isEmergency?: boolean;
  isAutomatic?: boolean;
  /** The update before this one by display time, held ones included; null for a new incident. */
  latest: Update | null;
  /** What was named before the end; it counts again when it is reopened. */
  troubled?: readonly StatedComponent[] | null;
  /** The update after this one; only a backdated one has it. */
  next?: Update | null;
  /** Per language the newest words before this update: older than `latest` where that said nothing in the language. */
  carried?: Update['texts'];
}

/**
 * What the newest update named that told of something that did not work; else what the newest before an end named; null
 * where nothing was told before an end. `updates` newest first.
 */
export function troubledSet(updates: readonly Update[]): readonly StatedComponent[] | null {
  const sets = updates.map((update) => (isFinal(update.phase) ? whatWas(update) : update.components));
  const named = sets.find((set) => set.some(({ status }) => status !== 'operational'));
  return named ?? updates.find(({ phase }) => !isFinal(phase))?.components ?? null;
}
