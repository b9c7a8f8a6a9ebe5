import { type IncidentKind, type Occasion, occasions, type Phase } from '../../../../db/words.ts';
import { isRunningMaintenance, kindOfOccasion, mayFollow, phaseOfOccasion } from '../phase.ts';

/** What may be said next, in the order of the closed list; `isUpdate` tells that the incident exists already. */
export function offeredOccasions(
  situation: { kind: IncidentKind; latest: { phase: Phase } | null },
  isUpdate: boolean,
): Occasion[] {
  const present = situation.latest?.phase ?? null;
  return occasions.filter((occasion) => {
    // What was wrong is corrected where it stands.
    if (occasion === 'correction') return false;
    if (occasion === 'no_news' && (!isUpdate || present === 'resolved')) return false;
    if (kindOfOccasion(occasion) !== situation.kind) return false;
    if ((occasion === 'reopened') !== (present === 'resolved')) return false;
    if (occasion === 'extended' && (present === null || !isRunningMaintenance(present))) return false;
    // Over before anybody said a word: told later, with its start and its end.
    if (occasion === 'resolved' && present === null) return true;
    const next = phaseOfOccasion(occasion, present);
    return next !== null && mayFollow(present, next, occasion);
  });
}
