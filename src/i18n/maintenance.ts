/** Words of planned maintenance, on the public page and at the desk, written by hand in both languages. */
import type { Language } from '../../db/words.ts';

const en = {
  title: 'Maintenance',
  intro: 'Planned work on our services: what happens, when, and what to expect.',
  running: 'Running now',
  announced: 'Announced',
  past: 'Past maintenance',
  nothingRunning: 'No maintenance is running.',
  nothingAnnounced: 'No maintenance is announced.',
  neverStarted: 'This work did not begin in its window.',
  nothingPast: 'No maintenance has taken place yet.',
  allHistory: 'Everything in the history',
  emergency: 'Emergency maintenance',
};

export type MaintenanceWords = typeof en;

const de: MaintenanceWords = {
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

export const maintenanceWords: Record<Language, MaintenanceWords> = { en, de };
