import { and, eq, type SQL } from 'drizzle-orm';
import type { IncidentKind, Phase } from '../../../db/words.ts';
import type { Context } from '../core/context.ts';
import { publicIncidents, publicUpdates } from '../core/visibility.ts';
import { statusOfImpact } from '../incidents/component-status.ts';
import { isFinal, newestFirst } from '../incidents/phase.ts';
import {
  componentsSince,
  isTroubled,
  type Speaker,
  type Statement,
  statedBy,
} from '../incidents/statement.ts';
import type { StatedComponent } from '../incidents/updates/timeline.ts';
import type { Stretch } from './availability.ts';

/** What the public updates of one incident say of time; milliseconds UTC. */
export interface Told {
  id: string;
  kind: IncidentKind;
  categoryId: string;
  startedAt: Date;
  /** From here on it is surely over; null while it is open. */
  openUntil: Date | null;
  /** When the last of its trouble ended; null when it was never trouble. */
  troubledUntil: number | null;
  /** By component id; a category that has none to name stands under its own id. */
  stretches: Map<string, Stretch[]>;
  /** Every component that an update names, as working too. */
  named: ReadonlySet<string>;
}

interface Dated {
  id: string;
  phase: Phase;
  displayAt: Date;
  publishedAt: Date;
  components: readonly StatedComponent[];
}

interface HistoryIncident extends Speaker {
  startedAt: Date;
}

/** What the public incidents that satisfy `where` tell of time. Two queries, however many. */
export async function readTold(context: Context, where: SQL | undefined): Promise<Told[]> {
  const { tables, read } = context.store;
  const { incidents, incidentUpdates, incidentUpdateComponents } = tables;
  const since = componentsSince(context.store);
  const shown = and(publicIncidents(tables, context.now), where);
  const rows = await read
    .select({
      id: incidents.id,
      kind: incidents.kind,
      categoryId: incidents.categoryId,
      impact: incidents.impact,
      startedAt: incidents.startedAt,
      openUntil: incidents.openUntil,
      componentsSince: since.at,
      componentsUntil: since.until,
    })
    .from(incidents)
    .leftJoin(since, eq(since.categoryId, incidents.categoryId))
    .where(shown);
  // The same incidents once more, not a list of their ids: it grows with the data.
  const parts = await read
    .select({
      id: incidentUpdates.id,
      incidentId: incidentUpdates.incidentId,
      phase: incidentUpdates.phase,
      displayAt: incidentUpdates.displayAt,
      publishedAt: incidentUpdates.publishedAt,
      componentId: incidentUpdateComponents.componentId,
      status: incidentUpdateComponents.status,
      was: incidentUpdateComponents.was,
    })
    .from(incidents)
    // Crossed, so that SQLite begins with the incidents, which are few as a rule, and not with all that was ever said.
    .crossJoin(incidentUpdates)
    .leftJoin(incidentUpdateComponents, eq(incidentUpdateComponents.updateId, incidentUpdates.id))
    .where(and(eq(incidentUpdates.incidentId, incidents.id), publicUpdates(tables, context.now), shown));

  const byIncident = new Map<string, Map<string, Dated & { components: StatedComponent[] }>>(
    rows.map(({ id }) => [id, new Map()]),
  );
  for (const { incidentId, componentId, status, was, ...update } of parts) {
    const updates = byIncident.get(incidentId);
    const known = updates?.get(update.id) ?? { ...update, components: [] };
    updates?.set(update.id, known);
    if (componentId && status) known.components.push({ id: componentId, status, ...(was ? { was } : {}) });
  }
  return rows.map((incident): Told => {
    const updates = [...(byIncident.get(incident.id)?.values() ?? [])];
    return { openUntil: incident.openUntil, ...tellOf(incident, updates, context.now) };
  });
}

/** What an incident tells of time with these updates, in whatever order they come. */
export function tellOf(
  incident: HistoryIncident & { id: string },
  updates: readonly Dated[],
  now: Date,
): Omit<Told, 'openUntil'> {
  const { id, kind, categoryId, startedAt } = incident;
  const ends = spansOf(incident, updates, now).map(({ until }) => until);
  return {
    id,
    kind,
    categoryId,
    startedAt,
    troubledUntil: ends.length > 0 ? Math.max(...ends) : null,
    stretches: joined(stretchesOf(incident, updates, now)),
    named: new Set(updates.flatMap(({ components }) => components.map((each) => each.id))),
  };
}

/** By key; what goes on in the same status is one stretch. */
function joined(stretches: readonly (Stretch & Pick<Statement, 'key'>)[]): Map<string, Stretch[]> {
  const byKey = new Map<string, Stretch[]>();
  for (const { key, ...stretch } of stretches) {
    const list = byKey.get(key) ?? [];
    const last = list.at(-1);
    if (last && last.until === stretch.from && last.status === stretch.status) last.until = stretch.until;
    else byKey.set(key, [...list, stretch]);
  }
  return byKey;
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

/** What was so until an update whose first word is that it is over. */
const untilOver = (incident: HistoryIncident, update: Dated): Dated => ({
  ...update,
  phase: 'identified',
  components: update.components.map(({ id, was }) => ({
    id,
    status: was ?? statusOfImpact[incident.impact],
  })),
});
