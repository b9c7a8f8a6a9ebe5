import { newId } from '../../db/ids.ts';
import type { Store } from '../../db/store.ts';
import { textRow } from '../support/text-row.ts';

const updatesPerIncident = 5;

/** Ended incidents spread over the ten years before now, written directly: thousands through verbs would take minutes. Their ids, newest first. */
export async function fill(store: Store, at: Date, count: number): Promise<string[]> {
  const { categories, incidents, incidentUpdates, incidentUpdateTexts } = store.tables;
  const known = await store.read.select().from(categories);
  const now = at.getTime();
  const ids: string[] = [];
  const spacing = (10 * 365 * 86_400_000) / count;
  await store.transaction(async ({ db }) => {
    for (let from = 0; from < count; from += 200) {
      const rows = Array.from({ length: Math.min(200, count - from) }, (_, at) => makeIncident(from + at));
      await db.insert(incidents).values(rows.map((row) => row.incident));
      ids.push(...rows.map((row) => row.incident.id));
      await db.insert(incidentUpdates).values(rows.flatMap((row) => row.updates));
      await db.insert(incidentUpdateTexts).values(rows.flatMap((row) => row.texts));
    }
  });
  return ids;

  function makeIncident(n: number) {
    const id = newId();
    const startedAt = new Date(now - 86_400_000 - n * spacing);
    const endedAt = new Date(startedAt.getTime() + 40 * 60_000);
    const category = known[n % known.length];
    const updates = Array.from({ length: updatesPerIncident }, (_, at) => {
      const displayAt = new Date(startedAt.getTime() + at * 10 * 60_000);
      const phase = at === updatesPerIncident - 1 ? ('resolved' as const) : ('investigating' as const);
      return {
        id: newId(),
        incidentId: id,
        phase,
        displayAt,
        publishedAt: displayAt,
        isFreeText: false,
        createdAt: displayAt,
      };
    });
    const texts = updates.map((update) =>
      textRow(update, `Requests fail in area ${n}`, 'Some requests fail.'),
    );
    const incident = {
      id,
      kind: 'incident' as const,
      categoryId: category?.id ?? '',
      impact: 'minor' as const,
      priority: 'P3' as const,
      isReviewed: true,
      isRestricted: false,
      startedAt,
      phase: 'resolved' as const,
      resolvedAt: endedAt,
      openUntil: endedAt,
      createdAt: startedAt,
      updatedAt: endedAt,
      publishedAt: startedAt,
      number: n + 1,
    };
    return { incident, updates, texts };
  }
}
