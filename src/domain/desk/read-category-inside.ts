import { canSee } from '../catalogue/categories/read-categories.ts';
import { readComponents } from '../catalogue/components/read-components.ts';
import { listGroups } from '../catalogue/groups/list-groups.ts';
import type { Context } from '../core/context.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import { listUsers } from '../people/users/list-users.ts';

/**
 * A category, or a new one, with what its form offers: parents, owners, readers, groups, and the targets that hold without its
 * own. `category` is undefined where none has this id or the reader may not see it. Seven queries.
 */
export async function readCategoryInside(
  context: Context,
  question: { id: string | undefined; parentSlug: string | null },
) {
  const groups = await listGroups(context);
  const users = await listUsers(context);
  const settings = await readSettings(context.store);
  const { categories, components } = await readComponents(context.store, context.actor);
  const category = categories.find(({ id }) => id === question.id);
  const children = categories.filter(({ parentId }) => category && parentId === category.id);
  const inside = [...children, ...components.filter(({ categoryId }) => categoryId === category?.id)];
  const parent = categories.find(({ id }) => id === category?.parentId);
  return {
    settings,
    isNew: question.id === 'new',
    category,
    hasChildren: children.length > 0,
    /** Why it is neither archived nor restored now; false where nothing is in the way. */
    obstacle: category?.archivedAt
      ? parent !== undefined && parent.archivedAt !== null && ('parent_archived' as const)
      : inside.some(({ archivedAt }) => archivedAt === null) && ('has_children' as const),
    /** What it may lie in; what it lies in stays to be chosen, also archived. */
    parents: categories.filter(
      (other) =>
        other.parentId === null &&
        other.id !== category?.id &&
        (other.archivedAt === null || other.id === category?.parentId),
    ),
    parentId: category
      ? category.parentId
      : (categories.find(({ slug }) => slug === question.parentSlug)?.id ?? null),
    owners: users.filter(({ id, disabledAt }) => disabledAt === null || id === category?.ownerId),
    readers: users.filter(({ id, disabledAt }) => disabledAt === null || category?.readerIds.includes(id)),
    groups: groups.filter(({ id, archivedAt }) => archivedAt === null || category?.groupIds.includes(id)),
    /** Who may not see what is restricted here cannot open it to others. */
    mayNameReaders: category ? canSee(context.actor, { ...category, isRestricted: true }) : true,
    /** Minutes until an incident is closed, where the category says nothing. */
    usualTargets: {
      P0: settings.close_minutes_p0,
      P1: settings.close_minutes_p1,
      P2: settings.close_minutes_p2,
      P3: settings.close_minutes_p3,
    },
    /** What an id that a field may hold is called; of a category in each language. */
    names: new Map<string, string | (typeof categories)[number]['name']>([
      ...categories.map(({ id, name }) => [id, name] as const),
      ...groups.map(({ id, name }) => [id, name] as const),
      ...users.map(({ id, name }) => [id, name] as const),
    ]),
  };
}

export type CategoryInside = Awaited<ReturnType<typeof readCategoryInside>>;
