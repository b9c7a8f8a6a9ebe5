import { type Language, languages } from '../../db/words.ts';

/** Languages in the order in which somebody who reads `language` meets them: it first, where it is `among` them, then the others. */
export const ownFirst = (language: Language, among: readonly Language[] = languages): Language[] => [
  ...among.filter((one) => one === language),
  ...among.filter((one) => one !== language),
];
