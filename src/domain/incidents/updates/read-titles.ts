import { desc, eq } from 'drizzle-orm';
import { inEachLanguage } from '../../../../db/localised.ts';
import { oneOf } from '../../../../db/one-of.ts';
import type { Tables } from '../../../../db/schema.ts';
import type { Reader } from '../../../../db/store.ts';
import type { Language } from '../../../../db/words.ts';
import { splitAhead } from '../maintenance/ahead.ts';
import { newestFirst } from '../phase.ts';
import { titlesOf } from './timeline.ts';

export type Titles = Partial<Record<Language, string>>;

/** An update with no more of its texts than their titles. */
export interface TitledUpdate {
  id: string;
  displayAt: Date;
  publishedAt: Date;
  isPlanned: boolean;
  texts: Partial<Record<Language, { title: string }>>;
}

/** Of incidents, their updates, the newest first. */
export type Titled = ReadonlyMap<string, readonly TitledUpdate[]>;

/**
 * What the updates of incidents are called, held and planned ones included, for who needs no more of them: several lists of a
 * page ask once. One query, none for no incident.
 */
export async function readTitled(
  from: { tables: Tables; read: Pick<Reader, 'select'> },
  incidentIds: readonly string[],
): Promise<Titled> {
  if (incidentIds.length === 0) return new Map();
  const { incidentUpdates: updates, incidentUpdateTexts: texts } = from.tables;
  const rows = await from.read
    .select({
      id: updates.id,
      incidentId: updates.incidentId,
      displayAt: updates.displayAt,
      publishedAt: updates.publishedAt,
      isPlanned: updates.isPlanned,
      language: texts.language,
      title: texts.title,
    })
    .from(updates)
    .leftJoin(texts, eq(texts.updateId, updates.id))
    .where(oneOf(updates.incidentId, [...new Set(incidentIds)]))
    .orderBy(desc(texts.revision));
  const told = new Map<string, TitledUpdate[]>();
  const known = new Map<string, TitledUpdate>();
  for (const { incidentId, language, title, ...row } of rows) {
    const update = known.get(row.id) ?? { ...row, texts: {} };
    if (!known.has(row.id)) told.set(incidentId, [...(told.get(incidentId) ?? []), update]);
    known.set(row.id, update);
    // A correction comes before what it corrects.
    if (language && title !== null) update.texts[language] ??= { title };
  }
  for (const updatesOfOne of told.values()) updatesOfOne.sort(newestFirst);
  return told;
}

/** What an incident is called at `now`: the newest title in each language; without any update the internal one in both. Pure. */
export function titlesNow(
  titled: Titled,
  { id, internalTitle }: { id: string; internalTitle: string },
  now: Date,
): Titles {
  const { updates } = splitAhead(titled.get(id) ?? [], now);
  return updates.length > 0 ? titlesOf(updates) : inEachLanguage(() => internalTitle);
}
