import type { RefusalKey } from '../../i18n/refusals.ts';
import { invalid } from './errors.ts';

interface Placed {
  id: string;
  position: number;
}

/**
 * The entries that move when `level`, as the actor sees it, takes the order of `ids`. They trade the positions they hold, so that
 * archived and restricted entries between them stay where they are.
 */
export function reorder<T extends Placed>(
  level: readonly T[],
  ids: readonly string[],
  unknown: RefusalKey,
): { entry: T; position: number }[] {
  const known = new Set(level.map((entry) => entry.id));
  const stranger = ids.findIndex((id) => !known.has(id));
  if (stranger >= 0) throw invalid(`ids.${stranger}`, unknown);
  if (ids.length !== level.length || new Set(ids).size !== ids.length)
    throw invalid('ids', 'incomplete_order');
  const places = level.map((entry) => entry.position).sort((a, b) => a - b);
  let last = Number.NEGATIVE_INFINITY;
  const distinct = places.map((place) => {
    last = Math.max(place, last + 1);
    return last;
  });
  return ids.flatMap((id, at) => {
    const entry = level.find((member) => member.id === id);
    const position = distinct[at];
    return entry && position !== undefined && position !== entry.position ? [{ entry, position }] : [];
  });
}
