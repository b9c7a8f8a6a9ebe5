import { and, asc, eq, max } from 'drizzle-orm';
import type { Tables } from '../../../db/schema.ts';
import type { Reader } from '../../../db/store.ts';
import { occasions } from '../../../db/words.ts';
import type { Actor } from '../access/authorize.ts';
import { canSee, readCategories } from '../categories/read-categories.ts';

export type TemplateState = 'approved' | 'not_approved' | 'expired';

/**
 * The newest version of each template that the actor may see, with its category or null for the base; the base comes first,
 * then category by category, each by occasion. Four queries.
 */
export async function readNewestTemplates(
  from: { tables: Tables; read: Pick<Reader, 'select'> },
  question: { actor: Actor; now: Date },
) {
  const { updateTemplates: cell, updateTemplateVersions: wording } = from.tables;
  const categories = await readCategories(from);
  const newest = from.read
    .select({ templateId: wording.templateId, version: max(wording.version).as('newest_version') })
    .from(wording)
    .groupBy(wording.templateId)
    .as('newest');
  const rows = await from.read
    .select({ cell, wording })
    .from(wording)
    .innerJoin(newest, and(eq(wording.templateId, newest.templateId), eq(wording.version, newest.version)))
    .innerJoin(cell, eq(wording.templateId, cell.id))
    .orderBy(asc(cell.createdAt), asc(cell.id));
  const found = rows.flatMap(({ cell: { id, categoryId, occasion, language }, wording: text }) => {
    const at = categories.findIndex((category) => category.id === categoryId);
    const category = categories[at] ?? null;
    if (category && !canSee(question.actor, category)) return [];
    const { templateId: _id, ...version } = text;
    const isOver = version.validUntil !== null && version.validUntil <= question.now;
    const state: TemplateState =
      version.approvedAt === null ? 'not_approved' : isOver ? 'expired' : 'approved';
    const place = at * occasions.length + occasions.indexOf(occasion);
    return [{ place, template: { id, category, occasion, language, ...version, state } }];
  });
  return found.sort((a, b) => a.place - b.place).map(({ template }) => template);
}

export type NewestTemplate = Awaited<ReturnType<typeof readNewestTemplates>>[number];
