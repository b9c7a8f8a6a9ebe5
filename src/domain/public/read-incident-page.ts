import { eq } from 'drizzle-orm';
import { oneOf } from '../../../db/one-of.ts';
import type { Language } from '../../../db/words.ts';
import type { Context } from '../context.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Settings } from '../settings/settings.ts';
import { nextChange } from './next-change.ts';
import { type PublicIncident, readPublicIncidents } from './public-incident.ts';

export interface IncidentPage {
  settings: Settings;
  asOf: Date;
  incident: PublicIncident;
  componentNames: Map<string, Record<Language, string>>;
  validUntil: Date;
}

/** One public incident with all its updates, or null when the world may not see it. */
export async function readIncidentPage(context: Context, id: string): Promise<IncidentPage | null> {
  const { incidents } = context.store.tables;
  const settings = await readSettings(context.store);
  const [incident] = await readPublicIncidents(context, eq(incidents.id, id));
  if (!incident) return null;
  return {
    settings,
    asOf: context.now,
    incident,
    componentNames: await readComponentNames(context, [incident]),
    validUntil: await nextChange(context, settings.time_zone),
  };
}

/** Names of all components that these incidents mention, archived ones included. One query. */
export async function readComponentNames(
  context: Context,
  incidents: readonly { updates: readonly { components: readonly { id: string }[] }[] }[],
): Promise<Map<string, Record<Language, string>>> {
  const { components } = context.store.tables;
  const ids = [...new Set(incidents.flatMap((i) => i.updates.flatMap((u) => u.components.map((c) => c.id))))];
  if (ids.length === 0) return new Map();
  const rows = await context.store.read
    .select({ id: components.id, en: components.nameEn, de: components.nameDe })
    .from(components)
    .where(oneOf(components.id, ids));
  return new Map(rows.map(({ id, en, de }) => [id, { en, de }]));
}
