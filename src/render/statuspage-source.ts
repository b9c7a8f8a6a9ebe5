/** Pure: an imported incident as its source wrote it, field by field. Turn the result into text with `writeJson`. */
import type { Phase, TextFormat } from '../../db/words.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/imports/lossless-json.ts';
import {
  componentKeys,
  heldIncident,
  heldUpdate,
  incidentKeys,
  type Remainder,
  restore,
  updateKeys,
} from '../domain/imports/source-fields.ts';
import { newestFirst } from '../domain/incidents/phase.ts';

type Source = Record<string, unknown> | null;

export interface ImportedRows {
  incident: { id: string; createdAt: Date; source: Source };
  /** In any order; those without a source are our own and left out. */
  updates: readonly {
    id: string;
    incidentId: string;
    phase: Phase;
    createdAt: Date;
    displayAt: Date;
    source: Source;
  }[];
  /** All revisions; corrections of our desk are left out. */
  texts: readonly { updateId: string; revision: number; format: TextFormat; title: string; body: string }[];
}

/** The incident object of the source, from the rows that the import wrote. */
function rebuildIncident({ incident, updates, texts }: ImportedRows): JsonObject {
  const words = new Map<string, ImportedRows['texts'][number]>();
  for (const text of texts) {
    const known = words.get(text.updateId);
    if (text.format === 'html' && (!known || known.revision < text.revision)) words.set(text.updateId, text);
  }
  const imported = updates.filter((update) => update.source !== null).sort(newestFirst);
  const rebuilt = new Map(
    imported.map((update) => {
      const held = heldUpdate(update, words.get(update.id)?.body ?? '');
      return [update.id, restore(updateKeys, held, remainderIn(update.source))];
    }),
  );
  const stored = remainderIn(incident.source);
  const order = stored.updates ?? [...rebuilt.keys()];
  const held: JsonObject = {
    ...heldIncident(incident, words.get(imported[0]?.id ?? '')?.title ?? ''),
    incident_updates: order.flatMap((id) => rebuilt.get(id) ?? []),
  };
  return restore(incidentKeys, held, stored);
}

/** The `{page, incident}` document, with the page as it was when this incident was last imported. */
export const rebuildDocument = (rows: ImportedRows): JsonObject => ({
  page: pageIn(rows.incident.source),
  incident: rebuildIncident(rows),
});

/** The component object of the source; of one that only incidents named, what they said of it. */
export const rebuildComponent = (row: { id: string; source: Source }): JsonObject =>
  restore(componentKeys, { id: row.id }, remainderIn(row.source));

const pageIn = (source: Source): Json => (isJsonObject(source?.page) ? source.page : null);

function remainderIn(source: Source): Remainder & { updates?: string[] } {
  const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : undefined);
  return {
    fields: isJsonObject(source?.fields) ? source.fields : {},
    keys: list(source?.keys),
    updates: list(source?.updates),
  };
}
