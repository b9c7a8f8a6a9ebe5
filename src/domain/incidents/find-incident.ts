import { and, eq } from 'drizzle-orm';
import { idPattern } from '../../../db/ids.ts';
import { inSomeLanguages } from '../../../db/localised.ts';
import type { Transaction } from '../../../db/store.ts';
import type { Context } from '../core/context.ts';
import { notFound } from '../core/errors.ts';
import { visibleIncidents } from '../core/visibility.ts';
import { splitAhead } from './maintenance/ahead.ts';
import type { Situation } from './updates/situation.ts';
import { readTimelines } from './updates/timeline.ts';

/** The incident that a verb works on, as it stands; not found for who may not see it. */
export async function findIncident(tx: Transaction, context: Context, id: string) {
  if (!idPattern.test(id)) throw notFound();
  const { incidents, categories } = tx.tables;
  const [row] = await tx.db
    .select({ incident: incidents, category: categories })
    .from(incidents)
    .innerJoin(categories, eq(incidents.categoryId, categories.id))
    .where(and(eq(incidents.id, id), visibleIncidents(context)));
  if (!row) throw notFound();
  const timelines = await readTimelines(tx, [id]);
  const { updates, planned } = splitAhead(timelines.get(id) ?? [], context.now);
  const situation: Situation = { ...row.incident, category: row.category, latest: updates[0] ?? null };
  return { ...row.incident, ...situation, updates, planned };
}

/** The latest texts in the API's shape, for a conflict that shows both sides. */
export function latestTexts(incident: {
  updates: Awaited<ReturnType<typeof readTimelines>> extends Map<string, infer U> ? U : never;
}) {
  const latest = incident.updates[0];
  if (!latest) return null;
  return {
    update: latest.id,
    phase: latest.phase,
    texts: inSomeLanguages((language) => {
      const text = latest.texts[language];
      return text && { title: text.title, body: text.body };
    }),
  };
}
