/** Words of the composer's lint, written by hand in both languages; each rule explains itself in `content/lint.json`. */
import type { Language } from '../../db/words.ts';

const en = {
  blocking: 'Not meant for customers',
  hints: 'Worth another look',
  reason: 'Publish it all the same, because',
  reasonHint: 'The reason stands in the audit.',
  language: { en: 'English', de: 'German' },
};

type LintWords = typeof en;

const de: LintWords = {
  blocking: 'Nicht für Kunden bestimmt',
  hints: 'Einen zweiten Blick wert',
  reason: 'Trotzdem veröffentlichen, weil',
  reasonHint: 'Der Grund steht im Protokoll.',
  language: { en: 'Englisch', de: 'Deutsch' },
};

export const lintWords: Record<Language, LintWords> = { en, de };
