import type { unavailable as en } from '../en/unavailable.ts';

export const unavailable: typeof en = {
  title: 'Diese Statusseite kann gerade nicht angezeigt werden',
  why: {
    starting: 'Sie startet gerade.',
    unreachable: 'Ihre Datenbank ist nicht erreichbar.',
    missing: 'Ihre Datenbank fehlt.',
    empty: 'Ihre Datenbank ist leer, obwohl es vorher eine gab.',
    foreign: 'An der Stelle ihrer Datenbank steht eine andere.',
    damaged: 'Ihre Datenbank ist beschädigt.',
    locked: 'Ihre Datenbank ist von einem anderen Programm gesperrt.',
    read_only: 'In ihre Datenbank kann nicht geschrieben werden.',
    full: 'Für ihre Datenbank ist kein Platz mehr.',
    newer: 'Ihre Datenbank gehört zu einer neueren Version des Programms.',
    unknown: 'Ihre Datenbank kann nicht benutzt werden.',
  },
  goesOn: 'Über die Dienste selbst sagt das nichts. Sobald es wieder geht, ist die Seite da.',
  nothingSaved: 'Es wurde nichts gespeichert.',
  typed: 'Ihre Eingaben',
  again: 'Noch einmal senden',
};
