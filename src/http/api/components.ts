import { z } from 'zod';
import { componentStatuses, componentTypes } from '../../../db/words.ts';
import { addComponent } from '../../domain/components/add-component.ts';
import { archiveComponent, restoreComponent } from '../../domain/components/archive-component.ts';
import { changeComponent } from '../../domain/components/change-component.ts';
import { addComponentInput, changeComponentInput } from '../../domain/components/component-input.ts';
import { listComponents } from '../../domain/components/list-components.ts';
import { orderComponents } from '../../domain/components/order-components.ts';
import type { Component } from '../../domain/components/read-components.ts';
import { bothLanguages } from '../../domain/core/fields.ts';
import type { CategoryLine, ComponentLine } from '../../domain/public/catalogue.ts';
import { readHome } from '../../domain/public/read-home.ts';
import { catalogueOperations } from './catalogue-operations.ts';
import { id, iso, isoOrNull, moment, version } from './values.ts';

const fields = {
  id,
  categoryId: id,
  categorySlug: z.string(),
  name: bothLanguages(z.string()),
  description: bothLanguages(z.string()),
};

const publicComponent = z
  .strictObject({
    ...fields,
    status: z.enum(componentStatuses),
    observedSince: moment.describe(
      'The earlier of its creation and the start of the first public incident that names it; nothing is known from before.',
    ),
  })
  .meta({ id: 'PublicComponent' });

const component = z
  .strictObject({
    ...fields,
    type: z.enum(componentTypes),
    tier: z.int().describe('1 is the most important.'),
    isCritical: z.boolean(),
    weight: z.int().describe('How much it counts for the headline, 1 to 10.'),
    position: z.int(),
    isRestricted: z.boolean(),
    createdAt: moment,
    archivedAt: moment.nullable(),
    version,
  })
  .meta({ id: 'Component' });

const showComponent = (row: Component): z.infer<typeof component> => ({
  id: row.id,
  categoryId: row.categoryId,
  categorySlug: row.categorySlug,
  name: row.name,
  description: row.description,
  type: row.type,
  tier: row.tier,
  isCritical: row.isCritical,
  weight: row.weight,
  position: row.position,
  isRestricted: row.isRestricted,
  createdAt: iso(row.createdAt),
  archivedAt: isoOrNull(row.archivedAt),
  version: row.version,
});

const showPublicComponent = (
  category: CategoryLine,
  line: ComponentLine,
): z.infer<typeof publicComponent> => ({
  id: line.id,
  categoryId: category.id,
  categorySlug: category.slug,
  name: line.name,
  description: line.description,
  status: line.status,
  observedSince: iso(line.observedSince),
});

export const componentOperations = catalogueOperations({
  one: 'component',
  many: 'components',
  shape: component,
  show: showComponent,
  list: listComponents,
  addInput: addComponentInput,
  add: addComponent,
  changeInput: changeComponentInput,
  change: changeComponent,
  archive: archiveComponent,
  restore: restoreComponent,
  order: orderComponents,
  publicRead: {
    answer: z.strictObject({ components: z.array(publicComponent) }),
    run: async (context) => {
      const { categories, validUntil } = await readHome(context);
      const shown = categories.flatMap((category) =>
        category.components.map((line) => showPublicComponent(category, line)),
      );
      return { body: { components: shown }, tags: ['incidents'], validUntil };
    },
  },
});
