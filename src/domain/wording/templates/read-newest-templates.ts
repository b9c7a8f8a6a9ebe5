import type { Tables } from '../../../../db/schema.ts';
import type { Reader } from '../../../../db/store.ts';
import { type Language, occasions } from '../../../../db/words.ts';
import type { Actor } from '../../core/authorize.ts';
import { type AllTemplates, readVersions } from './read-versions.ts';

/**
 * The newest version of each template that the actor may see, with its category or null for the base; the base comes first,
 * then category by category, each by occasion. Four queries.
 */
export async function readNewestTemplates(
  from: { tables: Tables; read: Pick<Reader, 'select'> },
  question: { actor: Actor; now: Date; offered: readonly Language[] },
) {
  return newestOf(await readVersions(from, question));
}

/** The newest version of each, in the order of the matrix. */
export function newestOf({ categories, texts }: AllTemplates) {
  const found = texts.map(({ id, category, occasion, language, state, versions: [newest] }) => {
    const at = category ? categories.indexOf(category) : -1;
    const place = at * occasions.length + occasions.indexOf(occasion);
    return { place, template: { id, category, occasion, language, ...newest, state } };
  });
  return found.sort((a, b) => a.place - b.place).map(({ template }) => template);
}

export type NewestTemplate = ReturnType<typeof newestOf>[number];
