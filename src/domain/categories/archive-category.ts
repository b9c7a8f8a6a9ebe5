import { and, eq, isNull } from 'drizzle-orm';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { DomainError, notFound } from '../core/errors.ts';
import { archiveInput } from '../core/fields.ts';
import { refuseStale } from '../core/lock.ts';
import { parse } from '../core/parse.ts';
import { canSee, readCategories } from './read-categories.ts';
import { refuseOpen } from './refuse-open.ts';
import { touchCatalogue } from './touch-catalogue.ts';

interface Archived {
  id: string;
  version: number;
}

/** Takes an empty category without an open public incident off the page. Its history stays. Archiving twice is no change. */
export const archiveCategory = (context: Context, id: string, input: unknown = {}): Promise<Archived> =>
  setArchived(context, id, input, true);

/** Brings an archived category back to its old place. */
export const restoreCategory = (context: Context, id: string, input: unknown = {}): Promise<Archived> =>
  setArchived(context, id, input, false);

async function setArchived(
  context: Context,
  id: string,
  input: unknown,
  toArchive: boolean,
): Promise<Archived> {
  authorize(context, 'categories.change');
  const wanted = parse(archiveInput, input);
  return context.store.transaction(async (tx) => {
    const { categories, components } = tx.tables;
    const all = await readCategories(tx);
    const before = all.find((category) => category.id === id && canSee(context.actor, category));
    if (!before) throw notFound();
    if ((before.archivedAt !== null) === toArchive) return { id, version: before.version };
    refuseStale(wanted.version, before, before, { isArchived: toArchive });
    if (toArchive) {
      const children = all.filter((category) => category.parentId === id && category.archivedAt === null);
      const inside = await tx.db.$count(
        components,
        and(eq(components.categoryId, id), isNull(components.archivedAt)),
      );
      if (children.length + inside > 0) throw new DomainError('conflict', 'has_children');
      await refuseOpen(tx, context.now, { categoryId: id });
    } else if (all.some((category) => category.id === before.parentId && category.archivedAt !== null)) {
      throw new DomainError('conflict', 'parent_archived');
    }
    const archivedAt = toArchive ? context.now : null;
    const version = before.version + 1;
    await tx.db.update(categories).set({ archivedAt, version }).where(eq(categories.id, id));
    await appendAudit(tx, context, {
      action: toArchive ? 'category.archived' : 'category.restored',
      subjectType: 'category',
      subjectId: id,
      before: { archivedAt: before.archivedAt },
      after: { archivedAt },
      restrictedTo: before.isRestricted ? id : null,
    });
    await touchCatalogue(tx, context, id);
    return { id, version };
  });
}
