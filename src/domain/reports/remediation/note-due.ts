import type { RemediationState } from '../../../../db/words.ts';
import { addDays, dayOf } from '../../core/calendar.ts';

/**
 * The day ("2026-12-20", in `zone`) from which a done item owes a note on whether it helped, `days` calendar days after it
 * was done; null when nothing is owed: not done, or noted already.
 */
export function noteDueOn(
  item: { state: RemediationState; settledAt: Date | null; effectiveness: string },
  { effectiveness_days: days, time_zone: zone }: { effectiveness_days: number; time_zone: string },
): string | null {
  if (item.state !== 'done' || item.settledAt === null || item.effectiveness.trim() !== '') return null;
  return addDays(dayOf(item.settledAt, zone), days);
}
