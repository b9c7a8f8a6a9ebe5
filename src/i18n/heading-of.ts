import type { Language, Occasion, Phase } from '../../db/words.ts';
import { wordsIn } from './words.ts';

/** What an update is called in lists: its occasion, or its phase where it has none. */
export const headingOf = (
  { occasion, phase }: { occasion: Occasion | null; phase: Phase },
  language: Language,
): string => (occasion ? wordsIn[language].terms.occasion[occasion] : wordsIn[language].terms.phase[phase]);
