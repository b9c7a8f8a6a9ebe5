import { z } from 'zod';
import { componentStatuses, priorities } from '../../../db/words.ts';
import { addCategory } from '../../domain/categories/add-category.ts';
import { archiveCategory, restoreCategory } from '../../domain/categories/archive-category.ts';
import { addCategoryInput, changeCategoryInput } from '../../domain/categories/category-input.ts';
import { changeCategory } from '../../domain/categories/change-category.ts';
import { listCategories } from '../../domain/categories/list-categories.ts';
import { orderCategories } from '../../domain/categories/order-categories.ts';
import type { Category } from '../../domain/categories/read-categories.ts';
import { bothLanguages } from '../../domain/core/fields.ts';
import type { CategoryLine } from '../../domain/public/catalogue.ts';
import { readHome } from '../../domain/public/read-home.ts';
import { publicPaths } from '../../paths.ts';
import { catalogueOperations } from './catalogue-operations.ts';
import { id, iso, isoOrNull, moment, version } from './values.ts';

const fields = {
  id,
  slug: z.string(),
  parentId: id.nullable(),
  name: bothLanguages(z.string()),
  description: bothLanguages(z.string()),
  url: z.url().describe('Its public page.'),
};

const publicCategory = z
  .strictObject({
    ...fields,
    status: z.enum(componentStatuses),
    observedSince: moment.describe('That of its first component, or its own where it has none.'),
  })
  .meta({ id: 'PublicCategory' });

const category = z
  .strictObject({
    ...fields,
    short: bothLanguages(z.string()),
    subject: bothLanguages(z.string()).describe('What a headline calls it.'),
    isPlural: bothLanguages(z.boolean()),
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

const showCategory = (row: Category, publicUrl: string): z.infer<typeof category> => ({
  ...commonFields(row, publicUrl),
  short: row.short,
  subject: row.subject,
  isPlural: row.isPlural,
  position: row.position,
  isRestricted: row.isRestricted,
  ownerId: row.ownerId,
  ownerName: row.ownerName,
  groupIds: row.groupIds,
  readerIds: row.readerIds,
  closeTargets: row.closeTargets,
  runbookUrl: row.runbookUrl,
  ticketLabel: row.ticketLabel,
  createdAt: iso(row.createdAt),
  archivedAt: isoOrNull(row.archivedAt),
  version: row.version,
});

const showPublicCategory = (line: CategoryLine, publicUrl: string): z.infer<typeof publicCategory> => ({
  ...commonFields(line, publicUrl),
  status: line.status,
  observedSince: iso(line.observedSince),
});

const commonFields = (row: Category | CategoryLine, publicUrl: string) => ({
  id: row.id,
  slug: row.slug,
  parentId: row.parentId,
  name: row.name,
  description: row.description,
  url: publicUrl + publicPaths.category('en', row.slug),
});

export const categoryOperations = catalogueOperations({
  one: 'category',
  many: 'categories',
  shape: category,
  show: (row: Category, { publicUrl }) => showCategory(row, publicUrl),
  list: listCategories,
  addInput: addCategoryInput,
  add: addCategory,
  changeInput: changeCategoryInput,
  change: changeCategory,
  archive: archiveCategory,
  restore: restoreCategory,
  order: orderCategories,
  publicRead: {
    answer: z.strictObject({ categories: z.array(publicCategory) }),
    run: async (context) => {
      const { categories, validUntil } = await readHome(context);
      const shown = categories.map((line) => showPublicCategory(line, context.publicUrl));
      return { body: { categories: shown }, tags: ['incidents'], validUntil };
    },
  },
});
