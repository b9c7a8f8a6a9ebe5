import type { Language } from '../../db/words.ts';
import { de } from './de/index.ts';
import { en, type Words } from './en/index.ts';

export type { Words } from './en/index.ts';

/** What a page can say after its form. */
export type DoneKey = keyof Words['forms']['done'];

/** What the product says, by language. A page takes the words of its own from `locals.words`. */
export const wordsIn: Record<Language, Words> = { en, de };
