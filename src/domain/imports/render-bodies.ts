import { isDomainError } from '../errors.ts';
import { type ImportRun, refuse, slices } from './import-run.ts';
import type { PlannedIncident } from './plan-incident.ts';

/** The safe HTML of all bodies by update id. An incident with a text that cannot be rendered is refused and missing. */
export async function renderBodies(
  run: ImportRun,
  incidents: readonly PlannedIncident[],
): Promise<Map<string, string>> {
  const updates = incidents.flatMap((incident) => incident.updates);
  try {
    return await render(run, updates);
  } catch (error) {
    if (!isDomainError(error)) throw error;
  }
  const html = new Map<string, string>();
  for (const incident of incidents) {
    try {
      for (const [id, rendered] of await render(run, incident.updates)) html.set(id, rendered);
    } catch (error) {
      if (!isDomainError(error)) throw error;
      refuse(run, incident.item, `A text of this incident cannot be shown safely: ${error.message}`);
    }
  }
  return html;
}

async function render(run: ImportRun, updates: PlannedIncident['updates']): Promise<Map<string, string>> {
  const html = new Map<string, string>();
  for (const batch of slices(updates, 50)) {
    const rendered = await run.context.renderTexts(
      batch.map(({ text }) => ({ source: text.body, format: 'html' })),
    );
    for (const [at, { row }] of batch.entries()) html.set(row.id, rendered[at] ?? '');
  }
  return html;
}
