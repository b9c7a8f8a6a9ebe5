/** Words of the composer's lint, written by hand in both languages; each rule explains itself in `content/lint.json`. */
import type { Language } from '../../db/words.ts';

const counted = (count: number, one: string, more: string): string | false =>
  count > 0 && `${count} ${count === 1 ? one : more}`;

const en = {
  found: (blocking: number, hints: number) =>
    [blocking > 0 && `${blocking} not meant for customers`, counted(hints, 'hint', 'hints')]
      .filter(Boolean)
      .join(', '),
  blocking: 'Not meant for customers',
  hints: 'Worth another look',
  reason: 'Publish it all the same, because',
  reasonHint: 'The reason stands in the audit.',
};

type LintWords = typeof en;

const de: LintWords = {
  found: (blocking, hints) =>
    [blocking > 0 && `${blocking} nicht für Kunden`, counted(hints, 'Hinweis', 'Hinweise')]
      .filter(Boolean)
      .join(', '),
  blocking: 'Nicht für Kunden bestimmt',
  hints: 'Einen zweiten Blick wert',
  reason: 'Trotzdem veröffentlichen, weil',
  reasonHint: 'Der Grund steht im Protokoll.',
};

export const lintWords: Record<Language, LintWords> = { en, de };
