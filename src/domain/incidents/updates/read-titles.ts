import { desc, eq } from 'drizzle-orm';
import { oneOf } from '../../../../db/one-of.ts';
import type { Tables } from '../../../../db/schema.ts';
import type { Reader } from '../../../../db/store.ts';
import type { Language } from '../../../../db/words.ts';
import { splitAhead } from '../maintenance/ahead.ts';
import { newestFirst } from '../phase.ts';
import { titlesOf } from './timeline.ts';

type Titles = Partial<Record<Language, string>>;

/**
 * What incidents are called at `now`: the newest title in each language, held updates included; without any update the internal
 * one in both. For who needs no more of their updates. One query, none for no incident.
 */
export async function readTitles(
  from: { tables: Tables; read: Pick<Reader, 'select'> },
  incidents: readonly { id: string; internalTitle: string }[],
  now: Date,
): Promise<Map<string, Titles>> {
  if (incidents.length === 0) return new Map();
  const { incidentUpdates: updates, incidentUpdateTexts: texts } = from.tables;
  const ids = [...new Set(incidents.map(({ id }) => id))];
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
    .where(oneOf(updates.incidentId, ids))
    .orderBy(desc(texts.revision));
  const told = Map.groupBy(rows, ({ incidentId }) => incidentId);
  return new Map(
    incidents.map(({ id, internalTitle }) => {
      // A correction comes before what it corrects, so the first text of an update is what it says.
      const titled = new Map<
        string,
        (typeof rows)[number] & { texts: Partial<Record<Language, { title: string }>> }
      >();
      for (const row of told.get(id) ?? []) {
        const update = titled.get(row.id) ?? { ...row, texts: {} };
        titled.set(row.id, update);
        if (row.language && row.title !== null) update.texts[row.language] ??= { title: row.title };
      }
      const { updates: counted } = splitAhead([...titled.values()].sort(newestFirst), now);
      const titles = counted.length > 0 ? titlesOf(counted) : { en: internalTitle, de: internalTitle };
      return [id, titles];
    }),
  );
}
