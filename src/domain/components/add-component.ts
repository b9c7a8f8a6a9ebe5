import { eq } from 'drizzle-orm';
import { newId } from '../../../db/ids.ts';
import { appendAudit } from '../audit/append.ts';
import { given } from '../categories/given.ts';
import { findVisible } from '../categories/read-categories.ts';
import { touchCatalogue } from '../categories/touch-catalogue.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { invalid } from '../core/errors.ts';
import { parse } from '../core/parse.ts';
import { addComponentInput, importComponentInput } from './component-input.ts';
import { type ComponentFields, columnsOf, readComponents } from './read-components.ts';

/** Adds a component at the end of its category. Only an import may bring an id along. */
export async function addComponent(context: Context, input: unknown): Promise<{ id: string }> {
  authorize(context, 'components.change');
  const isImport = context.actor.kind === 'import';
  const {
    id = newId(),
    source = null,
    ...wanted
  } = isImport
    ? parse(importComponentInput, input)
    : { id: undefined, source: undefined, ...parse(addComponentInput, input) };
  return context.store.transaction(async (tx) => {
    const { components } = tx.tables;
    const visible = await readComponents(tx, context.actor);
    const category = findVisible(context.actor, visible.categories, wanted.category);
    if (!category) throw invalid('category', 'unknown_category');
    if (category.archivedAt) throw invalid('category', 'archived');
    if ((await tx.db.$count(components, eq(components.id, id))) > 0) throw invalid('id', 'taken');
    const level = visible.components.filter((component) => component.categoryId === category.id);
    const fields: ComponentFields = {
      categoryId: category.id,
      name: wanted.name,
      description: { en: '', de: '', ...given(wanted.description ?? {}) },
      type: wanted.type,
      tier: wanted.tier ?? 2,
      isCritical: wanted.isCritical ?? false,
      weight: wanted.weight ?? 5,
      position: Math.max(0, ...level.map((component) => component.position)) + 1,
    };
    await tx.db.insert(components).values({ id, ...columnsOf(fields), source, createdAt: context.now });
    await appendAudit(tx, context, {
      action: 'component.added',
      subjectType: 'component',
      subjectId: id,
      after: fields,
      restrictedTo: category.isRestricted ? category.id : null,
    });
    await touchCatalogue(tx, context, category.id);
    return { id };
  });
}
