import type { ComponentStatus, Phase } from '../../../db/words.ts';
import { isFinal, newestFirst } from '../incidents/phase.ts';
import { isJsonObject, type JsonObject } from './lossless-json.ts';
import { heldUpdate, type Remainder, remainder, updateKeys } from './source-fields.ts';
import { clean, cleanLine, isMaintenance, type SourceIncident } from './statuspage-schema.ts';
import { straightened } from './straightened.ts';

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

/** The updates of an incident, oldest first; what was straightened of them is added to `told`. */
export function planUpdates(
  incident: SourceIncident,
  original: JsonObject,
  now: Date,
  told: string[],
): PlannedUpdate[] {
  const originals = Array.isArray(original.incident_updates) ? original.incident_updates : [];
  const title = cleanLine(incident.name);
  const shown = shownTimes(incident, now, told);
  const planned: PlannedUpdate[] = [];
  let olderShownAt: number | null = null;
  for (const [at, update] of [...incident.incident_updates.entries()].reverse()) {
    const createdAt = earliest(new Date(update.created_at), now);
    const shownAt = shown[at] ?? createdAt;
    const body = clean(update.body);
    const row = {
      id: update.id,
      incidentId: incident.id,
      phase: phaseOf(update.status, isMaintenance(incident)),
      displayAt:
        shownAt.getTime() === olderShownAt ? afterTie(update.id, shownAt, planned.at(-1)?.row) : shownAt,
      publishedAt: earliest(createdAt, shownAt),
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

/** When each update is shown, in the order of the source: never in the future, and the end of what is over never before its last word. */
function shownTimes(incident: SourceIncident, now: Date, told: string[]): Date[] {
  const { incident_updates: updates, status } = incident;
  const isPlanned = isMaintenance(incident);
  const given = updates.map((update) => new Date(update.display_at ?? update.created_at));
  const times = given.map((time) => earliest(time, now));
  const early = given.filter((time) => time > now).length;
  if (early > 0) told.push(straightened.future(early));
  const newest = newestOf(times);
  const phaseAt = (at: number): Phase => phaseOf(updates[at]?.status ?? status, isPlanned);
  if (!isFinal(phaseOf(status, isPlanned)) || isFinal(phaseAt(newest))) return times;
  const end = newestOf(times.map((time, at) => (isFinal(phaseAt(at)) ? time : null)));
  if (end < 0) return times;
  told.push(straightened.endBeforeLastWord);
  const afterAll = (times[newest] ?? now).getTime() + 1;
  const said = resolvedAt(incident)?.getTime() ?? 0;
  times[end] = new Date(said <= now.getTime() ? Math.max(said, afterAll) : afterAll);
  return times;
}

/** The end that the source gives apart from its updates; null where it gives none. */
export function resolvedAt({ resolved_at }: SourceIncident): Date | null {
  const at = typeof resolved_at === 'string' ? new Date(resolved_at) : null;
  return at === null || Number.isNaN(at.getTime()) ? null : at;
}

/** Where the newest time stands; of equal ones the first, which the source lists as the newest. -1 without any. */
const newestOf = (times: readonly (Date | null)[]): number =>
  times.reduce<number>((newest, time, at) => {
    const best = newest < 0 ? null : times[newest];
    return time !== null && (!best || time > best) ? at : newest;
  }, -1);

/** The source lists equal times in its order; ours is by id then, so the later update moves by a millisecond. */
function afterTie(id: string, displayAt: Date, older: { id: string; displayAt: Date } | undefined): Date {
  if (!older || newestFirst({ id, displayAt }, older) < 0) return displayAt;
  return new Date(older.displayAt.getTime() + 1);
}

export function phaseOf(status: SourceIncident['status'], isPlanned: boolean): Phase {
  if (status !== 'postmortem') return status;
  return isPlanned ? 'completed' : 'resolved';
}

export const earliest = (...times: Date[]): Date =>
  new Date(Math.min(...times.map((time) => time.getTime())));
