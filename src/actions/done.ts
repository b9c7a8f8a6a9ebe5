import type { DoneKey } from '../i18n/admin-forms.ts';

/** A page with a sentence on what was just done (`components/Done.astro`), at one of its places. */
export function withDone(path: string, done: DoneKey, place?: string): string {
  return `${path}?done=${done}${place === undefined ? '' : `#${place}`}`;
}

/** What was typed into a field that `toInput` leaves to its action. */
export const typedIn = (values: Record<string, string[]>, name: string): string => values[name]?.at(-1) ?? '';
