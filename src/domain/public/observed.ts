import { and, eq, gt, isNull, min } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { publicIncidents, publicUpdates } from '../visibility.ts';

/** How long something must have been observed before a figure says anything, in milliseconds. */
const leastObserved = 86_400_000;

/** Since when a component is observed: the earlier of its creation and the start of the first public incident that names it (design §9.6). */
export const observedSince = (createdAt: Date, firstNamed: Date | null): Date =>
  firstNamed !== null && firstNamed < createdAt ? firstNamed : createdAt;

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

/** For a left join: the start of the first public incident that names a component, of those created after `from` alone. */
export const firstNamed = ({ store: { tables, read }, now }: Context, from: Date) => {
  const { components, incidents, incidentUpdates, incidentUpdateComponents } = tables;
  return (
    read
      .select({ componentId: components.id, at: min(incidents.startedAt).as('first_start') })
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
          publicIncidents(tables, now),
          publicUpdates(tables, now),
        ),
      )
      .groupBy(components.id)
      .as('first_named')
  );
};
