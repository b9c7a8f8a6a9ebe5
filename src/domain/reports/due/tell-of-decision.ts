import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '../../../../db/store.ts';
import { isAllowed } from '../../core/authorize.ts';
import { startOfDay } from '../../core/calendar.ts';
import type { Context } from '../../core/context.ts';
import { enqueue } from '../../core/jobs/enqueue.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { isUnreleased } from '../../core/visibility.ts';
import { notifyPeople } from '../../incidents/notices/notify-people.ts';

const told = z.object({ decisionId: z.string(), isReview: z.boolean().optional() });

/** Promises to tell the second person of a proposal. */
export const tellOfProposal = (tx: Transaction, context: Context, decisionId: string): Promise<void> =>
  enqueue(tx, context, { kind: 'tell-of-decision', payload: { decisionId } });

/** Promises to remind of a report that was not released, on the day on which it is looked at again. */
export async function remindOfNotReleased(
  tx: Transaction,
  context: Context,
  { id, reviewOn }: { id: string; reviewOn: string | null },
): Promise<void> {
  if (reviewOn === null) return;
  const { time_zone: zone } = await readSettings(tx);
  const payload = { decisionId: id, isReview: true };
  await enqueue(tx, context, { kind: 'tell-of-decision', payload, dueAt: startOfDay(reviewOn, zone) });
}

/** Tells those who may agree, or look again; nobody once it is settled, or the incident released. Bears being repeated. */
export async function deliverTellOfDecision(context: Context, payload: unknown): Promise<void> {
  const { decisionId, isReview = false } = told.parse(payload);
  await context.store.transaction(async (tx) => {
    const { jointDecisions, incidents } = tx.tables;
    const [found] = await tx.db
      .select({ decision: jointDecisions, incident: incidents })
      .from(jointDecisions)
      .innerJoin(incidents, eq(jointDecisions.incidentId, incidents.id))
      .where(eq(jointDecisions.id, decisionId));
    if (!found) return;
    const { decision, incident } = found;
    if (decision.refusedAt || (decision.agreedAt !== null) !== isReview) return;
    if (isReview && !isUnreleased(incident, context.now)) return;
    const reference = isReview ? `${decisionId} review` : decisionId;
    const about = { incident, kind: 'decision_waiting', reference } as const;
    await notifyPeople(tx, context, about, (person) =>
      isReview
        ? isAllowed(person, 'reports.decide') || isAllowed(person, 'reports.propose-not-released')
        : isAllowed(person, 'reports.decide') && person.userId !== decision.proposedBy,
    );
  });
}
