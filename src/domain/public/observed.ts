import { and, eq, gt, isNull, lt, min } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { publicIncidents, publicUpdates } from '../core/visibility.ts';

/** How long something must have been observed before a figure says anything, in milliseconds. */
const leastObserved = 86_400_000;

/**
 * Since when a component is observed: the earlier of its creation and the start of the first public incident that names
 * it. Of one older than the window only its creation counts: it was observed for all of it anyway.
 */
export function observedSince(
  { id, createdAt }: { id: string; createdAt: Date },
  { window, firstNamed }: { window: { from: number }; firstNamed: ReadonlyMap<string, Date> },
): Date {
  const named = createdAt.getTime() > window.from ? firstNamed.get(id) : undefined;
  return named && named < createdAt ? named : createdAt;
}

/** The part of the window that was observed. */
export const observedPart = (
  window: { from: number; until: number },
  since: Date,
): { from: number; until: number } => ({ ...window, from: Math.max(window.from, since.getTime()) });

/** Whether it was observed for a day, before which there is no figure. */
export const isLongObserved = (since: Date, until: number): boolean =>
  until - since.getTime() >= leastObserved;

/** When the first of these gets a figure that has none yet, which changes a page by time alone. */
export const nextFigure = (lines: readonly { observedSince: Date }[], now: Date): Date[] =>
  lines
    .map((line) => new Date(line.observedSince.getTime() + leastObserved))
    .filter((at) => at > now)
    .sort((a, b) => a.getTime() - b.getTime())
    .slice(0, 1);

/**
 * The start of the first public incident that names a component, of incidents that ended before `from` and components
 * created after it alone.
 */
export async function firstNamedBefore({ store, now }: Context, from: Date): Promise<Map<string, Date>> {
  const { tables, read } = store;
  const { components, incidents, incidentUpdates, incidentUpdateComponents } = tables;
  const rows = await read
    .select({ componentId: components.id, at: min(incidents.startedAt) })
    .from(components)
    // Crossed, so that SQLite begins with the few components and not with all that was ever said.
    .crossJoin(incidentUpdateComponents)
    .innerJoin(incidentUpdates, eq(incidentUpdates.id, incidentUpdateComponents.updateId))
    .innerJoin(incidents, eq(incidents.id, incidentUpdates.incidentId))
    .where(
      and(
        eq(incidentUpdateComponents.componentId, components.id),
        gt(components.createdAt, from),
        isNull(components.archivedAt),
        lt(incidents.openUntil, from),
        publicIncidents(tables, now),
        publicUpdates(tables, now),
      ),
    )
    .groupBy(components.id);
  return new Map(rows.flatMap(({ componentId, at }) => (at ? [[componentId, at]] : [])));
}
