import { eq } from 'drizzle-orm';
import { appendAudit } from '../audit/append.ts';
import { given } from '../categories/given.ts';
import { authorize } from '../core/authorize.ts';
import { changedFields } from '../core/changed-fields.ts';
import type { Context } from '../core/context.ts';
import { refuseStale } from '../core/lock.ts';
import { parse } from '../core/parse.ts';
import { findGroup, refuseUnknownOwner } from './find-group.ts';
import { changeGroupInput } from './group-input.ts';

/** Renames a group or gives it another area owner; its slug stays. */
export async function changeGroup(
  context: Context,
  id: string,
  input: unknown,
): Promise<{ id: string; version: number }> {
  authorize(context, 'groups.change');
  const { version: seen, ...wanted } = parse(changeGroupInput, input);
  return context.store.transaction(async (tx) => {
    const { groups } = tx.tables;
    const group = await findGroup(tx, id);
    refuseStale(seen, group, group, wanted);
    await refuseUnknownOwner(tx, wanted.ownerId);
    const before = { name: group.name, ownerId: group.ownerId };
    const after = { ...before, ...given(wanted) };
    const change = changedFields(before, after);
    if (!change) return { id, version: group.version };
    const version = group.version + 1;
    await tx.db
      .update(groups)
      .set({ ...after, version })
      .where(eq(groups.id, id));
    await appendAudit(tx, context, {
      action: 'group.changed',
      subjectType: 'group',
      subjectId: id,
      ...change,
    });
    return { id, version };
  });
}
