import type { Transaction } from '../../../db/store.ts';
import { enqueueReminder } from '../incidents/maintenance/remind.ts';
import { isAnnounced } from '../incidents/phase.ts';
import type { ImportRun } from './import-run.ts';
import type { PlannedIncident } from './plan-incident.ts';

/** Reminds the people on call of an imported maintenance that is still to come, as of one announced here. */
export async function remindOfAnnounced(
  tx: Transaction,
  run: ImportRun,
  { row, updates }: PlannedIncident,
): Promise<void> {
  const isToCome = isAnnounced(updates.at(-1)?.row.phase);
  if (isToCome && row.scheduledFor && row.scheduledFor > run.context.now)
    await enqueueReminder(tx, run.context, row.id, row.scheduledFor);
}
