/** Finds or makes what an incident says was affected: its components, and through the first of them its category. */
import type { Transaction } from '../../../db/store.ts';
import {
  type Catalogue,
  componentColumns,
  componentDefaults,
  componentSource,
  generalCategory,
  isOfPage,
  type KnownCategory,
} from './catalogue.ts';
import { type ImportRun, wrote } from './import-run.ts';
import type { PlannedIncident } from './plan-incident.ts';
import { cleanLine } from './statuspage-schema.ts';

/** A component that the incident names but that comes from elsewhere. */
export const foreignComponent = (
  { componentNames, item }: PlannedIncident,
  catalogue: Catalogue,
): string | undefined =>
  [...componentNames.keys()].find((id) => {
    const known = catalogue.components.get(id);
    return known !== undefined && !isOfPage(known, item.page);
  });

/** Makes components that no list named, archived, so that nothing an incident says is lost. */
export async function addUnknownComponents(
  tx: Transaction,
  run: ImportRun,
  catalogue: Catalogue,
  incident: PlannedIncident,
): Promise<void> {
  for (const [id, givenName] of incident.componentNames) {
    if (catalogue.components.has(id)) continue;
    const known = incident.components.get(id);
    const { category, name } = await place(tx, run, catalogue, incident, id);
    const columns = componentColumns(known?.value ?? { id, name: name || givenName || id, position: 1 });
    const row = {
      id,
      categoryId: category.id,
      source: componentSource(incident.item, false, known?.original ?? { id }),
    };
    const createdAt = known?.value.created_at ? new Date(known.value.created_at) : run.context.now;
    await tx.db
      .insert(tx.tables.components)
      .values({ ...row, ...columns, ...componentDefaults, createdAt, archivedAt: run.context.now });
    wrote(tx, run);
    catalogue.components.set(id, row);
    run.result.components += 1;
  }
}

/** The category of the first affected component, else "General". */
export async function categoryOf(
  tx: Transaction,
  run: ImportRun,
  catalogue: Catalogue,
  incident: PlannedIncident,
): Promise<KnownCategory> {
  const [first] = [...incident.componentNames.keys(), ...incident.components.keys()];
  if (first === undefined) return generalCategory(tx, run, catalogue);
  const known = catalogue.categories.get(catalogue.components.get(first)?.categoryId ?? '');
  return known ?? (await place(tx, run, catalogue, incident, first)).category;
}

/** Statuspage names a component of a group "Group - Child". */
async function place(
  tx: Transaction,
  run: ImportRun,
  catalogue: Catalogue,
  incident: PlannedIncident,
  id: string,
): Promise<{ category: KnownCategory; name: string }> {
  const name = cleanLine(incident.componentNames.get(id) ?? '');
  const ofGroup = catalogue.categories.get(incident.components.get(id)?.value.group_id ?? '');
  if (ofGroup) return { category: ofGroup, name };
  const ofName = [...catalogue.categories.values()].find((category) =>
    name.startsWith(`${category.name.en} - `),
  );
  if (ofName) return { category: ofName, name: name.slice(`${ofName.name.en} - `.length) };
  return { category: await generalCategory(tx, run, catalogue), name };
}
