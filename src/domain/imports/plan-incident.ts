import { createHash } from 'node:crypto';
import type { Impact, IncidentKind, Phase } from '../../../db/words.ts';
import { endOfTrouble } from '../incidents/derive-incident.ts';
import { isFinal, isRunningMaintenance, newestFirst } from '../incidents/phase.ts';
import { isJsonObject, isSameJson, type JsonObject, writeJson } from './lossless-json.ts';
import { earliest, type PlannedUpdate, phaseOf, planUpdates, resolvedAt } from './plan-updates.ts';
import type { SourceItem } from './read-statuspage.ts';
import { heldIncident, incidentKeys, type Remainder, remainder } from './source-fields.ts';
import {
  cleanLine,
  incidentSchema,
  isMaintenance,
  type SourceComponent,
  type SourceIncident,
  sentence,
} from './statuspage-schema.ts';
import { straightened } from './straightened.ts';

/** An incident as it will be stored, still without its category. */
export interface PlannedIncident {
  item: SourceItem;
  row: {
    id: string;
    kind: IncidentKind;
    impact: Impact;
    startedAt: Date;
    scheduledFor: Date | null;
    scheduledUntil: Date | null;
    createdAt: Date;
    updatedAt: Date;
    importedFrom: string;
    source: Record<string, unknown> & Remainder & { page: JsonObject; digest: string; updates?: string[] };
  };
  /** Oldest first. */
  updates: PlannedUpdate[];
  /** What the source calls each affected component, in the order in which they were first affected. */
  componentNames: Map<string, string>;
  /** The full objects of affected components, where the source gives them. */
  components: Map<string, { value: SourceComponent; original: JsonObject }>;
  /** What contradicted itself and was straightened, a sentence each. */
  straightened: string[];
}

/** Reads one incident completely before anything of it is written; a sentence when it cannot be taken. */
export function planIncident(item: SourceItem, now: Date): PlannedIncident | string {
  if (!isJsonObject(item.value)) return 'This is not an object.';
  const parsed = incidentSchema.safeParse(item.value);
  if (!parsed.success) return sentence(parsed.error);
  const incident = parsed.data;
  const original = item.value;
  let text: string;
  try {
    text = writeJson(original);
  } catch (error) {
    return `${error instanceof RangeError ? error.message : String(error)}.`;
  }
  const told: string[] = [];
  const updates = planUpdates(incident, original, now, told);
  const refusal = unsaidEnd(incident, updates);
  if (refusal) return refusal;
  const row = planRow(incident, updates, now, told);
  told.push(...otherContradictions(incident, updates, now));
  const held = {
    ...heldIncident(row, cleanLine(incident.name)),
    incident_updates: original.incident_updates ?? [],
  };
  const listed = incident.incident_updates.map((update) => update.id);
  const usual = updates.map((update) => update.row).sort(newestFirst);
  const isUsualOrder = isSameJson(
    listed,
    usual.map((update) => update.id),
  );
  const source = {
    page: item.pageSource,
    digest: createHash('sha256').update(text).digest('hex').slice(0, 32),
    ...remainder(incidentKeys, held, original),
    ...(isUsualOrder ? {} : { updates: listed }),
  };
  return {
    item,
    row: { ...row, importedFrom: item.page.url, source },
    updates,
    straightened: told,
    ...affected(incident, original),
  };
}

function planRow(
  incident: SourceIncident,
  updates: readonly PlannedUpdate[],
  now: Date,
  told: string[],
): Omit<PlannedIncident['row'], 'importedFrom' | 'source'> {
  const isPlanned = isMaintenance(incident);
  const kind = isPlanned ? 'maintenance' : 'incident';
  const impact = fittingImpact(incident.impact, kind);
  if (impact !== incident.impact) told.push(straightened.impact(incident.impact, impact));
  const createdAt = new Date(incident.created_at);
  const updatedAt = incident.updated_at ? new Date(incident.updated_at) : updates.at(-1)?.writtenAt;
  return {
    id: incident.id,
    kind,
    impact,
    ...plannedTimes(incident, { isPlanned, updates: updates.map(({ row }) => row) }, told),
    createdAt: earliest(createdAt, now),
    updatedAt: earliest(updatedAt ?? createdAt, now),
  };
}

