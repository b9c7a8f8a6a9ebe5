import { asc, eq } from 'drizzle-orm';
import type { Tables } from '../../../../db/schema.ts';
import type { Reader } from '../../../../db/store.ts';
import type { Actor } from '../../core/authorize.ts';
import { canSeeCategory } from '../../core/visibility.ts';

/** Every category in the API's shape and in order, restricted ones too: give out only what `canSee` lets through. Three queries. */
export async function readCategories(from: { tables: Tables; read: Pick<Reader, 'select'> }) {
  const { categories, categoryGroups, categoryReaders, users } = from.tables;
  const rows = await from.read
    .select({ category: categories, ownerName: users.name })
    .from(categories)
    .leftJoin(users, eq(categories.ownerId, users.id))
    .orderBy(asc(categories.position), asc(categories.id));
  const groups = await from.read.select().from(categoryGroups).orderBy(asc(categoryGroups.groupId));
  const readers = await from.read.select().from(categoryReaders).orderBy(asc(categoryReaders.userId));
  return rows.map(({ category: row, ownerName }) => ({
    id: row.id,
    slug: row.slug,
    parentId: row.parentId,
    name: row.name,
    short: row.short,
    subject: row.subject,
    isPlural: row.isPlural,
    description: row.description,
    position: row.position,
    isRestricted: row.isRestricted,
    ownerId: row.ownerId,
    ownerName,
    groupIds: groups.filter((link) => link.categoryId === row.id).map((link) => link.groupId),
    readerIds: readers.filter((link) => link.categoryId === row.id).map((link) => link.userId),
    closeTargets: row.closeTargets,
    runbookUrl: row.runbookUrl,
    ticketLabel: row.ticketLabel,
    createdAt: row.createdAt,
    archivedAt: row.archivedAt,
    version: row.version,
  }));
}

export type Category = Awaited<ReturnType<typeof readCategories>>[number];

/** What people decide about a category; the rest is given by the product. */
export type CategoryFields = Omit<Category, 'id' | 'ownerName' | 'createdAt' | 'archivedAt' | 'version'>;

export const canSee = (actor: Actor, category: Pick<Category, 'isRestricted' | 'readerIds'>): boolean =>
  canSeeCategory(actor, category, new Set(category.readerIds));

/** The category that an actor names by slug or id; none when he may not see it. */
export const findVisible = (actor: Actor, all: readonly Category[], named: string): Category | undefined =>
  all.find((category) => (category.slug === named || category.id === named) && canSee(actor, category));
