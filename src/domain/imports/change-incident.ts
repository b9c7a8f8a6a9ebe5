import { desc, eq, sql } from 'drizzle-orm';
import { oneOf } from '../../../db/one-of.ts';
import { slices } from '../../../db/slices.ts';
import type { Transaction } from '../../../db/store.ts';
import { impacts, type Phase } from '../../../db/words.ts';
import { rendererVersion } from '../core/renderer-version.ts';
import { derivedFrom } from '../incidents/derive-incident.ts';
import { splitAhead } from '../incidents/maintenance/ahead.ts';
import { planEdges } from '../incidents/maintenance/plan-edges.ts';
import { isFinal, newestFirst } from '../incidents/phase.ts';
import { answerByImport } from '../incidents/promises/answer-by-import.ts';
import { setReportDue } from '../reports/obligations/owe-report.ts';
import { type ImportRun, refuse } from './import-run.ts';
import { importedText, insertUpdateComponents, insertUpdates } from './insert-updates.ts';
import { isJsonObject, isSameJson, type JsonObject } from './lossless-json.ts';
import { fittingImpact, type PlannedIncident, plannedTimes } from './plan-incident.ts';
import type { PlannedUpdate } from './plan-updates.ts';
import { remindOfAnnounced } from './remind-of-announced.ts';

type Source = Record<string, unknown> | null;
export type StoredIncident = Omit<Transaction['tables']['incidents']['$inferSelect'], 'source'> & {
  source: Source;
};

/**
 * Brings a stored incident to what its source says now: new updates, new revisions of texts, and no more of what the
 * source took back. What our desk wrote, moved or classified stays, and what it closed is not opened again: then false.
 */
export async function changeIncident(
  tx: Transaction,
  run: ImportRun,
  incident: PlannedIncident,
  stored: StoredIncident,
  html: ReadonlyMap<string, string>,
): Promise<boolean> {
  const { incidents, incidentUpdates } = tx.tables;
  const rows = await tx.db
    .select()
    .from(incidentUpdates)
    .where(eq(incidentUpdates.incidentId, incident.row.id));
  const own = splitAhead(
    rows.filter((row) => row.source === null),
    run.context.now,
  ).updates;
  const derived = derivedFrom([...own, ...incident.updates.map(({ row }) => row)]);
  if (stored.closedAt !== null && !isFinal(derived.phase)) {
    refuse(run, incident.item, closedHere);
    return false;
  }
  const known = new Map(rows.map((row) => [row.id, row]));
  const given = new Set(incident.updates.map(({ row }) => row.id));
  const withdrawn = rows.filter((row) => row.source !== null && !given.has(row.id)).map((row) => row.id);
  for (const ids of slices(withdrawn))
    await tx.db.delete(incidentUpdates).where(oneOf(incidentUpdates.id, ids));
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

  const columns = untouchedColumns(
    incident,
    stored,
    rows.filter((row) => row.source !== null),
  );
  await tx.db
    .update(incidents)
    .set({
      ...columns,
      ...derived,
      importedFrom: incident.row.importedFrom,
      source: incident.row.source,
      updatedAt: new Date(Math.max(stored.updatedAt.getTime(), incident.row.updatedAt.getTime())),
      version: sql`${incidents.version} + 1`,
    })
    .where(eq(incidents.id, incident.row.id));
  await tellHere(tx, run, incident, { own, isMoved: columns.scheduledFor !== undefined });
  return true;
}

const closedHere = 'It is closed here, and its source says that it goes on; nothing of it was taken.';

/** What our desk keeps of an incident follows what its source says now: promise, report, reminder and plan. */
async function tellHere(
  tx: Transaction,
  run: ImportRun,
  incident: PlannedIncident,
  { own, isMoved }: { own: readonly { id: string; displayAt: Date }[]; isMoved: boolean },
): Promise<void> {
  const { id, kind } = incident.row;
  const [newest] = [...own, ...incident.updates.map(({ row }) => row)].sort(newestFirst);
  if (own.length > 0 && incident.updates.some(({ row }) => row.id === newest?.id))
    await answerByImport(tx, run.context, id);
  await setReportDue(tx, run.context, { incidentId: id });
  if (kind !== 'maintenance') return;
  await planEdges(tx, run.context, id);
  if (isMoved) await remindOfAnnounced(tx, run, incident);
}

/** The columns that changed at the source and that nobody changed here since the last import, from the imported rows of then. */
function untouchedColumns(
  { row }: PlannedIncident,
  stored: StoredIncident,
  imported: readonly { id: string; phase: Phase; displayAt: Date }[],
) {
  const fields: JsonObject = isJsonObject(stored.source?.fields) ? stored.source.fields : {};
  const text = (key: string): string | null => {
    const value = fields[key];
    return typeof value === 'string' ? value : null;
  };
  const { startedAt, scheduledFor, scheduledUntil } = plannedTimes(
    {
      created_at: stored.createdAt.toISOString(),
      started_at: text('started_at'),
      scheduled_for: text('scheduled_for'),
      scheduled_until: text('scheduled_until'),
    },
    { isPlanned: stored.kind === 'maintenance', updates: imported },
  );
  const given = impacts.find((impact) => impact === text('impact'));
  const impact = given && fittingImpact(given, stored.kind);
  const then = { startedAt, scheduledFor, scheduledUntil };
  const isFree = (key: keyof typeof then): boolean =>
    stored[key]?.getTime() === then[key]?.getTime() && row[key]?.getTime() !== then[key]?.getTime();
  return {
    ...(stored.impact === impact ? { impact: row.impact } : {}),
    ...(isFree('startedAt') ? { startedAt: row.startedAt } : {}),
    ...(isFree('scheduledFor') ? { scheduledFor: row.scheduledFor } : {}),
    ...(isFree('scheduledUntil') ? { scheduledUntil: row.scheduledUntil } : {}),
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
      .where(oneOf(incidentUpdateTexts.updateId, ids))
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
    htmlVersion: rendererVersion,
    createdAt: writtenAt,
  });
}
