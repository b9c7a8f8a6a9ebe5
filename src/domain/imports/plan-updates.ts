import type { ComponentStatus, Phase } from '../../../db/words.ts';
import { newestFirst } from '../incidents/phase.ts';
import { isJsonObject, type JsonObject } from './lossless-json.ts';
import { heldUpdate, type Remainder, remainder, updateKeys } from './source-fields.ts';
import { clean, cleanLine, isMaintenance, type SourceIncident } from './statuspage-schema.ts';

/** An update as it will be stored. */
export interface PlannedUpdate {
  row: {
    id: string;
    incidentId: string;
    phase: Phase;
    displayAt: Date;
    publishedAt: Date;
    createdAt: Date;
    source: Record<string, unknown> & Remainder;
  };
  text: { title: string; body: string };
  /** When its source wrote it last. */
  writtenAt: Date;
  components: Map<string, ComponentStatus>;
}

/** The updates of an incident, oldest first. */
export function planUpdates(incident: SourceIncident, original: JsonObject, now: Date): PlannedUpdate[] {
  const originals = Array.isArray(original.incident_updates) ? original.incident_updates : [];
  const title = cleanLine(incident.name);
  const planned: PlannedUpdate[] = [];
  let olderShownAt: number | null = null;
  for (const [at, update] of [...incident.incident_updates.entries()].reverse()) {
    const createdAt = new Date(update.created_at);
    const shownAt = new Date(update.display_at ?? update.created_at);
    const body = clean(update.body);
    const row = {
      id: update.id,
      incidentId: incident.id,
      phase: phaseOf(update.status, isMaintenance(incident)),
      displayAt:
        shownAt.getTime() === olderShownAt ? afterTie(update.id, shownAt, planned.at(-1)?.row) : shownAt,
      publishedAt: earliest(createdAt, shownAt, now),
      createdAt,
    };
    olderShownAt = shownAt.getTime();
    const source = originals[at];
    planned.push({
      row: {
        ...row,
        source: { ...remainder(updateKeys, heldUpdate(row, body), isJsonObject(source) ? source : {}) },
      },
      text: { title, body },
      writtenAt: earliest(new Date(update.updated_at ?? update.created_at), now),
      components: new Map(
        (update.affected_components ?? []).flatMap(({ code, new_status }) =>
          code && new_status ? [[code, new_status]] : [],
        ),
      ),
    });
  }
  return planned;
}

/** The source lists equal times in its order; ours is by id then, so the later update moves by a millisecond. */
function afterTie(id: string, displayAt: Date, older: { id: string; displayAt: Date } | undefined): Date {
  if (!older || newestFirst({ id, displayAt }, older) < 0) return displayAt;
  return new Date(older.displayAt.getTime() + 1);
}

function phaseOf(status: SourceIncident['status'], isPlanned: boolean): Phase {
  if (status !== 'postmortem') return status;
  return isPlanned ? 'completed' : 'resolved';
}

const earliest = (...times: Date[]): Date => new Date(Math.min(...times.map((time) => time.getTime())));
