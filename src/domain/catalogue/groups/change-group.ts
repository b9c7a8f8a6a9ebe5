import { eq } from 'drizzle-orm';
import { actOn } from '../../core/act.ts';
import { changedFields } from '../../core/changed-fields.ts';
import { refuseStale } from '../../core/lock.ts';
import { given } from '../categories/given.ts';
import { findGroup, refuseUnknownOwner } from './find-group.ts';
import { changeGroupInput } from './group-input.ts';

/** Renames a group or gives it another area owner; its slug stays. */
export const changeGroup = actOn({
  permission: 'groups.change',
  input: changeGroupInput,
  audits: ['group.changed'],
  async work({ tx, audit }, id, { version: seen, ...wanted }): Promise<{ id: string; version: number }> {
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
    await audit({
      action: 'group.changed',
      subjectType: 'group',
      subjectId: id,
      ...change,
    });
    return { id, version };
  },
});
