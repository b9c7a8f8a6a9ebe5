import type { Language } from '../../../../db/words.ts';

/** A category as whatever belongs to it names it. */
export interface NamedCategory {
  id: string;
  slug: string;
  name: Record<Language, string>;
}
