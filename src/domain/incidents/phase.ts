import { phaseTable } from '../../../db/phases.ts';
import {
  type IncidentKind,
  incidentOccasions,
  incidentPhases,
  type Occasion,
  type Phase,
} from '../../../db/words.ts';
import { occasionTable } from '../wording/templates/occasions.ts';

/** The phase that an occasion leads to from the present one. */
export const phaseOfOccasion = (occasion: Occasion, present: Phase | null): Phase | null =>
  occasionTable[occasion].phase ?? present;

export const isFinal = (phase: Phase | null): boolean => phase !== null && phaseTable[phase].isFinal;
export const worksAgain = (phase: Phase | null): boolean => phase !== null && phaseTable[phase].worksAgain;
export const isAnnounced = (phase: Phase | null | undefined): boolean =>
  phase ? phaseTable[phase].isAnnounced : false;
export const isRunningMaintenance = (phase: Phase): boolean => phaseTable[phase].isRunning;
export const promisesOf = (phase: Phase): number | null => phaseTable[phase].promises;

/** Advice for the time of trouble is wrong once things work again. */
export const keepsAdvice = (phase: Phase | null): boolean => !isFinal(phase) && !worksAgain(phase);

export const kindOfPhase = (phase: Phase): IncidentKind =>
  (incidentPhases as readonly Phase[]).includes(phase) ? 'incident' : 'maintenance';

export const kindOfOccasion = (occasion: Occasion): IncidentKind =>
  (incidentOccasions as readonly Occasion[]).includes(occasion) ? 'incident' : 'maintenance';

interface Dated {
  id: string;
  displayAt: Date;
}

/** Newest first: by display time, then id. */
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
