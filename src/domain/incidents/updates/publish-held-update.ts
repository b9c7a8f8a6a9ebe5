import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '../../../../db/store.ts';
import type { Context } from '../../core/context.ts';
import { isOut } from '../../core/visibility.ts';
import { throwDraftAway } from '../drafts/set-aside.ts';
import { worseImpact } from '../impact.ts';
import { planEdges } from '../maintenance/plan-edges.ts';
import { enqueueReminder } from '../maintenance/remind.ts';
import { touchIncident } from '../touch-incident.ts';
import { changeOf, dueOf } from './held-change.ts';
import { readPublished, recordPublication } from './record-publication.ts';

const held = z.object({ updateId: z.string() });

/**
 * Runs when a held update's instant has come: gives a new incident its number, and the incident the impact and the
 * times that waited with the update. The read gate has made the update itself public already.
 */
export async function publishHeldUpdate(context: Context, payload: unknown): Promise<void> {
  const { updateId } = held.parse(payload);
  await context.store.transaction((tx) => makePublic(tx, context, updateId));
}

/** The same inside a transaction; does nothing for an update that is not public yet, was undone, or was recorded before. */
export async function makePublic(tx: Transaction, context: Context, updateId: string): Promise<void> {
  const { incidents, incidentUpdates } = tx.tables;
  const [found] = await tx.db
    .select({
      incident: incidents,
      waiting: incidentUpdates.waiting,
      publishedAt: incidentUpdates.publishedAt,
    })
    .from(incidentUpdates)
    .innerJoin(incidents, eq(incidentUpdates.incidentId, incidents.id))
    .where(eq(incidentUpdates.id, updateId));
  const change = changeOf(found?.waiting ?? null);
  if (!found || !change || !isOut(found, context.now)) return;
  const { incident } = found;
  const due = dueOf(incident, change.window);
  await tx.db
    .update(incidents)
    .set({ impact: worseImpact(incident.impact, change.impact), ...due })
    .where(eq(incidents.id, incident.id));
  await tx.db.update(incidentUpdates).set({ waiting: null }).where(eq(incidentUpdates.id, updateId));
  await planEdges(tx, context, incident.id);
  const start = due.scheduledFor ?? incident.scheduledFor;
  if (change.isNewStart) await enqueueReminder(tx, context, incident.id, start);
  await throwDraftAway(tx, updateId);
  const published = await readPublished(tx, incident.id, context.now);
  await recordPublication(tx, context, published, [updateId]);
  touchIncident(tx, incident, { now: context.now }, ...(due.startedAt ? ['history' as const] : []));
}
