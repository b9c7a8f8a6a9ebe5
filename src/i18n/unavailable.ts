/** What a page says that cannot be shown because of the database; it needs nothing but these words. */
import type { Trouble } from '../../db/store.ts';
import type { Language } from '../../db/words.ts';

interface UnavailableWords {
  title: string;
  /** Why, for everybody: no path, no address, no name. */
  why: Record<Trouble, string>;
  goesOn: string;
  nothingSaved: string;
  typed: string;
  again: string;
}

export const unavailableWords: Record<Language, UnavailableWords> = {
  en: {
    title: 'This status page cannot be shown at the moment',
    why: {
      starting: 'It is starting.',
      unreachable: 'Its database cannot be reached.',
      missing: 'Its database is missing.',
      empty: 'Its database is empty, although there was one before.',
      foreign: 'What stands in the place of its database is another one.',
      damaged: 'Its database is damaged.',
      locked: 'Its database is locked by another program.',
      read_only: 'Its database cannot be written to.',
      full: 'There is no room left for its database.',
      newer: 'Its database belongs to a newer version of the program.',
      unknown: 'Its database cannot be used.',
    },
    goesOn: 'This says nothing about the services themselves. As soon as it works again, the page is here.',
    nothingSaved: 'Nothing was saved.',
    typed: 'What you typed',
    again: 'Send again',
  },
  de: {
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
  },
};
