/** Incidents in any number, written directly: thousands through the verbs would take minutes. */
import { newId } from '../../db/ids.ts';
import type { Store } from '../../db/store.ts';
import { textRow } from './text-row.ts';

export interface ManyIncidents {
  count: number;
  /** Updates of each, the last of them the end. */
  updates: number;
  /** Over how many days before `now` they are spread, the newest a day ago. */
  days: number;
  now: Date;
  kind?: 'incident' | 'maintenance';
}

/** Ended incidents, evenly spread over days and categories, each naming components of its category where it has some. Returns their ids, newest first. */
export async function plantIncidents(store: Store, asked: ManyIncidents): Promise<string[]> {
  const { tables } = store;
  const categories = await store.read.select().from(tables.categories);
  const components = await store.read.select().from(tables.components);
  const spacing = (asked.days * 86_400_000) / asked.count;
  const made: string[] = [];
  await store.transaction(async ({ db, touch }) => {
    for (let from = 0; from < asked.count; from += 100) {
      const rows = Array.from({ length: Math.min(100, asked.count - from) }, (_, at) => make(from + at));
      await db.insert(tables.incidents).values(rows.map((row) => row.incident));
      await db.insert(tables.incidentUpdates).values(rows.flatMap((row) => row.updates));
      await db.insert(tables.incidentUpdateTexts).values(rows.flatMap((row) => row.texts));
      const stated = rows.flatMap((row) => row.components);
      if (stated.length > 0) await db.insert(tables.incidentUpdateComponents).values(stated);
      made.push(...rows.map(({ incident }) => incident.id));
    }
    touch(...(asked.count > 100 ? ['all' as const] : made.map((id) => `incident:${id}` as const)));
  });
  return made;

  function make(n: number) {
    const id = newId();
    const isWork = asked.kind === 'maintenance';
    const startedAt = new Date(asked.now.getTime() - 86_400_000 - n * spacing);
    const category = categories[n % categories.length];
    const own = components.filter(({ categoryId }) => categoryId === category?.id);
    const component = own[n % Math.max(1, own.length)];
    const updates = Array.from({ length: asked.updates }, (_, at) => {
      const displayAt = new Date(startedAt.getTime() + at * 10 * 60_000);
      const [going, over] = isWork
        ? (['in_progress', 'completed'] as const)
        : (['investigating', 'resolved'] as const);
      const phase = at === asked.updates - 1 ? over : going;
      const times = { displayAt, publishedAt: displayAt, createdAt: displayAt };
      return { id: newId(), incidentId: id, phase, isFreeText: false, ...times };
    });
    const endedAt = updates.at(-1)?.displayAt ?? startedAt;
    const texts = updates.map((update) =>
      textRow(update, `Requests fail in area ${n}`, 'Some requests fail.'),
    );
    const stated = updates.flatMap((update) =>
      component
        ? [{ updateId: update.id, componentId: component.id, status: 'partial_outage' as const }]
        : [],
    );
    const incident = {
      id,
      kind: asked.kind ?? ('incident' as const),
      categoryId: category?.id ?? '',
      impact: 'minor' as const,
      priority: 'P3' as const,
      isReviewed: true,
      isRestricted: false,
      startedAt,
      phase: isWork ? ('completed' as const) : ('resolved' as const),
      ...(isWork ? { scheduledFor: startedAt, scheduledUntil: endedAt } : {}),
      resolvedAt: endedAt,
      openUntil: endedAt,
      createdAt: startedAt,
      updatedAt: endedAt,
      publishedAt: startedAt,
      number: null,
    };
    return { incident, updates, texts, components: stated };
  }
}
