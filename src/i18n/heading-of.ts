import type { Language, Occasion, Phase } from '../../db/words.ts';
import { textIn } from '../domain/incidents/updates/timeline.ts';
import { wordsIn } from './words.ts';

/** What an update is called in lists: its occasion, or its phase where it has none. */
export const headingOf = (
  { occasion, phase }: { occasion: Occasion | null; phase: Phase },
  language: Language,
): string => (occasion ? wordsIn[language].terms.occasion[occasion] : wordsIn[language].terms.phase[phase]);

/** What the team reads as the title of an incident: the newest, in the other language where it must; else what it is called inside. */
export const headingOfIncident = (
  incident: { titles: Partial<Record<Language, string>>; internalTitle: string },
  language: Language,
): string => textIn(incident.titles, language)?.text ?? incident.internalTitle;
