import type { ComponentStatus } from '../../../db/words.ts';
import { addDays, dayOf, startOfDay } from '../core/calendar.ts';
import type { Context } from '../core/context.ts';
import { worstStatus } from '../incidents/component-status.ts';
import { flatten, type Stretch } from './availability.ts';
import { nameIn, readPast } from './kept-past.ts';
import type { PublicIncident } from './public-incident.ts';
import { tellOf } from './told.ts';

export const dayCount = 90;

/** One day on which something happened; `day` counts from 0, the oldest. */
export interface DayMark {
  day: number;
  status: ComponentStatus;
  minutes: number;
}

/** What happened in the last ninety days of the page's zone, today included. */
export interface NinetyDays {
  window: { from: number; until: number };
  /** Stretches per component id; a category that has none to name stands under its own id. */
  stretches: ReadonlyMap<string, readonly Stretch[]>;
  /** The ids of the incidents that count for a component, and for their category whatever they name. */
  incidents: ReadonlyMap<string, readonly string[]>;
  /** The start of the first public incident of all that names a component. */
  firstNamed: ReadonlyMap<string, Date>;
}

/** Of what is open, which `current` holds, among others perhaps; what ended is read only when it changed (`kept-past.ts`). */
export async function readNinetyDays(
  context: Context,
  zone: string,
  current: readonly PublicIncident[],
): Promise<NinetyDays> {
  const from = startOfDay(addDays(dayOf(context.now, zone), 1 - dayCount), zone);
  const window = { from: from.getTime(), until: context.now.getTime() };
  const past = await readPast(context, from);
  const ended = new Set(past.told.map(({ id }) => id));
  const open = current
    .filter(({ id }) => !ended.has(id))
    .map((incident) =>
      tellOf({ ...incident, categoryId: incident.category.id }, incident.updates, context.now),
    );

  const stretches = new Map(past.stretches);
  const firstNamed = new Map(past.firstNamed);
  const counted = new Map<string, string[]>();
  const count = (key: string, id: string): void => {
    const ids = counted.get(key);
    if (ids) ids.push(id);
    else counted.set(key, [id]);
  };
  for (const told of open) {
    nameIn(firstNamed, told);
    for (const [key, said] of told.stretches) stretches.set(key, [...(stretches.get(key) ?? []), ...said]);
  }
  for (const told of [...past.told, ...open]) {
    if (told.kind !== 'incident' || told.troubledUntil === null || told.troubledUntil <= window.from)
      continue;
    // One that names no component was trouble of its category all the same.
    count(told.categoryId, told.id);
    for (const [key, said] of told.stretches)
      if (key !== told.categoryId && (said.at(-1)?.until ?? 0) > window.from) count(key, told.id);
  }
  return { window, stretches, incidents: counted, firstNamed };
}

/** The days that get a mark: the worst status of each, and the minutes of that status. */
export function dayMarks(history: NinetyDays, keys: readonly string[], zone: string): DayMark[] {
  const flat = flatten(
    keys.flatMap((key) => history.stretches.get(key) ?? []),
    history.window,
  );
  if (flat.length === 0) return [];
  const edges = dayEdges(dayOf(new Date(history.window.from), zone), zone);
  const marks: DayMark[] = [];
  let first = 0;
  for (let day = 0; day < dayCount; day += 1) {
    const [from = 0, until = 0] = edges.slice(day, day + 2);
    // They follow each other, so that a day begins where the day before ended.
    while ((flat[first]?.until ?? Infinity) <= from) first += 1;
    let next = first;
    while ((flat[next]?.from ?? Infinity) < until) next += 1;
    const inDay = flat.slice(first, next);
    if (inDay.length === 0) continue;
    const status = worstStatus(inDay.map((stretch) => stretch.status));
    // Minutes of an outage and of maintenance are not alike: only those of the state that is named.
    const lasted = inDay.filter((stretch) => stretch.status === status);
    const sum = lasted.reduce((ms, s) => ms + Math.min(s.until, until) - Math.max(s.from, from), 0);
    marks.push({ day, status, minutes: Math.max(1, Math.round(sum / 60_000)) });
  }
  return marks;
}

/** How many of the ninety days ended before something was observed. */
export function unseenDays({ window }: Pick<NinetyDays, 'window'>, since: Date, zone: string): number {
  const edges = dayEdges(dayOf(new Date(window.from), zone), zone);
  return edges.slice(1).filter((end) => end <= since.getTime()).length;
}

let known: { first: string; zone: string; edges: number[] } | null = null;

/** When each of the ninety days begins, and the last ends. Kept: a page asks for the same days once per component. */
function dayEdges(first: string, zone: string): readonly number[] {
  if (known?.first !== first || known.zone !== zone) {
    const edges = Array.from({ length: dayCount + 1 }, (_, day) =>
      startOfDay(addDays(first, day), zone).getTime(),
    );
    known = { first, zone, edges };
  }
  return known.edges;
}
