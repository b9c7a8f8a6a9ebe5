import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { byDue, type Due } from './due-item.ts';
import { readDueItems, readDueMeetings } from './read-due-follow-up.ts';
import { readDueReports } from './read-due-reports.ts';
import { readDueValidations } from './read-due-validations.ts';

/**
 * Everything that the actor owes or may do now on reports, actions and meetings, the soonest due first; nothing of
 * incidents that the actor may not see. A fixed number of queries, one more for each kind of which there are too many.
 */
export async function readDue(context: Context): Promise<Due> {
  authorize(context, 'reports.read');
  const settings = await readSettings(context.store);
  const kinds = [
    await readDueValidations(context),
    await readDueReports(context, settings.time_zone),
    await readDueItems(context, settings),
    await readDueMeetings(context),
  ];
  return {
    due: kinds.flatMap(({ due }) => due).sort(byDue),
    more: kinds.reduce((sum, { more }) => sum + more, 0),
  };
}
