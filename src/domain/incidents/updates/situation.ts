import type { Localised } from '../../../../db/localised.ts';
import type { Impact, IncidentKind, Priority } from '../../../../db/words.ts';
import { isFinal, worksAgain } from '../phase.ts';
import { carriedTexts, type StatedComponent, type Update } from './timeline.ts';
import { whatWas } from './told-later.ts';

/** The incident as it stands before the update. */
export interface Situation {
  kind: IncidentKind;
  category: { id: string; name: Localised };
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
  /** Since when it works again, as the page says it before this update; null while it does not. */
  fixedAt?: Date | null;
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

/**
 * Since when it works again, as the last stretch of monitoring says it; where no update of it does, since its first one.
 * Null when the newest is not in monitoring. `updates` newest first.
 */
export function fixedSince(updates: readonly Pick<Update, 'phase' | 'displayAt' | 'fixedAt'>[]): Date | null {
  const end = updates.findIndex(({ phase }) => !worksAgain(phase));
  const stretch = end < 0 ? updates : updates.slice(0, end);
  return stretch.find(({ fixedAt }) => fixedAt)?.fixedAt ?? stretch.at(-1)?.displayAt ?? null;
}

/** The updates right before and after an instant, and the words that go on from before; `updates` newest first. */
export function situationAt(
  updates: readonly Update[],
  instant: Date,
): Pick<Required<Situation>, 'latest' | 'troubled' | 'fixedAt' | 'next' | 'carried'> {
  const at = updates.findIndex((update) => update.displayAt <= instant);
  if (at < 0)
    return { latest: null, troubled: null, fixedAt: null, next: updates.at(-1) ?? null, carried: {} };
  const before = updates.slice(at);
  return {
    latest: before[0] ?? null,
    troubled: troubledSet(before),
    fixedAt: fixedSince(before),
    next: updates[at - 1] ?? null,
    carried: carriedTexts(before),
  };
}
