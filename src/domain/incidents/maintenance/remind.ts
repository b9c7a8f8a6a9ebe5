import { and, eq, gt, lte } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '../../../../db/store.ts';
import { rolesAllow } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { enqueue } from '../../core/jobs/enqueue.ts';
import { instant } from '../../core/parse.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { notifyPeople } from '../notices/notify-people.ts';
import { isAnnounced } from '../phase.ts';
import { readTimelines } from '../updates/timeline.ts';
import { splitAhead } from './ahead.ts';

const reminder = z.object({ incidentId: z.string(), scheduledFor: instant() });

/**
 * Promises to remind the people on call before the start, by the setting in minutes; at once when less is left. Called
 * when the start is public and written.
 */
export async function enqueueReminder(
  tx: Transaction,
  context: Context,
  incidentId: string,
  scheduledFor: Date | null,
): Promise<void> {
  const settings = await readSettings(tx);
  const minutes = settings.maintenance_reminder_minutes;
  if (scheduledFor === null || minutes === 0) return;
  const payload = { incidentId, scheduledFor: scheduledFor.toISOString() };
  const dueAt = new Date(scheduledFor.getTime() - minutes * 60_000);
  await enqueue(tx, context, { kind: 'remind-of-maintenance', payload, dueAt });
}

/**
 * Tells the people on call of a maintenance that starts soon: those whose shift covers any of the time until it starts;
 * without one, everybody of customer support. Once for each planned start; a row for a start that was moved, or for a
 * maintenance that runs or was cancelled, does nothing.
 */
export async function remindOfMaintenance(context: Context, due: unknown): Promise<void> {
  const { incidentId, scheduledFor } = reminder.parse(due);
  await context.store.transaction(async (tx) => {
    const { incidents } = tx.tables;
    const [incident] = await tx.db.select().from(incidents).where(eq(incidents.id, incidentId));
    if (incident?.scheduledFor?.toISOString() !== scheduledFor) return;
    const timelines = await readTimelines(tx, [incidentId]);
    const [latest] = splitAhead(timelines.get(incidentId) ?? [], context.now).updates;
    if (!isAnnounced(latest?.phase)) return;
    const told = await peopleOnCall(tx, context.now, incident.scheduledFor);
    const onCall = new Set(told.map(({ id }) => id));
    const about = { incident, kind: 'maintenance_reminder', reference: scheduledFor } as const;
    await notifyPeople(tx, context, about, ({ userId }) => onCall.has(userId));
    tx.touch('notices');
  });
}

async function peopleOnCall(tx: Transaction, now: Date, start: Date): Promise<Person[]> {
  const { users, rosterShifts } = tx.tables;
  const enabled = (await tx.db.select().from(users)).filter((user) => user.disabledAt === null);
  const shifts = await tx.db
    .select({ userId: rosterShifts.userId })
    .from(rosterShifts)
    .where(
      and(eq(rosterShifts.duty, 'csup'), lte(rosterShifts.startsAt, start), gt(rosterShifts.endsAt, now)),
    );
  const onCall = new Set(shifts.map((shift) => shift.userId));
  const planned = enabled.filter((user) => onCall.has(user.id));
  return planned.length > 0 ? planned : enabled.filter(({ roles }) => rolesAllow(roles, 'customers.tell'));
}

interface Person {
  id: string;
  roles: readonly string[];
}
