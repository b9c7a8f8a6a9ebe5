import { eq } from 'drizzle-orm';
import type { Transaction } from '../../../../db/store.ts';
import type { CategoryFields } from './read-categories.ts';

/** The columns that hold a category's fields. */
export function columnsOf(fields: CategoryFields) {
  const { groupIds: _groups, readerIds: _readers, ...columns } = fields;
  return columns;
}

/** Replaces the groups and named readers of a category. */
export async function writeLinks(tx: Transaction, categoryId: string, fields: CategoryFields): Promise<void> {
  const { categoryGroups, categoryReaders } = tx.tables;
  await tx.db.delete(categoryGroups).where(eq(categoryGroups.categoryId, categoryId));
  for (const groupId of fields.groupIds) await tx.db.insert(categoryGroups).values({ categoryId, groupId });
  await tx.db.delete(categoryReaders).where(eq(categoryReaders.categoryId, categoryId));
  for (const userId of fields.readerIds) await tx.db.insert(categoryReaders).values({ categoryId, userId });
}
