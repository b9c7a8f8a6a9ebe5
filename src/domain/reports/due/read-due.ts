import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { readTitled, type Titled, titlesNow } from '../../incidents/updates/read-titles.ts';
import { byDue, type Due, type FoundDue } from './due-item.ts';
import { readDueItems, readDueMeetings } from './read-due-follow-up.ts';
import { readDueReports } from './read-due-reports.ts';
import { readDueValidations } from './read-due-validations.ts';

/**
 * Everything that the actor owes or may do now on reports, actions and meetings, the soonest due first; nothing of
 * incidents that the actor may not see. A fixed number of queries, one more for each kind of which there are too many.
 */
export async function readDue(context: Context): Promise<Due> {
  authorize(context, 'reports.read');
  const validations = await readDueValidations(context);
  const found = await findDue(context, await readSettings(context.store), validations);
  return showDue(found, await readTitled(context.store, incidentsOfDue(found)), context.now);
}

/** The same without the titles of incidents, which a page reads for several lists at once, as it does the priorities to validate. */
export async function findDue(
  context: Context,
  settings: Settings,
  validations: Due<FoundDue>,
): Promise<Due<FoundDue>> {
  authorize(context, 'reports.read');
  const kinds: Due<FoundDue>[] = [
    validations,
    await readDueReports(context, settings.time_zone),
    await readDueItems(context, settings),
    await readDueMeetings(context),
  ];
  return {
    due: kinds.flatMap(({ due }) => due).sort(byDue),
    more: kinds.reduce((sum, { more }) => sum + more, 0),
  };
}

export const incidentsOfDue = ({ due }: Due<FoundDue>): string[] =>
  due.flatMap(({ untitled }) => untitled?.id ?? []);

/** What was found, with the titles. Pure. */
export const showDue = ({ due, more }: Due<FoundDue>, titled: Titled, now: Date): Due => ({
  due: due.map(({ untitled, ...item }) =>
    untitled ? { ...item, title: titlesNow(titled, untitled, now) } : item,
  ),
  more,
});
