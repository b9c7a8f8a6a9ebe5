import { newId } from '../../../../db/ids.ts';
import { inEachLanguage } from '../../../../db/localised.ts';
import { act } from '../../core/act.ts';
import { invalid } from '../../core/errors.ts';
import { named, retyped } from '../../core/localised.ts';
import { addCategoryInput } from './category-input.ts';
import { namesAfter, slugOf } from './category-names.ts';
import { checkCategory } from './check-category.ts';
import { given } from './given.ts';
import { type CategoryFields, findVisible, readCategories } from './read-categories.ts';
import { touchCatalogue } from './touch-catalogue.ts';
import { columnsOf, writeLinks } from './write-category.ts';

/** Adds a category at the end of its level. The ticket label is its slug unless given. */
export const addCategory = act({
  permission: 'categories.change',
  input: addCategoryInput,
  audits: ['category.added'],
  async work({ tx, context, audit }, wanted): Promise<{ id: string; slug: string }> {
    const all = await readCategories(tx);
    const parent = wanted.parent ? findVisible(context.actor, all, wanted.parent) : null;
    if (parent === undefined) throw invalid('parent', 'unknown_category');
    const parentId = parent?.id ?? null;
    const level = all.filter((category) => category.parentId === parentId);
    const name = named(wanted.name, context.offered);
    const slug = wanted.slug ?? slugOf(name[context.offered[0] ?? 'en']);

    const id = newId();
    const fields: CategoryFields = {
      slug,
      parentId,
      ...namesAfter({ name, short: retyped({}), subject: retyped({}) }, { ...wanted, name }),
      isPlural: { ...inEachLanguage(() => false), ...given(wanted.isPlural ?? {}) },
      description: { ...inEachLanguage(() => ''), ...given(wanted.description ?? {}) },
      position: Math.max(0, ...level.map((category) => category.position)) + 1,
      isRestricted: wanted.isRestricted ?? parent?.isRestricted ?? false,
      ownerId: wanted.ownerId ?? null,
      groupIds: [...new Set(wanted.groupIds)],
      readerIds: [...new Set(wanted.readerIds)],
      closeTargets: wanted.closeTargets ?? {},
      runbookUrl: wanted.runbookUrl ?? null,
      ticketLabel: wanted.ticketLabel ?? slug,
    };
    await checkCategory(tx, { id, ...fields }, all);

    await tx.db.insert(tx.tables.categories).values({ id, ...columnsOf(fields), createdAt: context.now });
    await writeLinks(tx, id, fields);
    await audit({
      action: 'category.added',
      subjectType: 'category',
      subjectId: id,
      after: fields,
      restrictedTo: fields.isRestricted ? id : null,
    });
    await touchCatalogue(tx, context, id);
    return { id, slug };
  },
});
