import { type Language, languages } from '../../db/words.ts';

/** The first of our languages that a browser asks for in `accept-language`; for people who are not signed in. */
export function preferredLanguage(accepted: string | null): Language {
  const codes = (accepted ?? '')
    .toLowerCase()
    .split(',')
    .map((part) => part.trim().slice(0, 2));
  return codes.flatMap((code) => languages.find((language) => language === code) ?? [])[0] ?? languages[0];
}
