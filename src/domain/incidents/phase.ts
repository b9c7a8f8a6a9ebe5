import {
  type IncidentKind,
  incidentOccasions,
  incidentPhases,
  type Occasion,
  type Phase,
} from '../../../db/words.ts';

/** The phase that an occasion puts an incident into; `null` keeps the present one (design §3). */
const phaseByOccasion: Record<Occasion, Phase | null> = {
  investigating: 'investigating',
  identified: 'identified',
  no_news: null,
  monitoring: 'monitoring',
  resolved: 'resolved',
  reopened: 'investigating',
  correction: null,
  scheduled: 'scheduled',
  in_progress: 'in_progress',
  extended: 'in_progress',
  verifying: 'verifying',
  completed: 'completed',
  cancelled: 'cancelled',
};

export const phaseOfOccasion = (occasion: Occasion, present: Phase | null): Phase | null =>
  phaseByOccasion[occasion] ?? present;

/** Phases in which nothing is expected any more. */
const finalPhases: readonly Phase[] = ['resolved', 'completed', 'cancelled'];
export const isFinal = (phase: Phase | null): boolean => phase !== null && finalPhases.includes(phase);

/** Phases of a maintenance during which its components are under maintenance. */
export const isRunningMaintenance = (phase: Phase): boolean =>
  phase === 'in_progress' || phase === 'verifying';

export const kindOfPhase = (phase: Phase): IncidentKind =>
  (incidentPhases as readonly Phase[]).includes(phase) ? 'incident' : 'maintenance';

export const kindOfOccasion = (occasion: Occasion): IncidentKind =>
  (incidentOccasions as readonly Occasion[]).includes(occasion) ? 'incident' : 'maintenance';

interface Dated {
  id: string;
  displayAt: Date;
}

/** Newest first: by display time, then id (design §3). */
export const newestFirst = (a: Dated, b: Dated): number =>
  b.displayAt.getTime() - a.displayAt.getTime() || (a.id < b.id ? 1 : -1);

/** What may follow what. A final phase is left only by reopening; a maintenance that ended stays ended; only a running one is extended. */
export function mayFollow(from: Phase | null, to: Phase, occasion: Occasion | null): boolean {
  if (occasion === 'extended' && (from === null || !isRunningMaintenance(from))) return false;
  if (from === null) return !isFinal(to);
  if (occasion === 'correction') return to === from;
  if (from === 'resolved') return occasion === 'reopened' || (occasion === null && to === 'investigating');
  if (isFinal(from)) return false;
  if (to === 'scheduled') return from === 'scheduled';
  if (to === 'cancelled') return from === 'scheduled';
  if (from === 'scheduled') return to === 'in_progress';
  return true;
}
