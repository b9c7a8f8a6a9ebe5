/** Texts in several languages: a record by language, where nothing is written empty or left out. */
import { inEachLanguage, type Localised } from '../../../db/localised.ts';
import { type Language, languages } from '../../../db/words.ts';

type Some = { readonly [L in keyof Localised]?: string | undefined };

/** Only the languages in which something is written, trimmed. */
export const filled = (text: Some): Partial<Localised> =>
  Object.fromEntries(
    languages.flatMap((language) => {
      const value = text[language]?.trim();
      return value ? [[language, value]] : [];
    }),
  );

/**
 * A name in each language: as typed, else as it stood, else as in the first language that the page offers, which a name that
 * was only taken over follows.
 */
export function named(typed: Some, offered: readonly Language[], standing?: Localised): Localised {
  const [root = languages[0]] = offered;
  const first = typed[root] ?? standing?.[root] ?? '';
  const kept = (language: Language) =>
    standing?.[language] === standing?.[root] ? undefined : standing?.[language];
  return inEachLanguage((language) => typed[language] ?? kept(language) ?? first);
}

/** Whether something is written in at least one language. */
export const said = (text: Some | undefined): boolean =>
  languages.some((language) => text?.[language]?.trim());

/** What stands, with what was typed, trimmed, in its place; a language that was not typed stays. */
export const retyped = (typed: Some | undefined, standing?: Localised): Localised =>
  inEachLanguage((language) => typed?.[language]?.trim() ?? standing?.[language] ?? '');
