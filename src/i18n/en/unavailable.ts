/** What a page says that cannot be shown because of the database; it needs nothing but these words. */
import type { Trouble } from '../../../db/store.ts';

interface UnavailableWords {
  title: string;
  /** Why, for everybody: no path, no address, no name. */
  why: Record<Trouble, string>;
  goesOn: string;
  nothingSaved: string;
  typed: string;
  again: string;
}

export const unavailable: UnavailableWords = {
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
};
