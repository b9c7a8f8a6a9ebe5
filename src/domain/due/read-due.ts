import { authorize } from '../access/authorize.ts';
import type { Context } from '../context.ts';
import { readSettings } from '../settings/read-settings.ts';
import { byDue, type DueItem } from './due-item.ts';
import { readDueItems, readDueMeetings } from './read-due-follow-up.ts';
import { readDueReports } from './read-due-reports.ts';
import { readDueValidations } from './read-due-validations.ts';

/**
 * Everything that the actor owes or may do now on reports, actions and meetings, the soonest due first; nothing of
 * incidents that the actor may not see. A fixed number of queries.
 */
export async function readDue(context: Context): Promise<DueItem[]> {
  authorize(context, 'reports.read');
  const settings = await readSettings(context.store);
  const validations = await readDueValidations(context);
  const reports = await readDueReports(context, settings.time_zone);
  const items = await readDueItems(context, settings);
  const meetings = await readDueMeetings(context);
  return [...validations, ...reports, ...items, ...meetings].sort(byDue);
}
