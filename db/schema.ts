/**
 * Every table, once, by the room of the domain that writes it. Ids are 12 characters from `db/ids.ts`; times are UTC; plural
 * tables, singular rows.
 */
import type { Kit } from './columns.postgres.ts';
import { defineCatalogue } from './schema/catalogue.ts';
import { defineCore } from './schema/core.ts';
import { defineIncidents } from './schema/incidents.ts';
import { definePeople } from './schema/people.ts';
import { defineReports } from './schema/reports.ts';
import { defineWording } from './schema/wording.ts';

export function defineSchema(kit: Kit) {
  const people = definePeople(kit);
  const catalogue = defineCatalogue(kit, people);
  const wording = defineWording(kit, { ...people, ...catalogue });
  const incidents = defineIncidents(kit, { ...people, ...catalogue, ...wording });
  const reports = defineReports(kit, { ...people, ...catalogue, ...incidents });
  return { ...defineCore(kit), ...people, ...catalogue, ...wording, ...incidents, ...reports };
}

export type Tables = ReturnType<typeof defineSchema>;
