import { postgresKit } from './columns.ts';
import { defineSchema } from './schema.ts';

/** For drizzle-kit: it reads one exported constant a table. */
export const {
  settings,
  counters,
  users,
  sessions,
  apiTokens,
  oneTimeLinks,
  groups,
  categories,
  categoryGroups,
  categoryReaders,
  components,
  updateTemplates,
  updateTemplateVersions,
  phrases,
  incidents,
  incidentReaders,
  incidentUpdates,
  incidentUpdateTexts,
  incidentUpdateComponents,
  auditEntries,
  outbox,
  jobs,
  idempotencyKeys,
} = defineSchema(postgresKit);
