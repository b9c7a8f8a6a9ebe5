import { type Language, languages } from '../../db/words.ts';

/** The languages in the order in which somebody who reads `language` meets them: it first, then the others. */
export const ownFirst = (language: Language): Language[] => [
  language,
  ...languages.filter((other) => other !== language),
];
