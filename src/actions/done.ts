import type { DoneKey } from '../i18n/words.ts';

/** The place of an entry on a page of several; an id alone could begin with a digit. */
export const placeOf = (id: string): string => `e-${id}`;

/** A page with a sentence on what was just done (`components/forms/Done.astro`), at the entry it was done to if the page has several. */
export function withDone(path: string, done: DoneKey, at?: string): string {
  return at === undefined ? `${path}?done=${done}` : `${path}?done=${done}&at=${at}#${placeOf(at)}`;
}

/** What was typed into a field that `toInput` leaves to its action. */
export const typedIn = (values: Record<string, string[]>, name: string): string => values[name]?.at(-1) ?? '';