/** Old pages call planned work "none"; only "maintenance" of what is none would paint it as something else. */
export const fittingImpact = (impact: Impact, kind: IncidentKind): Impact =>
  kind === 'incident' && impact === 'maintenance' ? 'minor' : impact;

type GivenTimes = Pick<SourceIncident, 'created_at' | 'started_at' | 'scheduled_for' | 'scheduled_until'>;

/**
 * When it started and was planned, from what its source gives and the updates it gives with it: an incident started with
 * its first update at the latest, planned work when its window opens, unless it was over before. Pure; sentences on what
 * was straightened are added to `told`.
 */
export function plannedTimes(
  given: GivenTimes,
  from: { isPlanned: boolean; updates: readonly { id: string; phase: Phase; displayAt: Date }[] },
  told: string[] = [],
): { startedAt: Date; scheduledFor: Date | null; scheduledUntil: Date | null } {
  const { isPlanned, updates } = from;
  const begun = new Date(given.started_at ?? given.created_at);
  const start = earliest(begun, ...updates.map(({ displayAt }) => displayAt));
  if (!isPlanned) {
    if (given.started_at && start < begun) told.push(straightened.start(begun, start));
    return { startedAt: start, scheduledFor: null, scheduledUntil: null };
  }
  const scheduledFor = given.scheduled_for ? new Date(given.scheduled_for) : start;
  if (!given.scheduled_for) told.push(straightened.noPlannedStart(scheduledFor));
  const until = given.scheduled_until ? new Date(given.scheduled_until) : null;
  const isWindow = until !== null && until > scheduledFor;
  if (until && !isWindow) told.push(straightened.window(until));
  const times = { scheduledFor, scheduledUntil: isWindow ? until : null };
  // With us a maintenance starts when its work does; Statuspage means the announcement.
  const end = endOfTrouble(updates.toSorted(newestFirst));
  if (!end || end >= scheduledFor) return { startedAt: scheduledFor, ...times };
  const running = updates.filter(({ phase }) => isRunningMaintenance(phase));
  const startedAt = earliest(end, ...running.map(({ displayAt }) => displayAt));
  told.push(straightened.endBeforeWindow(startedAt));
  return { startedAt, ...times };
}

/** An end that no update tells cannot be shown, and shown as open it would be false. */
function unsaidEnd(incident: SourceIncident, updates: readonly PlannedUpdate[]): string | null {
  if (!isFinal(phaseOf(incident.status, isMaintenance(incident)))) return null;
  if (updates.some(({ row }) => isFinal(row.phase))) return null;
  return `“status” is ${incident.status}, but no update says so.`;
}

/** Half a minute: sources round. */
const toleranceMs = 30_000;

function otherContradictions(
  incident: SourceIncident,
  updates: readonly PlannedUpdate[],
  now: Date,
): string[] {
  const told: string[] = [];
  const ordered = updates.map(({ row }) => row).sort(newestFirst);
  const newest = ordered[0]?.phase ?? null;
  if (newest && newest !== phaseOf(incident.status, isMaintenance(incident)))
    told.push(straightened.status(incident.status, newest));
  const end = endOfTrouble(ordered);
  const given = resolvedAt(incident);
  const ends = ordered.filter(({ phase }) => isFinal(phase));
  const isOther = ({ displayAt }: { displayAt: Date }): boolean =>
    given !== null && Math.abs(displayAt.getTime() - given.getTime()) > toleranceMs;
  if (end && given && given <= now && ends.every(isOther)) told.push(straightened.end(given, end));
  for (const update of incident.incident_updates) {
    if (typeof update.incident_id === 'string' && update.incident_id !== incident.id)
      told.push(straightened.foreignUpdate(update.id));
  }
  return told;
}

function affected(
  incident: SourceIncident,
  original: JsonObject,
): Pick<PlannedIncident, 'componentNames' | 'components'> {
  const componentNames = new Map<string, string>();
  for (const update of [...incident.incident_updates].reverse()) {
    for (const { code, name } of update.affected_components ?? []) {
      if (code && !componentNames.has(code)) componentNames.set(code, name ?? '');
    }
  }
  const objects = Array.isArray(original.components) ? original.components : [];
  const components: PlannedIncident['components'] = new Map();
  for (const [at, value] of (incident.components ?? []).entries()) {
    const object = objects[at];
    if (isJsonObject(object)) components.set(value.id, { value, original: object });
  }
  return { componentNames, components };
}
