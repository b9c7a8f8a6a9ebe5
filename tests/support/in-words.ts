import { inEachLanguage, type Localised } from '../../db/localised.ts';

/** A text in every language of the product: what is given, else the English. */
export const inWords = (given: Partial<Localised> & { en: string }): Localised =>
  inEachLanguage((language) => given[language] ?? given.en);
