import { eq } from 'drizzle-orm';
import type { Transaction } from '../../../db/store.ts';
import { takeClosingBack } from '../closing/take-closing-back.ts';
import type { Context } from '../core/context.ts';
import { throwDraftAway } from '../drafts/set-aside.ts';
import { numberIncident } from '../incidents/derive-incident.ts';
import { isFinal } from '../incidents/phase.ts';
import { notifyManagers } from '../notices/notify-managers.ts';
import { setReportDue } from '../obligations/owe-report.ts';
import { informManagement } from '../promises/promise-to-management.ts';
import { recordPromises } from '../promises/record-promises.ts';

/**
 * What becomes true when an update is public: the incident's running number, the promises it answers and makes, and
 * that management knows of it. Called once for each update, at its posting when it is not held, else by its job; bears
 * being repeated.
 */
export async function recordPublication(
  tx: Transaction,
  context: Context,
  published: { incidentId: string; updateId: string },
): Promise<void> {
  const { incidentId, updateId } = published;
  await numberIncident(tx, incidentId, context.now);
  await setReportDue(tx, context, incidentId);
  await throwDraftAway(tx, updateId);
  const telling = await recordPromises(tx, context, incidentId);
  const { incidents } = tx.tables;
  const [incident] = await tx.db.select().from(incidents).where(eq(incidents.id, incidentId));
  if (!incident) return;
  // Reopened: what was closed inside is open again.
  if (!isFinal(incident.phase)) await takeClosingBack(tx, context, incident);
  const news = telling.find(({ update }) => update.id === updateId);
  if (!news) return;
  const { update, before } = news;
  await informManagement(tx, incident, { at: update.publishedAt, isOver: isFinal(update.phase) });
  const isUrgent = incident.isReviewed && (incident.priority === 'P0' || incident.priority === 'P1');
  if (isUrgent && incident.kind === 'incident' && update.phase !== before)
    await notifyManagers(tx, context, { incident, kind: 'phase_changed', reference: updateId });
}
