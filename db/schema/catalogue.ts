/** What the page speaks of. */
import type { Kit } from '../columns.postgres.ts';
import { componentTypes } from '../words.ts';
import type { PeopleTables } from './people.ts';

export function defineCatalogue(kit: Kit, { users }: PeopleTables) {
  const {
    table,
    text,
    localised,
    localisedFlag,
    localisedName,
    choice,
    integer,
    flag,
    instant,
    json,
    index,
    uniqueIndex,
    primaryKey,
  } = kit;
  const id = () => text().primaryKey();
  const version = () => integer().notNull().default(1);

  /** A team that is responsible for categories, with one area owner. */
  const groups = table(
    'groups',
    {
      id: id(),
      slug: text().notNull(),
      name: text().notNull(),
      ownerId: text().references(() => users.id, { onDelete: 'set null' }),
      archivedAt: instant(),
      version: version(),
    },
    (t) => [uniqueIndex('groups_slug').on(t.slug)],
  );

  /** A public category of the status page, or a sub-category of one. */
  const categories = table(
    'categories',
    {
      /** Public: the JSON API names categories by it. */
      id: id(),
      /** Public: it is the address. */
      slug: text().notNull(),
      parentId: text(),
      /** Public: its name. */
      name: localisedName().notNull(),
      short: localisedName().notNull(),
      /** The noun phrase with its article that the headline uses, and whether it is plural. Public: the headline calls it so. */
      subject: localisedName().notNull(),
      isPlural: localisedFlag().notNull(),
      /** Public: stands on its page. */
      description: localised().notNull(),
      position: integer().notNull(),
      isRestricted: flag().notNull(),
      ownerId: text().references(() => users.id, { onDelete: 'set null' }),
      /** Minutes to close a ticket, by priority; a missing one follows the settings. */
      closeTargets: json<Partial<Record<'P0' | 'P1' | 'P2' | 'P3', number>>>().notNull(),
      runbookUrl: text(),
      ticketLabel: text().notNull(),
      createdAt: instant().notNull(),
      archivedAt: instant(),
      version: version(),
    },
    (t) => [
      uniqueIndex('categories_slug').on(t.slug),
      uniqueIndex('categories_ticket_label').on(t.ticketLabel),
    ],
  );

  const categoryGroups = table(
    'category_groups',
    {
      categoryId: text()
        .notNull()
        .references(() => categories.id, { onDelete: 'cascade' }),
      groupId: text()
        .notNull()
        .references(() => groups.id, { onDelete: 'cascade' }),
    },
    (t) => [primaryKey({ columns: [t.categoryId, t.groupId] })],
  );

  /** Named people who may see a restricted category beside the security role. */
  const categoryReaders = table(
    'category_readers',
    {
      categoryId: text()
        .notNull()
        .references(() => categories.id, { onDelete: 'cascade' }),
      userId: text()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
    },
    (t) => [primaryKey({ columns: [t.categoryId, t.userId] })],
  );

  /** What categories were called in addresses before: these lead to the last one that was, while none is called so now. */
  const formerSlugs = table(
    'former_slugs',
    {
      slug: text().notNull(),
      categoryId: text()
        .notNull()
        .references(() => categories.id, { onDelete: 'cascade' }),
      until: instant().notNull(),
    },
    (t) => [primaryKey({ columns: [t.slug, t.categoryId] }), index('former_slugs_category').on(t.categoryId)],
  );

  /** A thing that can fail. Its status is derived from open incidents, never stored. */
  const components = table(
    'components',
    {
      /** Public: the JSON API names components by it. */
      id: id(),
      categoryId: text()
        .notNull()
        .references(() => categories.id),
      /** Public: its name. */
      name: localisedName().notNull(),
      /** Public: stands on the category page. */
      description: localised().notNull(),
      type: choice(componentTypes).notNull(),
      /** 1 is the most important. */
      tier: integer().notNull(),
      isCritical: flag().notNull(),
      /** How much it counts for the headline (U-03), 1 to 10. */
      weight: integer().notNull(),
      position: integer().notNull(),
      createdAt: instant().notNull(),
      archivedAt: instant(),
      /** What an imported source said beyond these columns, so that it can be served again. */
      source: json<Record<string, unknown>>(),
      version: version(),
    },
    (t) => [index('components_category').on(t.categoryId)],
  );

  return { groups, categories, categoryGroups, categoryReaders, formerSlugs, components };
}

export type CatalogueTables = ReturnType<typeof defineCatalogue>;
