import type { Context } from '../context.ts';
import { readSettings } from '../settings/read-settings.ts';
import { nextChange } from './next-change.ts';
import { type PublicIncident, readPublicIncidents } from './public-incident.ts';

/** Incidents of the public list; the history pages have all. */
const newestCount = 50;

/** The newest public incidents by their start, with all their updates. */
export async function readNewest(
  context: Context,
): Promise<{ incidents: PublicIncident[]; validUntil: Date }> {
  const settings = await readSettings(context.store);
  return {
    incidents: await readPublicIncidents(context, undefined, newestCount),
    validUntil: await nextChange(context, settings.time_zone),
  };
}
