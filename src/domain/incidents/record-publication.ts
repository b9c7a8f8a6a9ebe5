import type { Transaction } from '../../../db/store.ts';
import type { Context } from '../context.ts';
import { setReportDue } from '../reports/owe-report.ts';
import { numberIncident } from './derive-incident.ts';

/**
 * What becomes true when an update is public: the incident's running number. Called once for each update, at its
 * posting when it is not held, else by its job; bears being repeated.
 */
export async function recordPublication(
  tx: Transaction,
  context: Context,
  published: { incidentId: string; updateId: string },
): Promise<void> {
  await numberIncident(tx, published.incidentId, context.now);
  await setReportDue(tx, context, published.incidentId);
}
