import { and, eq, isNull } from 'drizzle-orm';
import { DomainError } from '../../core/errors.ts';
import { type Archivable, archiving } from '../acts.ts';
import { type Category, canSee, readCategories } from './read-categories.ts';
import { refuseOpen } from './refuse-open.ts';

const category: Archivable<Category, { row: Category; below: Category[] }> = {
  noun: 'category',
  categoryOf: (row) => row,
  async find(tx, { actor }, id) {
    const all = await readCategories(tx);
    const row = all.find((one) => one.id === id && canSee(actor, one));
    const parent = all.find((one) => one.id === row?.parentId);
    return row && { row, parent, below: all.filter((one) => one.parentId === id) };
  },
  async refuse(tx, { now }, { row, below }) {
    const { components } = tx.tables;
    const isInside = and(eq(components.categoryId, row.id), isNull(components.archivedAt));
    if (below.some((one) => one.archivedAt === null) || (await tx.db.$count(components, isInside)) > 0)
      throw new DomainError('conflict', 'has_children');
    await refuseOpen(tx, now, { categoryId: row.id });
  },
};

/** Takes an empty category without an open public incident off the page. */
export const archiveCategory = archiving(category, { toArchive: true });

export const restoreCategory = archiving(category, { toArchive: false });
