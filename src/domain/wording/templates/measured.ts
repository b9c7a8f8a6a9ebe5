import { inEachLanguage } from '../../../../db/localised.ts';
import type { Language } from '../../../../db/words.ts';
import { duration } from '../../../i18n/time.ts';
import { wordsIn } from '../../../i18n/words.ts';
import type { FieldRefusal } from '../../core/errors.ts';

/** What a number may be, both ends included. */
export interface Bounds {
  min: number;
  max: number;
}

export type Measured = { text: Record<Language, string> } | { refusal: Omit<FieldRefusal, 'path'> };

/** A percentage with two decimals at most, as each language writes it: "12.5%" and "12,5 %". */
export function percentage(value: unknown, bounds: Bounds): Measured {
  const number = numberOf(value, /^\d{1,9}([.,]\d{1,2})?$/);
  if (!isWithin(number, bounds)) return { refusal: { key: 'wrong_number', params: { ...bounds } } };
  return { text: inEachLanguage((language) => wordsIn[language].templates.share(number)) };
}

/** Whole minutes, as each language writes them: 90 as "1 h 30 min" and "1 Std. 30 Min.". */
export function minutes(value: unknown, bounds: Bounds): Measured {
  const number = numberOf(value, /^\d{1,9}$/);
  if (!isWithin(number, bounds)) return { refusal: { key: 'wrong_minutes', params: { ...bounds } } };
  return { text: inEachLanguage((language) => duration(number * 60_000, language)) };
}

/** NaN for what is not written as `wanted`. */
const numberOf = (value: unknown, wanted: RegExp): number =>
  typeof value === 'string' && wanted.test(value.trim())
    ? Number(value.trim().replace(',', '.'))
    : Number.NaN;

const isWithin = (number: number, { min, max }: Bounds): boolean => number >= min && number <= max;
