import type { Localised } from '../../db/localised.ts';
import type { Language } from '../../db/words.ts';
import { refusals } from './en/refusals.ts';
import { wordsIn } from './words.ts';

export type RefusalKey = keyof typeof refusals;
export const refusalKeys = Object.keys(refusals) as RefusalKey[];

/** The sentence for a refusal; parameters are put in as they are. */
export function refusalText(
  language: Language,
  key: RefusalKey,
  params: Record<string, string | number | Localised> = {},
): string {
  return wordsIn[language].refusals[key].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : typeof value === 'object' ? value[language] : String(value);
  });
}
