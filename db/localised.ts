import { type Language, languages } from './words.ts';

/** One value in each language of the product; a text that nobody wrote is empty. */
export type Localised<T = string> = Record<Language, T>;

/** A value for each language. */
export const inEachLanguage = <T>(valueIn: (language: Language) => T): Localised<T> =>
  // `fromEntries` only knows keys of any text.
  Object.fromEntries(languages.map((language) => [language, valueIn(language)])) as Localised<T>;

/** What a localised column holds, as JSON or read from it: a language that came after it was written has what `late` makes of the others. */
export function readLocalised<T>(stored: unknown, late: (others: readonly T[]) => T): Localised<T> {
  const values: Partial<Localised<T>> = typeof stored === 'string' ? JSON.parse(stored) : (stored ?? {});
  return inEachLanguage((language) => values[language] ?? late(Object.values(values)));
}

/** What there is of a value, by the languages that have one. */
export const inSomeLanguages = <T>(valueIn: (language: Language) => T | undefined): Partial<Localised<T>> =>
  Object.fromEntries(
    languages.flatMap((language) => {
      const value = valueIn(language);
      return value === undefined ? [] : [[language, value]];
    }),
  );
