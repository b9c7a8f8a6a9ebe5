import type { Language } from '../../db/words.ts';
import { percentText } from '../domain/public/availability.ts';
import { dayAndMonth } from './time.ts';
import { wordsIn } from './words.ts';

/** What is known of a component or category of its last ninety days. */
interface Known {
  availability: number | null;
  observedSince: Date;
  unseenDays: number;
  incidentCount: number;
}

/** Availability and incidents in words; what was not observed all ninety days says since when, by the day of the page's zone. */
export function figureText(known: Known, zone: string, language: Language): string[] {
  const words = wordsIn[language].page;
  const since = known.unseenDays > 0 ? dayAndMonth(known.observedSince, zone, language) : null;
  const incidents = words.incidents(known.incidentCount);
  if (known.availability === null) {
    if (since === null) return [incidents];
    return [words.observedSince(since), ...(known.incidentCount > 0 ? [incidents] : [])];
  }
  const percent = percentText(known.availability, language);
  return [since === null ? words.available(percent) : words.availableSince(percent, since), incidents];
}
