import type { IncidentKind, Phase, Priority } from '../../../../db/words.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { promisesOf } from '../phase.ts';

interface Promising {
  kind: IncidentKind;
  phase: Phase;
  priority: Priority;
  isReviewed: boolean;
  scheduledUntil: Date | null;
}

/** Minutes until the next update is due; null where nothing is promised. Monitoring doubles. */
export function promiseMinutes(incident: Promising, settings: Settings): number | null {
  const times = promisesOf(incident.phase);
  if (times === null) return null;
  const minutes = minutesByPriority(incident, settings);
  return minutes && minutes * times;
}

function minutesByPriority(incident: Promising, settings: Settings): number | null {
  if (!incident.isReviewed) return settings.promise_minutes_not_reviewed;
  switch (incident.priority) {
    case 'P0':
      return settings.promise_minutes_p0;
    case 'P1':
      return settings.promise_minutes_p1;
    case 'P2':
      return settings.promise_minutes_p2;
    case 'P3':
      return null;
  }
}

/**
 * The instant of the next promised update, counted from publication. A running maintenance promises its planned end
 * when that is still to come, because nothing is news before it.
 */
export function promiseFrom(incident: Promising, publishedAt: Date, settings: Settings): Date | null {
  const minutes = promiseMinutes(incident, settings);
  if (minutes === null) return null;
  const end = incident.scheduledUntil;
  if (incident.kind === 'maintenance' && end && end > publishedAt) return end;
  return new Date(publishedAt.getTime() + minutes * 60_000);
}
