import { type Language, languages } from '../../db/words.ts';
import { wordsIn } from './words.ts';

/** What a form calls a field that it asks in each language, by the path of each: "name.de" → "Name, in German". */
export function labelsIn(path: string, label: string, language: Language): Record<string, string> {
  const { forms, terms } = wordsIn[language];
  return Object.fromEntries(
    languages.map((code) => [`${path}.${code}`, forms.labelIn(label, terms.inLanguage[code])]),
  );
}
