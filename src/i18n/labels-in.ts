import type { Language } from '../../db/words.ts';
import { wordsIn } from './words.ts';

/** What a field is called of which there is one in each of the `offered` languages: "Name, in German", where there are others. */
export function labelIn(
  label: string,
  of: Language,
  language: Language,
  offered: readonly Language[],
): string {
  const { forms, terms } = wordsIn[language];
  return offered.length > 1 ? forms.labelIn(label, terms.inLanguage[of]) : label;
}

/** The same by the path of each: "name.de" → "Name, in German". */
export const labelsIn = (
  path: string,
  label: string,
  language: Language,
  offered: readonly Language[],
): Record<string, string> =>
  Object.fromEntries(offered.map((of) => [`${path}.${of}`, labelIn(label, of, language, offered)]));
