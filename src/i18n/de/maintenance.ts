import type { maintenance as en } from '../en/maintenance.ts';

export const maintenance: typeof en = {
  title: 'Wartung',
  intro: 'Geplante Arbeiten an unseren Diensten: was geschieht, wann, und womit Sie rechnen sollten.',
  running: 'Läuft gerade',
  announced: 'Angekündigt',
  past: 'Frühere Wartungen',
  nothingRunning: 'Es läuft keine Wartung.',
  nothingAnnounced: 'Es ist keine Wartung angekündigt.',
  neverStarted: 'Diese Arbeiten haben in ihrem Zeitfenster nicht begonnen.',
  nothingPast: 'Es gab noch keine Wartung.',
  allHistory: 'Alles im Verlauf',
  emergency: 'Notfallwartung',
};
