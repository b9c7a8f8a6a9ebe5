/** What it says: templates with their versions, and phrases. */
import type { Kit } from '../columns.postgres.ts';
import { componentStatuses, languages, occasions, phraseSlots, templateOrigins } from '../words.ts';
import type { CatalogueTables } from './catalogue.ts';
import type { PeopleTables } from './people.ts';

export function defineWording(kit: Kit, { users, categories }: PeopleTables & CatalogueTables) {
  const { table, text, localised, choice, integer, instant, index, uniqueIndex, primaryKey } = kit;
  const id = () => text().primaryKey();

  /** A template slot: one per (category or base, occasion, language); base has no category. */
  const updateTemplates = table(
    'update_templates',
    {
      id: id(),
      categoryId: text().references(() => categories.id, { onDelete: 'cascade' }),
      occasion: choice(occasions).notNull(),
      language: choice(languages).notNull(),
      createdAt: instant().notNull(),
    },
    (t) => [uniqueIndex('update_templates_cell').on(t.categoryId, t.occasion, t.language)],
  );

  /** A wording of a template. CSUP publishes the newest approved one. */
  const updateTemplateVersions = table(
    'update_template_versions',
    {
      templateId: text()
        .notNull()
        .references(() => updateTemplates.id, { onDelete: 'cascade' }),
      version: integer().notNull(),
      /** The version of the other language that this one was made from. */
      sourceVersion: integer(),
      title: text().notNull(),
      body: text().notNull(),
      workaround: text().notNull(),
      origin: choice(templateOrigins).notNull(),
      createdBy: text().references(() => users.id),
      createdAt: instant().notNull(),
      approvedBy: text().references(() => users.id),
      approvedAt: instant(),
      validUntil: instant(),
    },
    (t) => [primaryKey({ columns: [t.templateId, t.version] })],
  );

  /** A ready-made value of a text slot; effects belong to a category, the rest to none. */
  const phrases = table(
    'phrases',
    {
      id: id(),
      slot: choice(phraseSlots).notNull(),
      categoryId: text().references(() => categories.id, { onDelete: 'cascade' }),
      key: text().notNull(),
      text: localised().notNull(),
      workaround: localised().notNull(),
      /** The component status that an effect suggests. */
      level: choice(componentStatuses),
      position: integer().notNull(),
      archivedAt: instant(),
    },
    (t) => [index('phrases_slot').on(t.slot, t.categoryId)],
  );

  return { updateTemplates, updateTemplateVersions, phrases };
}

export type WordingTables = ReturnType<typeof defineWording>;
