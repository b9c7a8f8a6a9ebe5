import { inEachLanguage, type Localised } from '../../db/localised.ts';

/** A text in every language of the product: what is given, else the English. */
export const inWords = <T = string>(given: Partial<Localised<T>> & { en: T }): Localised<T> =>
  inEachLanguage((language) => given[language] ?? given.en);

/** The languages in which these tests have words of their own. */
export const spoken = ['en', 'de'] as const;
export type Spoken = (typeof spoken)[number];
