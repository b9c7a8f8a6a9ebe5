/** What we promise customers, with the figures of the settings; its words stand in `policy-text.ts` of each language. */
import type { Language } from '../../db/words.ts';
import type { Settings } from '../domain/core/settings/settings.ts';
import type { PolicySection } from './policy-section.ts';
import { wordsIn } from './words.ts';

/** The day on which these words were last changed. */
export const policyWrittenOn = '2026-11-20';

/** The sections of the policy with the figures as they stand now. */
export const policySections = (language: Language, settings: Settings): PolicySection[] =>
  wordsIn[language].policyText(settings);
