/** Texts in several languages: a record by language, where nothing is written empty or left out. */
import { inEachLanguage, type Localised } from '../../../db/localised.ts';
import { type Language, languages } from '../../../db/words.ts';
import { DomainError, type FieldRefusal } from './errors.ts';

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
 * was only taken over follows. Refuses, at `path`, an offered language in which nothing was ever said.
 */
export function named(
  path: string,
  typed: Some,
  offered: readonly Language[],
  standing?: Localised,
): Localised {
  const [root = languages[0]] = offered;
  const own = (language: Language): string | undefined =>
    typed[language] ??
    (standing?.[language] === standing?.[root] && !offered.includes(language)
      ? undefined
      : standing?.[language]);
  const missing = offered.filter((language) => !own(language));
  const fields = missing.map((language): FieldRefusal => ({ path: `${path}.${language}`, key: 'required' }));
  if (fields.length > 0) throw new DomainError('invalid', 'input', { fields });
  return inEachLanguage((language) => own(language) ?? own(root) ?? '');
}

/** Whether something is written in at least one language. */
export const said = (text: Some | undefined): boolean =>
  languages.some((language) => text?.[language]?.trim());

/** What stands, with what was typed, trimmed, in its place; a language that was not typed stays. */
export const retyped = (typed: Some | undefined, standing?: Localised): Localised =>
  inEachLanguage((language) => typed?.[language]?.trim() ?? standing?.[language] ?? '');
