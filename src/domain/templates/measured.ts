import type { Language } from '../../../db/words.ts';
import { duration } from '../../i18n/time.ts';
import type { FieldRefusal } from '../core/errors.ts';
import { type Slot, slots } from './slots.ts';

type Measured = { text: Record<Language, string> } | { refusal: Omit<FieldRefusal, 'path'> };

/** A number or a duration as each language writes it: "12.5%" and "12,5 %"; 90 minutes as "1 h 30 min" and "1 Std. 30 Min.". */
export function measured(slot: Slot, value: unknown): Measured {
  const { min = 0, max = Number.MAX_SAFE_INTEGER, unit } = slots[slot].measure ?? {};
  const wanted = unit === 'min' ? /^\d{1,9}$/ : /^\d{1,9}([.,]\d{1,2})?$/;
  const number =
    typeof value === 'string' && wanted.test(value.trim())
      ? Number(value.trim().replace(',', '.'))
      : Number.NaN;
  if (!(number >= min && number <= max)) {
    return { refusal: { key: unit === 'min' ? 'wrong_minutes' : 'wrong_number', params: { min, max } } };
  }
  if (unit === 'min') {
    return { text: { en: duration(number * 60_000, 'en'), de: duration(number * 60_000, 'de') } };
  }
  return { text: { en: `${number}%`, de: `${String(number).replace('.', ',')} %` } };
}
