import { eq } from 'drizzle-orm';
import { newId } from '../../../../db/ids.ts';
import { act } from '../../core/act.ts';
import { invalid } from '../../core/errors.ts';
import { slugOf } from '../categories/category-names.ts';
import { refuseUnknownOwner } from './find-group.ts';
import { addGroupInput } from './group-input.ts';

/** Adds a responsible group with its area owner. */
export const addGroup = act({
  permission: 'groups.change',
  input: addGroupInput,
  audits: ['group.added'],
  async work({ tx, audit }, wanted): Promise<{ id: string; slug: string }> {
    const { groups } = tx.tables;
    const slug = wanted.slug ?? slugOf(wanted.name);
    if (slug === '') throw invalid('slug', 'required');
    if ((await tx.db.$count(groups, eq(groups.slug, slug))) > 0) throw invalid('slug', 'taken');
    await refuseUnknownOwner(tx, wanted.ownerId);
    const id = newId();
    const fields = { slug, name: wanted.name, ownerId: wanted.ownerId ?? null };
    await tx.db.insert(groups).values({ id, ...fields });
    await audit({
      action: 'group.added',
      subjectType: 'group',
      subjectId: id,
      after: fields,
    });
    return { id, slug };
  },
});
