import type { reportFindings as en } from '../en/report-findings.ts';

export const reportFindings: typeof en = {
  none: 'Nichts gefunden: keine Zusage, kein Name, keine Schuldfrage, nichts, was nicht für Leser ist.',
  blocking: 'Nicht für Leser bestimmt',
  blockingHint:
    'Hält den Bericht von der Prüfung ab, bis Sie es ändern oder beim Einreichen einen Grund nennen.',
  promise: 'Liest sich als Zusage',
  person: 'Nennt jemanden',
  blame: 'Sucht nach Schuldigen',
  other: 'Einen zweiten Blick wert',
};
