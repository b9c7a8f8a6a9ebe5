import { eq } from 'drizzle-orm';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { orderInput } from '../core/fields.ts';
import { parse } from '../core/parse.ts';
import { reorder } from '../core/reorder.ts';
import { canSee, readCategories } from './read-categories.ts';
import { touchCatalogue } from './touch-catalogue.ts';

/** Puts the active categories of one level into the order named. One audit entry for each that moves. */
export async function orderCategories(context: Context, input: unknown): Promise<{ moved: number }> {
  authorize(context, 'categories.change');
  const { ids } = parse(orderInput, input);
  return context.store.transaction(async (tx) => {
    const { categories } = tx.tables;
    const all = await readCategories(tx);
    const active = all.filter((category) => category.archivedAt === null && canSee(context.actor, category));
    const parentId = active.find((category) => category.id === ids[0])?.parentId ?? null;
    const level = active.filter((category) => category.parentId === parentId);
    const moves = reorder(level, ids, 'unknown_category');
    for (const { entry, position } of moves) {
      await tx.db.update(categories).set({ position }).where(eq(categories.id, entry.id));
      await appendAudit(tx, context, {
        action: 'category.moved',
        subjectType: 'category',
        subjectId: entry.id,
        before: { position: entry.position },
        after: { position },
        restrictedTo: entry.isRestricted ? entry.id : null,
      });
    }
    for (const { entry } of moves) await touchCatalogue(tx, context, entry.id);
    return { moved: moves.length };
  });
}
