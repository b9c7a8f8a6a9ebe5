import { z } from 'zod';
import { componentStatuses, priorities } from '../../../db/words.ts';
import { addCategory } from '../../domain/catalogue/categories/add-category.ts';
import { archiveCategory, restoreCategory } from '../../domain/catalogue/categories/archive-category.ts';
import { changeCategory } from '../../domain/catalogue/categories/change-category.ts';
import { listCategories } from '../../domain/catalogue/categories/list-categories.ts';
import { orderCategories } from '../../domain/catalogue/categories/order-categories.ts';
import { eachLanguage } from '../../domain/core/fields.ts';
import { readHome } from '../../domain/public/read-home.ts';
import { catalogueOperations } from './catalogue-operations.ts';
import type { ApiContext } from './operation.ts';
import { id, moment, version } from './values.ts';

const fields = {
  id,
  slug: z.string(),
  parentId: id.nullable(),
  name: eachLanguage(z.string()),
  description: eachLanguage(z.string()),
  url: z.url().describe('Its public page.'),
};

const publicCategory = z
  .object({
    ...fields,
    status: z.enum(componentStatuses),
    observedSince: moment.describe('That of its first component, or its own where it has none.'),
  })
  .meta({ id: 'PublicCategory' });

const category = z
  .object({
    ...fields,
    short: eachLanguage(z.string()),
    subject: eachLanguage(z.string()).describe('What a headline calls it.'),
    isPlural: eachLanguage(z.boolean()),
    position: z.int(),
    isRestricted: z.boolean(),
    ownerId: id.nullable(),
    ownerName: z.string().nullable(),
    groupIds: z.array(id),
    readerIds: z.array(id).describe('Who may see it beside the security role when it is restricted.'),
    closeTargets: z
      .partialRecord(z.enum(priorities), z.int())
      .describe('Minutes to close a ticket, by priority.'),
    runbookUrl: z.string().nullable(),
    ticketLabel: z.string(),
    createdAt: moment,
    archivedAt: moment.nullable(),
    version,
  })
  .meta({ id: 'Category' });

const withUrl = <Row extends { slug: string }>(row: Row, { publicUrl, paths }: ApiContext) => ({
  ...row,
  url: publicUrl + paths.category(paths.root, row.slug),
});

export const categoryOperations = catalogueOperations({
  one: 'category',
  many: 'categories',
  shape: category,
  list: async (context) => (await listCategories(context)).map((row) => withUrl(row, context)),
  add: addCategory,
  change: changeCategory,
  archive: archiveCategory,
  restore: restoreCategory,
  order: orderCategories,
  publicRead: {
    answer: z.object({ categories: z.array(publicCategory) }),
    run: async (context) => {
      const { categories, validUntil } = await readHome(context);
      const shown = categories.map((line) => withUrl(line, context));
      return { body: { categories: shown }, tags: ['incidents'], validUntil };
    },
  },
});
