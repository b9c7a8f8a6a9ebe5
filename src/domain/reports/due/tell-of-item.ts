import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '../../../../db/store.ts';
import { addDays, startOfDay } from '../../core/calendar.ts';
import type { Context } from '../../core/context.ts';
import { enqueue } from '../../core/jobs/enqueue.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { whoMaySee } from '../../core/visibility.ts';
import { notifyPeople } from '../../incidents/notices/notify-people.ts';
import { itemDaysAhead } from './read-due-follow-up.ts';

const told = z.object({
  itemId: z.string(),
  kind: z.enum(['remediation_due', 'effectiveness_due']),
  /** The deadline, or the instant of being done, that the reminder was made for. */
  reference: z.string(),
});

/** Reminders of an action's deadline to its owner: a week before, and when it has passed. */
export async function remindOfItem(
  tx: Transaction,
  context: Context,
  { id, dueOn }: { id: string; dueOn: string },
): Promise<void> {
  const { time_zone: zone } = await readSettings(tx);
  const payload: z.infer<typeof told> = { itemId: id, kind: 'remediation_due', reference: dueOn };
  const days = [startOfDay(addDays(dueOn, -itemDaysAhead), zone), startOfDay(addDays(dueOn, 1), zone)];
  // Who takes an action on within its last week knows of it.
  for (const dueAt of days.filter((day) => day > context.now))
    await enqueue(tx, context, { kind: 'tell-of-item', payload, dueAt });
}

/** Asks the owner, some days after an action is done, whether it helped. */
export async function remindOfEffectiveness(tx: Transaction, context: Context, id: string): Promise<void> {
  const settings = await readSettings(tx);
  const dueAt = new Date(context.now.getTime() + settings.effectiveness_days * 86_400_000);
  const reference = context.now.toISOString();
  const payload: z.infer<typeof told> = { itemId: id, kind: 'effectiveness_due', reference };
  await enqueue(tx, context, { kind: 'tell-of-item', payload, dueAt });
}

/** Tells the owner; nobody when it was settled, moved or judged meanwhile. Bears being repeated. */
export async function deliverTellOfItem(context: Context, payload: unknown): Promise<void> {
  const { itemId, kind, reference } = told.parse(payload);
  await context.store.transaction(async (tx) => {
    const { remediationItems, problemIncidents, incidents } = tx.tables;
    const [item] = await tx.db.select().from(remediationItems).where(eq(remediationItems.id, itemId));
    if (!item?.ownerId) return;
    const isStill =
      kind === 'remediation_due'
        ? (item.state === 'open' || item.state === 'in_progress') && item.dueOn === reference
        : item.state === 'done' && !item.effectivenessAt && item.settledAt?.toISOString() === reference;
    if (!isStill) return;
    const linked = await tx.db
      .select({ incident: incidents })
      .from(problemIncidents)
      .innerJoin(incidents, eq(problemIncidents.incidentId, incidents.id))
      .where(eq(problemIncidents.problemId, item.problemId))
      .orderBy(asc(incidents.startedAt), asc(incidents.id));
    const [first] = linked;
    if (!first) return;
    // One hidden incident hides the problem, so its owner must see them all.
    for (const { incident } of linked) {
      const readers = await whoMaySee(tx, incident, context.now);
      if (!readers.some(({ id }) => id === item.ownerId)) return;
    }
    const { time_zone: zone } = await readSettings(tx);
    const isLate = kind === 'remediation_due' && startOfDay(addDays(item.dueOn, 1), zone) <= context.now;
    const about = {
      incident: first.incident,
      kind,
      reference: `${item.problemId} ${itemId} ${reference}${isLate ? ' over' : ''}`,
    };
    await notifyPeople(tx, context, about, ({ userId }) => userId === item.ownerId);
  });
}
