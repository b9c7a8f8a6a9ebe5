import type { Impact, IncidentKind, Priority } from '../../../db/words.ts';
import type { Update } from './timeline.ts';

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
  isEmergency?: boolean;
  isAutomatic?: boolean;
  /** The update before this one by display time, held ones included; null for a new incident. */
  latest: Update | null;
  /** The update after this one; only a backdated one has it. */
  next?: Update | null;
  /** Per language the newest words before this update: older than `latest` where that said nothing in the language. */
  carried?: Update['texts'];
}
