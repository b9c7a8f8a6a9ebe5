/** Words around what the lint finds in a report, written by hand in both languages; each rule explains itself in `content/`. */
import type { Language } from '../../db/words.ts';

const en = {
  none: 'Nothing found: no promise, no name, no blame, nothing that is not for readers.',
  blocking: 'Not meant for readers',
  blockingHint: 'Keeps the report from review until it is changed, or a reason is given on submitting.',
  promise: 'Reads as a promise',
  person: 'Names somebody',
  blame: 'Looks for the guilty',
  other: 'Worth another look',
};

type FindingWords = typeof en;

const de: FindingWords = {
  none: 'Nichts gefunden: keine Zusage, kein Name, keine Schuldfrage, nichts, was nicht für Leser ist.',
  blocking: 'Nicht für Leser bestimmt',
  blockingHint:
    'Hält den Bericht von der Prüfung ab, bis Sie es ändern oder beim Einreichen einen Grund nennen.',
  promise: 'Liest sich als Zusage',
  person: 'Nennt jemanden',
  blame: 'Sucht nach Schuldigen',
  other: 'Einen zweiten Blick wert',
};

export const findingWords: Record<Language, FindingWords> = { en, de };
