import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../../../db/store.ts';
import type { Context } from '../../core/context.ts';
import { publicCategories } from '../../core/visibility.ts';

/** Names the public catalogue as changed, if the world sees the category; of a restricted one no public page tells that it changed. */
export async function touchCatalogue(tx: Transaction, context: Context, categoryId: string): Promise<void> {
  const { categories } = tx.tables;
  const [seen] = await tx.db
    .select({ id: categories.id })
    .from(categories)
    .where(and(eq(categories.id, categoryId), publicCategories(context)));
  if (seen) tx.touch('catalogue');
}
