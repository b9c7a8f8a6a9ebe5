import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import type { Tables } from '../../../db/schema.ts';
import type { Reader, Transaction } from '../../../db/store.ts';
import { instant } from '../core/parse.ts';
import { type MaintenanceWindow, windowOf } from './window.ts';

const stored = z.object({
  startedAt: instant(),
  scheduledFor: instant().nullable(),
  scheduledUntil: instant().nullable(),
  isEmergency: z.boolean(),
  isAutomatic: z.boolean(),
});

/** What a held update will change of the window, as its outbox row keeps it: before and after. */
export const waitingWindow = z.object({ from: stored, to: stored });

/**
 * What of it is to be written now: each field that the update changes, unless somebody else changed it meanwhile; so it
 * may run twice, and two held updates do not undo each other. Pure.
 */
export function dueOf(
  present: MaintenanceWindow,
  { from, to }: z.infer<typeof waitingWindow>,
): Partial<MaintenanceWindow> {
  const isDue = (field: keyof MaintenanceWindow): boolean =>
    from[field] !== to[field] && plain(present[field]) === plain(from[field]);
  const at = (value: string | null): Date | null => (value === null ? null : new Date(value));
  return {
    ...(isDue('startedAt') ? { startedAt: new Date(to.startedAt) } : {}),
    ...(isDue('scheduledFor') ? { scheduledFor: at(to.scheduledFor) } : {}),
    ...(isDue('scheduledUntil') ? { scheduledUntil: at(to.scheduledUntil) } : {}),
    ...(isDue('isEmergency') ? { isEmergency: to.isEmergency } : {}),
    ...(isDue('isAutomatic') ? { isAutomatic: to.isAutomatic } : {}),
  };
}

const waitingRow = z.object({ updateId: z.string(), window: waitingWindow.optional() });

/**
 * The window as it will be once every update of the incident is public: the row, and what still waits in the outbox, in
 * the order of publication. What was undone no longer counts, and it bears jobs that run late. One query.
 */
export async function windowToCome(
  from: { tables: Tables; read: Pick<Reader, 'select'> },
  incident: MaintenanceWindow,
  updates: readonly { id: string; publishedAt: Date }[],
): Promise<MaintenanceWindow> {
  const { outbox } = from.tables;
  const open = await from.read
    .select({ payload: outbox.payload })
    .from(outbox)
    .where(and(eq(outbox.kind, 'publish-held-update'), isNull(outbox.doneAt)));
  const waiting = new Map(
    open.map(({ payload }) => {
      const { updateId, window } = waitingRow.parse(payload);
      return [updateId, window];
    }),
  );
  const inTurn = updates.toSorted(
    (a, b) => a.publishedAt.getTime() - b.publishedAt.getTime() || (a.id < b.id ? -1 : 1),
  );
  let window = windowOf(incident);
  for (const { id } of inTurn) {
    const change = waiting.get(id);
    if (change) window = { ...window, ...dueOf(window, change) };
  }
  return window;
}

/** Somebody switched by hand: what a held update was to switch is decided with that. */
export async function settleSwitch(tx: Transaction, updates: readonly { id: string }[]): Promise<void> {
  const { outbox } = tx.tables;
  const open = await tx.db
    .select({ id: outbox.id, payload: outbox.payload })
    .from(outbox)
    .where(and(eq(outbox.kind, 'publish-held-update'), isNull(outbox.doneAt)));
  const own = new Set(updates.map(({ id }) => id));
  for (const { id, payload } of open) {
    const { updateId, window } = waitingRow.parse(payload);
    if (!window || !own.has(updateId) || window.from.isAutomatic === window.to.isAutomatic) continue;
    const { isAutomatic } = window.from;
    const settled = { ...payload, window: { from: window.from, to: { ...window.to, isAutomatic } } };
    await tx.db.update(outbox).set({ payload: settled }).where(eq(outbox.id, id));
  }
}

const plain = (value: Date | string | boolean | null): unknown =>
  value instanceof Date ? value.toISOString() : value;
