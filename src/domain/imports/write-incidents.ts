import { oneOf } from '../../../db/one-of.ts';
import { slices } from '../../../db/slices.ts';
import type { Transaction } from '../../../db/store.ts';
import { derivedFrom } from '../incidents/derive-incident.ts';
import { addUnknownComponents, categoryOf, foreignComponent } from './affected-components.ts';
import { foreign, isOfPage, loadCatalogue } from './catalogue.ts';
import { changeIncident, type StoredIncident } from './change-incident.ts';
import { type ImportRun, isOlder, refuse, tell, wrote } from './import-run.ts';
import { insertUpdates } from './insert-updates.ts';
import { isJsonObject } from './lossless-json.ts';
import type { PlannedIncident } from './plan-incident.ts';
import { remindOfAnnounced } from './remind-of-announced.ts';
import { renderBodies } from './render-bodies.ts';

/** Stores a chunk of incidents, each id once: adds the new ones, changes the changed ones, leaves the rest alone. */
export async function writeIncidents(
  tx: Transaction,
  run: ImportRun,
  chunk: readonly PlannedIncident[],
): Promise<void> {
  const stored = await loadStored(tx, chunk);
  const fresh = chunk.filter((incident) => {
    const known = stored.get(incident.row.id);
    if (!known) return true;
    if (!isOfPage(known, incident.item.page)) {
      refuse(run, incident.item, foreign('id', incident.row.id, incident.item));
      return false;
    }
    const isKnown = known.source?.digest === incident.row.source.digest || isStale(incident, known.source);
    if (isKnown) run.result.incidents.unchanged += 1;
    return !isKnown;
  });
  if (fresh.length === 0) return;

  const catalogue = await loadCatalogue(tx, [...new Set(fresh.flatMap(componentIds))]);
  const taken = await loadTakenUpdateIds(tx, fresh);
  const own = fresh.filter((incident) => {
    const component = foreignComponent(incident, catalogue);
    const update = incident.updates.find(
      ({ row }) => (taken.get(row.id) ?? row.incidentId) !== row.incidentId,
    );
    if (component) refuse(run, incident.item, foreign('component', component, incident.item));
    else if (update)
      refuse(run, incident.item, `The update ${update.row.id} already belongs to another incident.`);
    else for (const { row } of incident.updates) taken.set(row.id, row.incidentId);
    return !component && !update;
  });
  const html = await renderBodies(run, own);
  const ready = own.filter((incident) => incident.updates.every(({ row }) => html.has(row.id)));
  if (ready.length === 0) return;

  for (const incident of ready) await addUnknownComponents(tx, run, catalogue, incident);
  const added = ready.filter((incident) => !stored.has(incident.row.id));
  const rows: (typeof tx.tables.incidents.$inferInsert)[] = [];
  for (const incident of added) {
    const category = await categoryOf(tx, run, catalogue, incident);
    rows.push({
      ...incident.row,
      ...derivedFrom(incident.updates.map(({ row }) => row)),
      categoryId: category.id,
      isRestricted: category.isRestricted,
      priority: 'P3',
      isReviewed: false,
    });
  }
  for (const part of slices(rows)) await tx.db.insert(tx.tables.incidents).values(part);
  await insertUpdates(
    tx,
    run,
    added.flatMap((incident) => incident.updates),
    html,
    run.language,
  );
  run.result.incidents.added += added.length;
  for (const incident of added) {
    tell(run, incident.item, incident.straightened);
    await remindOfAnnounced(tx, run, incident);
  }
  for (const incident of ready) {
    const known = stored.get(incident.row.id);
    if (!known || !(await changeIncident(tx, run, incident, known, html))) continue;
    tell(run, incident.item, incident.straightened);
    run.result.incidents.changed += 1;
  }
  wrote(tx, run);
}

const componentIds = (incident: PlannedIncident): string[] => [
  ...incident.componentNames.keys(),
  ...incident.components.keys(),
];

const isStale = (incident: PlannedIncident, source: Record<string, unknown> | null): boolean => {
  const { updated_at } = incident.row.source.fields;
  return isOlder(
    typeof updated_at === 'string' ? { updated_at } : {},
    isJsonObject(source?.fields) ? source.fields : {},
  );
};

async function loadStored(
  tx: Transaction,
  chunk: readonly PlannedIncident[],
): Promise<Map<string, StoredIncident>> {
  const { incidents } = tx.tables;
  const rows = await tx.db
    .select()
    .from(incidents)
    .where(
      oneOf(
        incidents.id,
        chunk.map((incident) => incident.row.id),
      ),
    );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Which incident each of these updates belongs to, where there is one; our own updates belong to none of a source. */
async function loadTakenUpdateIds(
  tx: Transaction,
  chunk: readonly PlannedIncident[],
): Promise<Map<string, string>> {
  const { incidentUpdates } = tx.tables;
  const taken = new Map<string, string>();
  for (const ids of slices(chunk.flatMap((incident) => incident.updates.map(({ row }) => row.id)))) {
    const rows = await tx.db
      .select({
        id: incidentUpdates.id,
        incidentId: incidentUpdates.incidentId,
        source: incidentUpdates.source,
      })
      .from(incidentUpdates)
      .where(oneOf(incidentUpdates.id, ids));
    for (const row of rows) taken.set(row.id, row.source === null ? '' : row.incidentId);
  }
  return taken;
}
