/** Which incidents without a problem come so often that they should have one: 3 of a place in 30 days. */
import { series } from './repeats.ts';

export interface Unlinked {
  id: string;
  categoryId: string;
  componentIds: readonly string[];
  isRestricted: boolean;
  startedAt: Date;
}

export interface Proposed {
  categoryId: string;
  /** The component that all of them name; null when they share the category alone. */
  componentId: string | null;
  /** Newest first. */
  incidents: string[];
}

const dayMs = 24 * 60 * 60_000;

/**
 * Series of the last 30 days before `now` among incidents that belong to no problem, the largest first. A component that
 * enough of them name comes before their category, and an incident is proposed once. A restricted incident never stands
 * beside a public one.
 */
export function proposalsOf(incidents: readonly Unlinked[], now: Date): Proposed[] {
  const since = now.getTime() - series.days * dayMs;
  const recent = incidents
    .filter(({ startedAt }) => startedAt.getTime() >= since && startedAt <= now)
    .toSorted((a, b) => b.startedAt.getTime() - a.startedAt.getTime() || (a.id < b.id ? 1 : -1));
  const taken = new Set<string>();
  const ofComponents = take(recent, taken, ({ categoryId, isRestricted, componentIds }) =>
    componentIds.map((componentId) => ({ categoryId, isRestricted, componentId })),
  );
  const ofCategories = take(recent, taken, ({ categoryId, isRestricted }) => [
    { categoryId, isRestricted, componentId: null },
  ]);
  return [...ofComponents, ...ofCategories];
}

type Place = { categoryId: string; isRestricted: boolean; componentId: string | null };

function take(
  recent: readonly Unlinked[],
  taken: Set<string>,
  placesOf: (incident: Unlinked) => Place[],
): Proposed[] {
  const places = new Map<string, { place: Place; ids: string[] }>();
  for (const incident of recent) {
    for (const place of placesOf(incident)) {
      const key = `${place.categoryId} ${place.isRestricted} ${place.componentId ?? ''}`;
      const found = places.get(key) ?? { place, ids: [] };
      found.ids.push(incident.id);
      places.set(key, found);
    }
  }
  const bySize = [...places.entries()].sort(
    ([a, one], [b, other]) => other.ids.length - one.ids.length || (a < b ? -1 : 1),
  );
  return bySize.flatMap(([, { place, ids }]) => {
    const left = ids.filter((id) => !taken.has(id));
    if (left.length < series.incidents) return [];
    for (const id of left) taken.add(id);
    return [{ categoryId: place.categoryId, componentId: place.componentId, incidents: left }];
  });
}
