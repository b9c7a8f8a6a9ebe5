import { asc, eq, getTableColumns, or, sql } from 'drizzle-orm';
import { builtOnce } from '../../../../db/built-once.ts';
import type { Tables } from '../../../../db/schema.ts';
import type { Reader } from '../../../../db/store.ts';
import type { Language } from '../../../../db/words.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { findTemplates } from '../../wording/templates/find-template.ts';
import { readPhrases } from '../../wording/templates/read-phrases.ts';
import type { PostUpdateInput } from '../incident-input.ts';

type From = { tables: Tables; read: Pick<Reader, 'select'> };

/** What an update is composed from, beside the incident and what its author says. */
export type Sources = Awaited<ReturnType<typeof readSources>>;

/**
 * Reads what an update with this input is composed from: settings and components, phrases where a slot may choose one,
 * templates where an occasion asks for one. `now` is when it is published, for the validity of a template; `offered` are the languages of the page.
 */
export async function readSources(
  from: From,
  categoryId: string,
  { occasion, slots }: Pick<PostUpdateInput, 'occasion' | 'slots'>,
  { now, offered }: { now: Date; offered: readonly Language[] },
) {
  return {
    offered,
    settings: await readSettings(from),
    components: await nameableComponents(from, { categoryId }),
    phrases: slots ? await readPhrases(from, categoryId) : [],
    templates: occasion ? await findTemplates(from, { categoryId, occasion, now, offered }) : {},
  };
}

/** Components that an incident of the category may name, archived ones included: those of another restricted category do not exist for it. */
const nameableComponents = builtOnce(({ read, tables: { components, categories } }) =>
  read
    .select(getTableColumns(components))
    .from(components)
    .innerJoin(categories, eq(components.categoryId, categories.id))
    .where(or(eq(categories.isRestricted, false), eq(categories.id, sql.placeholder('categoryId'))))
    .orderBy(asc(components.position), asc(components.id)),
);
