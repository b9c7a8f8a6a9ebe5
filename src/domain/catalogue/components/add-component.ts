import { newId } from '../../../../db/ids.ts';
import { inEachLanguage } from '../../../../db/localised.ts';
import { act } from '../../core/act.ts';
import { invalid } from '../../core/errors.ts';
import { named } from '../../core/localised.ts';
import { given } from '../categories/given.ts';
import { findVisible } from '../categories/read-categories.ts';
import { touchCatalogue } from '../categories/touch-catalogue.ts';
import { addComponentInput } from './component-input.ts';
import { type ComponentFields, readComponents } from './read-components.ts';

/** Adds a component at the end of its category. */
export const addComponent = act({
  permission: 'components.change',
  input: addComponentInput,
  audits: ['component.added'],
  async work({ tx, context, audit }, wanted): Promise<{ id: string }> {
    const { components } = tx.tables;
    const visible = await readComponents(tx, context.actor);
    const category = findVisible(context.actor, visible.categories, wanted.category);
    if (!category) throw invalid('category', 'unknown_category');
    if (category.archivedAt) throw invalid('category', 'archived');
    const id = newId();
    const level = visible.components.filter((component) => component.categoryId === category.id);
    const fields: ComponentFields = {
      categoryId: category.id,
      name: named(wanted.name, context.offered),
      description: { ...inEachLanguage(() => ''), ...given(wanted.description ?? {}) },
      type: wanted.type,
      tier: wanted.tier ?? 2,
      isCritical: wanted.isCritical ?? false,
      weight: wanted.weight ?? 5,
      position: Math.max(0, ...level.map((component) => component.position)) + 1,
    };
    await tx.db.insert(components).values({ id, ...fields, createdAt: context.now });
    await audit({
      action: 'component.added',
      subjectType: 'component',
      subjectId: id,
      after: fields,
      restrictedTo: category.isRestricted ? category.id : null,
    });
    await touchCatalogue(tx, context, category.id);
    return { id };
  },
});
