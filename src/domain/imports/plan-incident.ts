import { createHash } from 'node:crypto';
import type { Impact, IncidentKind } from '../../../db/words.ts';
import { newestFirst } from '../incidents/phase.ts';
import { isJsonObject, isSameJson, type JsonObject, writeJson } from './lossless-json.ts';
import { type PlannedUpdate, planUpdates } from './plan-updates.ts';
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
  const updates = planUpdates(incident, original, now);
  const row = planRow(incident, updates, now);
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
    ...affected(incident, original),
  };
}

function planRow(incident: SourceIncident, updates: readonly PlannedUpdate[], now: Date) {
  const at = (time: string | null | undefined): Date | null => (time ? new Date(time) : null);
  const createdAt = new Date(incident.created_at);
  const startedAt = at(incident.started_at) ?? createdAt;
  const isPlanned = isMaintenance(incident);
  const scheduledFor = isPlanned ? (at(incident.scheduled_for) ?? startedAt) : null;
  const updatedAt = at(incident.updated_at) ?? updates.at(-1)?.writtenAt ?? createdAt;
  return {
    id: incident.id,
    kind: isPlanned ? ('maintenance' as const) : ('incident' as const),
    impact: incident.impact,
    // With us a maintenance starts when its work does; Statuspage means the announcement.
    startedAt: scheduledFor ?? startedAt,
    scheduledFor,
    scheduledUntil: isPlanned ? at(incident.scheduled_until) : null,
    createdAt,
    updatedAt: updatedAt < now ? updatedAt : now,
  };
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
