/** What the rules of `content/lint.json` and `content/report-lint.json` say and look for, by language. */
import { inEachLanguage, type Localised } from '../../../../db/localised.ts';

/** Why it was found, in one sentence for the author. */
export type Sentences = { en: string } & Partial<Localised>;

/** The sentence of a rule; the English one where a language has none yet. */
export const sentenceOf = (rule: Sentences): Localised =>
  inEachLanguage((language) => rule[language] ?? rule.en);

/** One pattern for each language, `made` of its words; a language without words finds nothing. */
export const patternsOf = <T>(words: Partial<Localised<T>>, made: (words: T) => RegExp): Localised<RegExp> =>
  inEachLanguage((language) => {
    const own = words[language];
    return own === undefined ? /(?!)/gu : made(own);
  });

/** Any of these as whole words, in any case. */
export const anyOf = (patterns: readonly string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}_])(?:${patterns.join('|')})(?![\\p{L}\\p{N}_])`, 'giu');
