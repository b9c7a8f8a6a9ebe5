import { and, eq, not } from 'drizzle-orm';
import type { Transaction } from '../../../../db/store.ts';
import { actOn } from '../../core/act.ts';
import type { Actor } from '../../core/authorize.ts';
import { changedFields } from '../../core/changed-fields.ts';
import type { Context } from '../../core/context.ts';
import { DomainError, invalid, notFound } from '../../core/errors.ts';
import { named } from '../../core/localised.ts';
import { refuseStale } from '../../core/lock.ts';
import { arePublished } from '../../core/visibility.ts';
import { type ChangeCategoryInput, changeCategoryInput } from './category-input.ts';
import { namesAfter } from './category-names.ts';
import { checkCategory } from './check-category.ts';
import { keepFormerSlug } from './former-slugs.ts';
import { given } from './given.ts';
import { isSeenByTheWorld } from './is-seen-by-the-world.ts';
import { type Category, canSee, findVisible, readCategories } from './read-categories.ts';
import { touchCatalogue } from './touch-catalogue.ts';
import { columnsOf, writeLinks } from './write-category.ts';

/** Changes what is named and leaves the rest; a rename keeps slug and ticket label. */
export const changeCategory = actOn({
  permission: 'categories.change',
  input: changeCategoryInput,
  audits: ['category.changed'],
  async work({ tx, context, audit }, id, wanted): Promise<{ id: string; slug: string; version: number }> {
    const all = await readCategories(tx);
    const before = all.find((category) => category.id === id && canSee(context.actor, category));
    if (!before) throw notFound();
    refuseStale(wanted.version, before, before, wanted);
    const after = categoryAfter(context, all, before, wanted);
    refuseOwnReaders(context.actor, before, after);
    await checkCategory(tx, after, all, before);
    const change = changedFields(before, after);
    if (!change) return { id, slug: before.slug, version: before.version };
    if (change.after.isRestricted === true) await restrict(tx, id);

    const {
      id: _id,
      ownerName: _name,
      createdAt: _at,
      archivedAt: _archived,
      version: _version,
      ...fields
    } = after;
    const version = before.version + 1;
    const { categories } = tx.tables;
    await tx.db
      .update(categories)
      .set({ ...columnsOf(fields), version })
      .where(eq(categories.id, id));
    await writeLinks(tx, id, fields);
    if (after.slug !== before.slug)
      await keepFormerSlug(tx, { categoryId: id, slug: before.slug, now: context.now });
    await audit({
      action: 'category.changed',
      subjectType: 'category',
      subjectId: id,
      ...change,
      restrictedTo: before.isRestricted || after.isRestricted ? id : null,
    });
    if (Object.keys(change.after).some((field) => !insideOnly.has(field))) {
      // What was public and no longer is has changed for the world as well.
      if (before.isRestricted) await touchCatalogue(tx, context, id);
      else tx.touch('catalogue');
    }
    return { id, slug: after.slug, version };
  },
});

/** What no public page says of a category. */
const insideOnly: ReadonlySet<string> = new Set<keyof Category>([
  'groupIds',
  'readerIds',
  'ownerId',
  'closeTargets',
  'runbookUrl',
  'ticketLabel',
]);

function categoryAfter(
  { actor, offered }: Context,
  all: readonly Category[],
  before: Category,
  wanted: ChangeCategoryInput,
): Category {
  const { parent, name: typed, short: _short, subject: _subject, version: _version, ...rest } = wanted;
  const parentId = parentAfter(actor, all, before, parent);
  const level = all.filter((category) => category.parentId === parentId);
  const atTheEnd = Math.max(0, ...level.map((category) => category.position)) + 1;
  return {
    ...before,
    ...given(rest),
    ...namesAfter(before, { ...wanted, name: typed && named(typed, offered, before.name) }),
    parentId,
    position: parentId === before.parentId ? before.position : atTheEnd,
    isPlural: { ...before.isPlural, ...given(wanted.isPlural ?? {}) },
    description: { ...before.description, ...given(wanted.description ?? {}) },
    groupIds: wanted.groupIds ? [...new Set(wanted.groupIds)].sort() : before.groupIds,
    readerIds: wanted.readerIds ? [...new Set(wanted.readerIds)].sort() : before.readerIds,
  };
}

function parentAfter(
  actor: Actor,
  all: readonly Category[],
  before: Category,
  parent: string | null | undefined,
): string | null {
  if (parent === undefined) return before.parentId;
  if (parent === null) return null;
  const found = findVisible(actor, all, parent);
  if (!found) throw invalid('parent', 'unknown_category');
  return found.id;
}

/** Naming readers opens what is restricted in the category, so only who sees that himself may do it. */
function refuseOwnReaders(actor: Actor, before: Category, after: Category): void {
  if (!changedFields({ readerIds: before.readerIds }, { readerIds: after.readerIds })) return;
  if (!canSee(actor, { ...before, isRestricted: true })) throw new DomainError('forbidden', 'forbidden');
}

/** A category that the world saw cannot become restricted; what nobody published in it yet becomes so with it. */
async function restrict(tx: Transaction, categoryId: string): Promise<void> {
  if (await isSeenByTheWorld(tx, categoryId)) throw invalid('isRestricted', 'cannot_restrict');
  const { incidents } = tx.tables;
  const hidden = and(eq(incidents.categoryId, categoryId), not(arePublished(incidents)));
  await tx.db.update(incidents).set({ isRestricted: true }).where(hidden);
}
