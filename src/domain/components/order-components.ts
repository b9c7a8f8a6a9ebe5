import { eq } from 'drizzle-orm';
import { appendAudit } from '../audit/append.ts';
import { touchCatalogue } from '../categories/touch-catalogue.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { orderInput } from '../core/fields.ts';
import { parse } from '../core/parse.ts';
import { reorder } from '../core/reorder.ts';
import { readComponents } from './read-components.ts';

/** Puts the active components of one category into the order named. One audit entry for each that moves. */
export async function orderComponents(context: Context, input: unknown): Promise<{ moved: number }> {
  authorize(context, 'components.change');
  const { ids } = parse(orderInput, input);
  return context.store.transaction(async (tx) => {
    const { components } = tx.tables;
    const visible = await readComponents(tx, context.actor);
    const active = visible.components.filter((component) => component.archivedAt === null);
    const categoryId = active.find((component) => component.id === ids[0])?.categoryId;
    const level = active.filter((component) => component.categoryId === categoryId);
    const moves = reorder(level, ids, 'unknown_component');
    for (const { entry, position } of moves) {
      await tx.db.update(components).set({ position }).where(eq(components.id, entry.id));
      await appendAudit(tx, context, {
        action: 'component.moved',
        subjectType: 'component',
        subjectId: entry.id,
        before: { position: entry.position },
        after: { position },
        restrictedTo: entry.isRestricted ? entry.categoryId : null,
      });
    }
    if (moves.length > 0 && categoryId) await touchCatalogue(tx, context, categoryId);
    return { moved: moves.length };
  });
}
