import { type Language, languages } from '../../../../db/words.ts';

type Texts = Partial<Record<Language, unknown>>;

/**
 * The language that keeps its words although those of the other one were corrected, so that the two may contradict each other;
 * null when there is none. A translation that is added corrects nothing. Whoever corrects one says that the other is still
 * right, which the audit keeps: a page that only said which one waits would go on contradicting itself. What the page does not
 * offer contradicts nothing on it.
 */
export function leftAsItWas(present: Texts, written: Texts, offered: readonly Language[]): Language | null {
  const isCorrected = languages.some((language) => present[language] && written[language]);
  if (!isCorrected) return null;
  return offered.find((language) => present[language] && !written[language]) ?? null;
}
