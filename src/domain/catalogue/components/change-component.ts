import { eq } from 'drizzle-orm';
import { actOn } from '../../core/act.ts';
import type { Actor } from '../../core/authorize.ts';
import { changedFields } from '../../core/changed-fields.ts';
import { invalid, notFound } from '../../core/errors.ts';
import { named } from '../../core/localised.ts';
import { refuseStale } from '../../core/lock.ts';
import { given } from '../categories/given.ts';
import { type Category, findVisible } from '../categories/read-categories.ts';
import { touchCatalogue } from '../categories/touch-catalogue.ts';
import { changeComponentInput } from './component-input.ts';
import { type Component, type ComponentFields, readComponents } from './read-components.ts';

/** Changes what is named and leaves the rest; a component that moves goes to the end of its new category. */
export const changeComponent = actOn({
  permission: 'components.change',
  input: changeComponentInput,
  audits: ['component.changed'],
  async work({ tx, context, audit }, id, wanted): Promise<{ id: string; version: number }> {
    const { components } = tx.tables;
    const visible = await readComponents(tx, context.actor);
    const before = visible.components.find((component) => component.id === id);
    if (!before) throw notFound();
    refuseStale(wanted.version, before, before, wanted);
    const categoryId = wanted.category
      ? targetOf(context.actor, visible.categories, before, wanted.category)
      : before.categoryId;
    const level = visible.components.filter((component) => component.categoryId === categoryId);
    const { category: _category, name, version: _version, ...rest } = wanted;
    const after: ComponentFields = {
      ...fieldsOf(before),
      ...given(rest),
      name: name ? named(name, context.offered, before.name) : before.name,
      description: { ...before.description, ...given(wanted.description ?? {}) },
      categoryId,
      position:
        categoryId === before.categoryId
          ? before.position
          : Math.max(0, ...level.map((component) => component.position)) + 1,
    };
    const change = changedFields(fieldsOf(before), after);
    if (!change) return { id, version: before.version };
    const version = before.version + 1;
    await tx.db
      .update(components)
      .set({ ...after, version })
      .where(eq(components.id, id));
    await audit({
      action: 'component.changed',
      subjectType: 'component',
      subjectId: id,
      ...change,
      restrictedTo: before.isRestricted ? before.categoryId : null,
    });
    await touchCatalogue(tx, context, before.categoryId);
    if (after.categoryId !== before.categoryId) await touchCatalogue(tx, context, after.categoryId);
    return { id, version };
  },
});

/** What was public would vanish in a restricted category, so nothing moves into one. */
function targetOf(actor: Actor, categories: readonly Category[], before: Component, named: string): string {
  const target = findVisible(actor, categories, named);
  if (!target) throw invalid('category', 'unknown_category');
  if (target.id === before.categoryId) return target.id;
  if (target.archivedAt) throw invalid('category', 'archived');
  if (target.isRestricted) throw invalid('category', 'restricted_target');
  return target.id;
}

function fieldsOf(component: Component): ComponentFields {
  const { categoryId, name, description, type, tier, isCritical, weight, position } = component;
  return { categoryId, name, description, type, tier, isCritical, weight, position };
}
