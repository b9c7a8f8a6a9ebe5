/** What in a report reads as a promise, for its author and for the approver. The words are data in `content/report-lint.json`. */

import lint from '../../../../content/report-lint.json' with { type: 'json' };
import { inSomeLanguages, type Localised } from '../../../../db/localised.ts';
import type { Language } from '../../../../db/words.ts';
import { anyOf, patternsOf } from './rule-words.ts';
import { sentencesOf } from './sentences.ts';

export interface FoundWords {
  /** The very words, in their order. */
  words: string[];
  /** The sentence they stand in. */
  context: string;
}

const words: Partial<Localised<string[]>> = lint.promise.words;
const times: Partial<Localised<string[]>> = lint.promise.times;
const promising = patternsOf(
  inSomeLanguages((language) => words[language] && [...words[language], ...(times[language] ?? [])]),
  anyOf,
);
const dated = patternsOf<string[]>(
  lint.promise.dates,
  (days) => new RegExp(`(?<![\\p{L}\\p{N}_.-])(?:${days.join('|')})`, 'giu'),
);

/**
 * The sentences of a text that hold words of promise, or a day from `today` ("2026-11-20") on. What lies in the past is
 * the story of the incident and no promise. A hint: it blocks nothing.
 */
export function promisesIn(text: string, language: Language, today: string): FoundWords[] {
  return sentencesOf(text).flatMap((context): FoundWords[] => {
    const found = [
      ...context.matchAll(promising[language]),
      ...[...context.matchAll(dated[language])].filter(([date]) => !isPast(date, today)),
    ].sort((a, b) => a.index - b.index);
    const distinct = [...new Set(found.map(([word]) => word))];
    return distinct.length > 0 ? [{ words: distinct, context }] : [];
  });
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const inEnglish: Record<string, string> = { mär: 'mar', mai: 'may', okt: 'oct', dez: 'dec' };

/** Whether a written day lies before `today`; without a year, the nearest such day counts. What cannot be read is not past. */
function isPast(written: string, today: string): boolean {
  const year = /\d{4}/.exec(written)?.[0];
  const name = /\p{L}{3}/u.exec(written.replace(/\d(?:st|nd|rd|th)/i, ''))?.[0].toLowerCase();
  const [first = 0, second = 0] = (written.replace(/\d{4}/, '').match(/\d{1,2}/g) ?? []).map(Number);
  const isIso = /^\d{4}-/.test(written);
  const month = name ? months.indexOf(inEnglish[name] ?? name) + 1 : isIso ? first : second;
  const day = name || !isIso ? first : second;
  if (month < 1 || month > 12) return false;
  const at = (of: number): number => Date.UTC(of, month - 1, day);
  const now = Date.parse(`${today}T00:00:00Z`);
  if (year) return at(Number(year)) < now;
  const thisYear = Number(today.slice(0, 4));
  const nearest = [thisYear - 1, thisYear, thisYear + 1]
    .map(at)
    .sort((a, b) => Math.abs(a - now) - Math.abs(b - now))[0];
  return nearest !== undefined && nearest < now;
}
