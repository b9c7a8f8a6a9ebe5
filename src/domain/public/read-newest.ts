import type { Context } from '../context.ts';
import { readSettings } from '../settings/read-settings.ts';
import { nextChange } from './next-change.ts';
import { currentAndNewest, type PublicIncident, readPublicIncidents } from './public-incident.ts';

/** Past incidents of the public list; the history pages have all. */
const pastCount = 50;

/** All that is open, running or announced, and the newest that are over, newest start first, with all their updates. */
export async function readNewest(
  context: Context,
): Promise<{ incidents: PublicIncident[]; validUntil: Date }> {
  const settings = await readSettings(context.store);
  return {
    incidents: await readPublicIncidents(context, currentAndNewest(context, pastCount)),
    validUntil: await nextChange(context, settings.time_zone),
  };
}
