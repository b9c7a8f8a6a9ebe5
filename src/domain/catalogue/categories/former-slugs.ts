import { and, desc, eq, type SQL } from 'drizzle-orm';
import type { Tables } from '../../../../db/schema.ts';
import type { Reader, Transaction } from '../../../../db/store.ts';

/** The category's addresses under its old slug go on leading to it. */
export async function keepFormerSlug(
  tx: Transaction,
  { categoryId, slug, now }: { categoryId: string; slug: string; now: Date },
): Promise<void> {
  const { formerSlugs } = tx.tables;
  await tx.db
    .insert(formerSlugs)
    .values({ slug, categoryId, until: now })
    .onConflictDoUpdate({ target: [formerSlugs.slug, formerSlugs.categoryId], set: { until: now } });
}

/**
 * The category among those that satisfy `where` which was called so last; null when none was. Ask first whether one is called
 * so now: the living one wins. One query, by index. What is hidden neither takes nor gives an address. Slugs of reports and
 * groups never change, and everything else is named by its id. Asked where nothing is, before any render; the answer is a 301
 * that is asked for anew each time.
 */
export async function findByFormerSlug(
  { tables, read }: { tables: Tables; read: Pick<Reader, 'select'> },
  slug: string,
  where?: SQL,
) {
  const { categories, formerSlugs } = tables;
  const [found] = await read
    .select({ category: categories })
    .from(formerSlugs)
    .innerJoin(categories, eq(categories.id, formerSlugs.categoryId))
    .where(and(eq(formerSlugs.slug, slug), where))
    .orderBy(desc(formerSlugs.until), desc(formerSlugs.categoryId))
    .limit(1);
  return found?.category ?? null;
}
