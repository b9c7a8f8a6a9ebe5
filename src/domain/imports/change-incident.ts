import { desc, eq, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/store.ts';
import { derivedFrom } from '../incidents/derive-incident.ts';
import { type ImportRun, slices } from './import-run.ts';
import { importedText, insertUpdateComponents, insertUpdates } from './insert-updates.ts';
import { isJsonObject, isSameJson, type JsonObject } from './lossless-json.ts';
import type { PlannedIncident } from './plan-incident.ts';
import type { PlannedUpdate } from './plan-updates.ts';

type Source = Record<string, unknown> | null;

/**
 * Brings a stored incident to what its source says now: new updates, new revisions of texts, and no more of what the
 * source took back. What our desk added or classified stays.
 */
export async function changeIncident(
  tx: Transaction,
  run: ImportRun,
  incident: PlannedIncident,
  stored: { source: Source },
  html: ReadonlyMap<string, string>,
): Promise<void> {
  const { incidents, incidentUpdates } = tx.tables;
  const rows = await tx.db
    .select()
    .from(incidentUpdates)
    .where(eq(incidentUpdates.incidentId, incident.row.id));
  const known = new Map(rows.map((row) => [row.id, row]));
  const given = new Set(incident.updates.map(({ row }) => row.id));
  const withdrawn = rows.filter((row) => row.source !== null && !given.has(row.id)).map((row) => row.id);
  for (const ids of slices(withdrawn))
    await tx.db.delete(incidentUpdates).where(inArray(incidentUpdates.id, ids));
  run.withdrawn.push(...withdrawn);

  const texts = await latestTexts(
    tx,
    [...given].filter((id) => known.has(id)),
  );
  const added = incident.updates.filter(({ row }) => !known.has(row.id));
  const language = [...texts.values()][0]?.language ?? run.language;
  await insertUpdates(tx, run, added, html, language);
  for (const update of incident.updates) {
    const row = known.get(update.row.id);
    if (!row) continue;
    const text = texts.get(row.id);
    const isReworded =
      text !== undefined && (text.body !== update.text.body || text.title !== update.text.title);
    if (isReworded) await addRevision(tx, update, text, html.get(row.id) ?? '');
    const isMoved = !isSameRow(row, update.row);
    if (isMoved) await changeUpdate(tx, update);
    const isCorrected = isReworded && text.body !== update.text.body;
    if (isCorrected) {
      await tx.db
        .update(incidentUpdates)
        .set({ correctedAt: update.writtenAt })
        .where(eq(incidentUpdates.id, row.id));
    }
    if (isReworded || isMoved) run.result.updates += 1;
  }

  const own = rows.filter((row) => row.source === null);
  await tx.db
    .update(incidents)
    .set({
      ...changedColumns(incident, stored),
      ...derivedFrom([...own, ...incident.updates.map(({ row }) => row)]),
      source: incident.row.source,
      updatedAt: incident.row.updatedAt,
      version: sql`${incidents.version} + 1`,
    })
    .where(eq(incidents.id, incident.row.id));
}

/** Columns whose field changed at the source; the others may have been changed by our desk. */
function changedColumns({ row }: PlannedIncident, stored: { source: Source }) {
  const before: JsonObject = isJsonObject(stored.source?.fields) ? stored.source.fields : {};
  const moved = (key: string) => !isSameJson(before[key], row.source.fields[key]);
  return {
    ...(moved('impact') ? { impact: row.impact } : {}),
    ...(moved('started_at') || moved('scheduled_for') ? { startedAt: row.startedAt } : {}),
    ...(moved('scheduled_for') ? { scheduledFor: row.scheduledFor } : {}),
    ...(moved('scheduled_until') ? { scheduledUntil: row.scheduledUntil } : {}),
  };
}

function isSameRow(
  stored: { phase: string; displayAt: Date; createdAt: Date; source: Source },
  row: PlannedUpdate['row'],
): boolean {
  const source = (from: Source): JsonObject => (isJsonObject(from) ? from : {});
  return (
    stored.phase === row.phase &&
    stored.displayAt.getTime() === row.displayAt.getTime() &&
    stored.createdAt.getTime() === row.createdAt.getTime() &&
    isSameJson(source(stored.source), source(row.source))
  );
}

async function changeUpdate(tx: Transaction, update: PlannedUpdate): Promise<void> {
  const { incidentUpdates, incidentUpdateComponents } = tx.tables;
  const { id, incidentId: _incidentId, ...columns } = update.row;
  await tx.db.update(incidentUpdates).set(columns).where(eq(incidentUpdates.id, id));
  await tx.db.delete(incidentUpdateComponents).where(eq(incidentUpdateComponents.updateId, id));
  await insertUpdateComponents(tx, [update]);
}

/** The last imported wording of each update, with the number of its newest revision, which may be our desk's. */
async function latestTexts(tx: Transaction, updateIds: readonly string[]) {
  const { incidentUpdateTexts } = tx.tables;
  type Text = typeof incidentUpdateTexts.$inferSelect;
  const latest = new Map<string, Text & { newest: number }>();
  for (const ids of slices(updateIds)) {
    const rows = await tx.db
      .select()
      .from(incidentUpdateTexts)
      .where(inArray(incidentUpdateTexts.updateId, ids))
      .orderBy(desc(incidentUpdateTexts.revision));
    const newest = (of: Text) =>
      rows.find((row) => row.updateId === of.updateId && row.language === of.language);
    for (const row of rows) {
      if (row.format !== 'html' || latest.has(row.updateId)) continue;
      latest.set(row.updateId, { ...row, newest: newest(row)?.revision ?? row.revision });
    }
  }
  return latest;
}

type LatestText = Awaited<ReturnType<typeof latestTexts>> extends Map<string, infer T> ? T : never;

async function addRevision(
  tx: Transaction,
  { row, text, writtenAt }: PlannedUpdate,
  latest: LatestText,
  bodyHtml: string,
): Promise<void> {
  await tx.db.insert(tx.tables.incidentUpdateTexts).values({
    updateId: row.id,
    language: latest.language,
    revision: latest.newest + 1,
    ...text,
    ...importedText,
    bodyHtml,
    createdAt: writtenAt,
  });
}
