import { slices } from '../../../db/slices.ts';
import { isDomainError } from '../core/errors.ts';
import { type ImportRun, refuse } from './import-run.ts';
import type { PlannedIncident } from './plan-incident.ts';

/** The safe HTML of all bodies by update id. An incident with a text that cannot be rendered is refused and missing. */
export async function renderBodies(
  run: ImportRun,
  incidents: readonly PlannedIncident[],
): Promise<Map<string, string>> {
  try {
    return await render(run, incidents);
  } catch (error) {
    if (!isDomainError(error)) throw error;
  }
  const html = new Map<string, string>();
  for (const incident of incidents) {
    try {
      for (const [id, rendered] of await render(run, [incident])) html.set(id, rendered);
    } catch (error) {
      if (!isDomainError(error)) throw error;
      refuse(run, incident.item, `A text of this incident cannot be shown safely: ${error.message}`);
    }
  }
  return html;
}

async function render(run: ImportRun, incidents: readonly PlannedIncident[]): Promise<Map<string, string>> {
  // A relative link of the source leads to the source.
  const updates = incidents.flatMap(({ updates, row }) =>
    updates.map((update) => ({ ...update, base: row.importedFrom })),
  );
  const html = new Map<string, string>();
  for (const batch of slices(updates, 50)) {
    const rendered = await run.context.renderTexts(
      batch.map(({ text, base }) => ({ source: text.body, format: 'html' as const, base })),
    );
    for (const [at, { row }] of batch.entries()) html.set(row.id, rendered[at] ?? '');
  }
  return html;
}
