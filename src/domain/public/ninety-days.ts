import { and, eq, gte, isNull, or } from 'drizzle-orm';
import type { ComponentStatus, IncidentKind, Phase } from '../../../db/words.ts';
import { addDays, dayOf, startOfDay } from '../../i18n/time.ts';
import type { Context } from '../context.ts';
import { isFinal, newestFirst } from '../incidents/phase.ts';
import type { StatedComponent } from '../updates/timeline.ts';
import { publicIncidents, publicUpdates } from '../visibility.ts';
import { flatten, type Stretch } from './availability.ts';
import { statusOfImpact, worstStatus } from './component-status.ts';
import { componentsSince, isTroubled, type Speaker, type Statement, statedBy } from './stated.ts';

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
  stretches: Map<string, Stretch[]>;
  incidents: { id: string; kind: IncidentKind; categoryId: string; componentIds: Set<string> }[];
}

interface Dated {
  id: string;
  phase: Phase;
  displayAt: Date;
  publishedAt: Date;
  components: StatedComponent[];
}

interface HistoryIncident extends Speaker {
  id: string;
  startedAt: Date;
}

/** Three queries, whatever happened. */
export async function readNinetyDays(context: Context, zone: string): Promise<NinetyDays> {
  const { tables, read } = context.store;
  const { incidents, incidentUpdates, incidentUpdateComponents } = tables;
  const from = startOfDay(addDays(dayOf(context.now, zone), 1 - dayCount), zone);
  const window = { from: from.getTime(), until: context.now.getTime() };
  const isRecent = or(isNull(incidents.openUntil), gte(incidents.openUntil, from));
  const since = componentsSince(context.store);
  const rows = await read
    .select({
      id: incidents.id,
      kind: incidents.kind,
      categoryId: incidents.categoryId,
      impact: incidents.impact,
      startedAt: incidents.startedAt,
      componentsSince: since.at,
    })
    .from(incidents)
    .leftJoin(since, eq(since.categoryId, incidents.categoryId))
    .where(and(publicIncidents(tables, context.now), isRecent));
  // The same incidents once more, not a list of their ids: it grows with the data.
  const shown = and(publicUpdates(tables, context.now), publicIncidents(tables, context.now), isRecent);
  const updates = await read
    .select({
      id: incidentUpdates.id,
      incidentId: incidentUpdates.incidentId,
      phase: incidentUpdates.phase,
      displayAt: incidentUpdates.displayAt,
      publishedAt: incidentUpdates.publishedAt,
    })
    .from(incidents)
    .innerJoin(incidentUpdates, eq(incidentUpdates.incidentId, incidents.id))
    .where(shown);
  const statuses = await read
    .select({
      updateId: incidentUpdateComponents.updateId,
      componentId: incidentUpdateComponents.componentId,
      status: incidentUpdateComponents.status,
      was: incidentUpdateComponents.was,
    })
    .from(incidents)
    .innerJoin(incidentUpdates, eq(incidentUpdates.incidentId, incidents.id))
    .innerJoin(incidentUpdateComponents, eq(incidentUpdateComponents.updateId, incidentUpdates.id))
    .where(shown);

  const byIncident = Map.groupBy(
    updates.map((update) => ({ ...update, components: [] as Dated['components'] })),
    (update) => update.incidentId,
  );
  const byId = new Map([...byIncident.values()].flat().map((update) => [update.id, update]));
  for (const { updateId, componentId, status, was } of statuses)
    byId.get(updateId)?.components.push({ id: componentId, status, ...(was ? { was } : {}) });

  const stretches = new Map<string, Stretch[]>();
  const seen: NinetyDays['incidents'] = [];
  for (const incident of rows) {
    const told = byIncident.get(incident.id) ?? [];
    const componentIds = new Set<string>();
    for (const { key, ...stretch } of stretchesOf(incident, told, context.now)) {
      if (stretch.until <= window.from) continue;
      const list = stretches.get(key);
      if (list) list.push(stretch);
      else stretches.set(key, [stretch]);
      componentIds.add(key);
    }
    // One that names no component was trouble of its category all the same.
    const spans = spansOf(incident, told, context.now);
    if (spans.some(({ until }) => until > window.from)) seen.push({ ...incident, componentIds });
  }
  return { window, stretches, incidents: seen };
}

/** How an incident spread over its components in time, as its updates tell it. */
export const stretchesOf = (
  incident: HistoryIncident,
  updates: readonly Dated[],
  now: Date,
): (Stretch & Pick<Statement, 'key'>)[] =>
  spansOf(incident, updates, now).flatMap(({ update, from, until }) =>
    statedBy(incident, update).map((stated) => ({ ...stated, from, until })),
  );

/** From when to when each update of trouble was true; milliseconds UTC, `until` exclusive. */
function spansOf(
  incident: HistoryIncident,
  updates: readonly Dated[],
  now: Date,
): { update: Dated; from: number; until: number }[] {
  const ordered = [...updates].sort(newestFirst).reverse();
  return ordered.flatMap((update, at) => {
    if (at === 0 && incident.kind === 'incident' && isFinal(update.phase)) {
      const span = { from: incident.startedAt.getTime(), until: update.displayAt.getTime() };
      return span.until > span.from ? [{ update: untilOver(incident, update), ...span }] : [];
    }
    if (!isTroubled(incident.kind, update.phase)) return [];
    const from =
      at === 0 && incident.kind === 'incident'
        ? Math.min(incident.startedAt.getTime(), update.displayAt.getTime())
        : update.displayAt.getTime();
    return [{ update, from, until: ordered[at + 1]?.displayAt.getTime() ?? now.getTime() }];
  });
}

/** What was so until an update whose first word is that it is over (design §9.4). */
const untilOver = (incident: HistoryIncident, update: Dated): Dated => ({
  ...update,
  phase: 'identified',
  components: update.components.map(({ id, was }) => ({
    id,
    status: was ?? statusOfImpact[incident.impact],
  })),
});

/** The days that get a mark: the worst status of each, and the minutes of that status. */
export function dayMarks(history: NinetyDays, keys: readonly string[], zone: string): DayMark[] {
  const flat = flatten(
    keys.flatMap((key) => history.stretches.get(key) ?? []),
    history.window,
  );
  if (flat.length === 0) return [];
  const edges = dayEdges(dayOf(new Date(history.window.from), zone), zone);
  const marks: DayMark[] = [];
  for (let day = 0; day < dayCount; day += 1) {
    const [from = 0, until = 0] = edges.slice(day, day + 2);
    const inDay = flatten(flat, { from, until });
    if (inDay.length === 0) continue;
    const status = worstStatus(inDay.map((stretch) => stretch.status));
    // Minutes of an outage and of maintenance are not alike: only those of the state that is named.
    const lasted = inDay.filter((stretch) => stretch.status === status);
    const minutes = Math.max(1, Math.round(lasted.reduce((sum, s) => sum + s.until - s.from, 0) / 60_000));
    marks.push({ day, status, minutes });
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
