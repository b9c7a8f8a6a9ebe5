import { type Language, languages } from '../../../db/words.ts';

/** The first language `among` ours that a browser asks for in `accept-language`; for people who are not signed in. */
export function preferredLanguage(accepted: string | null, among: readonly Language[] = languages): Language {
  const [first = languages[0]] = among;
  const codes = (accepted ?? '')
    .toLowerCase()
    .split(',')
    .map((part) => part.trim().slice(0, 2));
  return codes.flatMap((code) => among.find((language) => language === code) ?? [])[0] ?? first;
}
