/**
 * What an imported object said beyond our columns. Only columns that no verb of the desk changes stand for a field of
 * the source; everything else is kept as it came. Stored sources are relative to the lists and the `held…` functions
 * below, so these never change.
 */
import type { Phase } from '../../../db/words.ts';
import { isSameJson, type JsonObject } from './lossless-json.ts';

/** The order of keys that Statuspage writes; a source with another one keeps its own. */
export const incidentKeys: readonly string[] = [
  'id',
  'name',
  'status',
  'created_at',
  'updated_at',
  'monitoring_at',
  'resolved_at',
  'impact',
  'shortlink',
  'started_at',
  'page_id',
  'incident_updates',
  'components',
  'reminder_intervals',
  'scheduled_for',
  'scheduled_until',
];
export const updateKeys: readonly string[] = [
  'id',
  'status',
  'body',
  'incident_id',
  'created_at',
  'updated_at',
  'display_at',
  'affected_components',
  'deliver_notifications',
  'custom_tweet',
  'tweet_id',
];
/** Of a component only the id is a column that nobody changes. */
export const componentKeys: readonly string[] = ['id'];

export const heldIncident = (row: { id: string; createdAt: Date }, name: string): JsonObject => ({
  id: row.id,
  name,
  created_at: row.createdAt.toISOString(),
});

export const heldUpdate = (
  row: { id: string; incidentId: string; phase: Phase; createdAt: Date; displayAt: Date },
  body: string,
): JsonObject => ({
  id: row.id,
  status: row.phase,
  body,
  incident_id: row.incidentId,
  created_at: row.createdAt.toISOString(),
  display_at: row.displayAt.toISOString(),
});

/** The part of a source that the columns do not give back. */
export interface Remainder {
  fields: JsonObject;
  /** All keys in their order, where `restore` would not find it by itself. */
  keys?: string[];
}

export function remainder(order: readonly string[], held: JsonObject, original: JsonObject): Remainder {
  const fields = Object.fromEntries(
    Object.entries(original).filter(([key, value]) => !isSameJson(value, held[key])),
  );
  const keys = Object.keys(original);
  return isSameJson(keys, usualKeys(order, held, fields)) ? { fields } : { fields, keys };
}

/** The inverse of `remainder`. */
export function restore(order: readonly string[], held: JsonObject, { fields, keys }: Remainder): JsonObject {
  const all = keys ?? usualKeys(order, held, fields);
  return Object.fromEntries(
    all.map((key) => [key, (Object.hasOwn(fields, key) ? fields[key] : held[key]) ?? null]),
  );
}

function usualKeys(order: readonly string[], held: JsonObject, fields: JsonObject): string[] {
  const present = new Set([...Object.keys(held), ...Object.keys(fields)]);
  const known = order.filter((key) => present.delete(key));
  return [...known, ...present];
}
