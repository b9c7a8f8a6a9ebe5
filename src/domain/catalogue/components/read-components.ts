import { asc } from 'drizzle-orm';
import type { Tables } from '../../../../db/schema.ts';
import type { Reader } from '../../../../db/store.ts';
import type { Actor } from '../../core/authorize.ts';
import { canSee, readCategories } from '../categories/read-categories.ts';

/** The categories that the actor may see and their components in the API's shape, archived ones too, in order. Four queries. */
export async function readComponents(from: { tables: Tables; read: Pick<Reader, 'select'> }, actor: Actor) {
  const { components } = from.tables;
  const categories = (await readCategories(from)).filter((category) => canSee(actor, category));
  const rows = await from.read
    .select()
    .from(components)
    .orderBy(asc(components.position), asc(components.id));
  const all = rows.flatMap((row) => {
    const category = categories.find((candidate) => candidate.id === row.categoryId);
    if (!category) return [];
    const { source: _source, ...same } = row;
    return [{ ...same, categorySlug: category.slug, isRestricted: category.isRestricted }];
  });
  return { categories, components: all };
}

/** Whose page and whose restriction a component has. */
export const categoryOf = ({ categoryId: id, isRestricted }: Component) => ({ id, isRestricted });

export type Component = Awaited<ReturnType<typeof readComponents>>['components'][number];

/** What people decide about a component; the rest is given by the product. */
export type ComponentFields = Omit<
  Component,
  'id' | 'categorySlug' | 'isRestricted' | 'createdAt' | 'archivedAt' | 'version'
>;
