import { z } from 'zod';
import { componentStatuses, componentTypes } from '../../../db/words.ts';
import { addComponent } from '../../domain/catalogue/components/add-component.ts';
import { archiveComponent, restoreComponent } from '../../domain/catalogue/components/archive-component.ts';
import { changeComponent } from '../../domain/catalogue/components/change-component.ts';
import { listComponents } from '../../domain/catalogue/components/list-components.ts';
import { orderComponents } from '../../domain/catalogue/components/order-components.ts';
import { eachLanguage } from '../../domain/core/fields.ts';
import { readHome } from '../../domain/public/read-home.ts';
import { catalogueOperations } from './catalogue-operations.ts';
import { id, moment, version } from './values.ts';

const fields = {
  id,
  categoryId: id,
  categorySlug: z.string(),
  name: eachLanguage(z.string()),
  description: eachLanguage(z.string()),
};

const publicComponent = z
  .object({
    ...fields,
    status: z.enum(componentStatuses),
    observedSince: moment.describe(
      'The earlier of its creation and the start of the first public incident that names it; nothing is known from before.',
    ),
  })
  .meta({ id: 'PublicComponent' });

const component = z
  .object({
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

export const componentOperations = catalogueOperations({
  one: 'component',
  many: 'components',
  shape: component,
  list: listComponents,
  add: addComponent,
  change: changeComponent,
  archive: archiveComponent,
  restore: restoreComponent,
  order: orderComponents,
  publicRead: {
    answer: z.object({ components: z.array(publicComponent) }),
    run: async (context) => {
      const { categories, validUntil } = await readHome(context);
      const components = categories.flatMap(({ id: categoryId, slug: categorySlug, components }) =>
        components.map((line) => ({ ...line, categoryId, categorySlug })),
      );
      return { body: { components }, tags: ['incidents'], validUntil };
    },
  },
});
