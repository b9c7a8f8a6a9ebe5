/**
 * What a held update will change of its incident at its instant: kept with the update, so whoever reads one has the other. One
 * JSON column, for as columns of their own it would be eleven, before and after; null tells that it was recorded. The outbox
 * only knows when.
 */
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '../../../../db/store.ts';
import { impacts } from '../../../../db/words.ts';
import { instant } from '../../core/parse.ts';
import { type MaintenanceWindow, windowOf } from '../maintenance/window.ts';

const storedWindow = z.object({
  startedAt: instant(),
  scheduledFor: instant().nullable(),
  scheduledUntil: instant().nullable(),
  isEmergency: z.boolean(),
  isAutomatic: z.boolean(),
});

const heldChange = z.object({
  impact: z.enum(impacts),
  /** What the incident said before, for undoing its first update. */
  before: z.object({ impact: z.enum(impacts) }),
  /** Before and after. */
  window: z.object({ from: storedWindow, to: storedWindow }),
  /** It announces a maintenance or moves its start, so people are to be reminded of that. */
  isNewStart: z.boolean(),
});

export type HeldChange = z.infer<typeof heldChange>;

/** The column of a held update; null where nothing waits. */
export type Waiting = Record<string, unknown> | null;

/** What is read from the column. */
export const changeOf = (waiting: Waiting): HeldChange | null => waiting && heldChange.parse(waiting);

/** As the column keeps it: times as ISO 8601 in UTC. */
export const storedWindowOf = (window: MaintenanceWindow): HeldChange['window']['to'] => {
  const { startedAt, scheduledFor, scheduledUntil, isEmergency, isAutomatic } = windowOf(window);
  return {
    startedAt: startedAt.toISOString(),
    scheduledFor: scheduledFor?.toISOString() ?? null,
    scheduledUntil: scheduledUntil?.toISOString() ?? null,
    isEmergency,
    isAutomatic,
  };
};

/**
 * What of it is to be written now: each field that the update changes, unless somebody else changed it meanwhile; so it
 * may run twice, and two held updates do not undo each other. Pure.
 */
export function dueOf(
  present: MaintenanceWindow,
  { from, to }: HeldChange['window'],
): Partial<MaintenanceWindow> {
  const stands = storedWindowOf(present);
  const isDue = (field: keyof MaintenanceWindow): boolean =>
    from[field] !== to[field] && stands[field] === from[field];
  const at = (value: string | null): Date | null => (value === null ? null : new Date(value));
  return {
    ...(isDue('startedAt') ? { startedAt: new Date(to.startedAt) } : {}),
    ...(isDue('scheduledFor') ? { scheduledFor: at(to.scheduledFor) } : {}),
    ...(isDue('scheduledUntil') ? { scheduledUntil: at(to.scheduledUntil) } : {}),
    ...(isDue('isEmergency') ? { isEmergency: to.isEmergency } : {}),
    ...(isDue('isAutomatic') ? { isAutomatic: to.isAutomatic } : {}),
  };
}

interface Held {
  id: string;
  publishedAt: Date;
  waiting: Waiting;
}

/**
 * The window as it will be once every update of the incident is public: the row, and what still waits, in the order of
 * publication. What was undone no longer counts, and it bears jobs that run late. Pure.
 */
export function windowToCome(incident: MaintenanceWindow, updates: readonly Held[]): MaintenanceWindow {
  const inTurn = updates.toSorted(
    (a, b) => a.publishedAt.getTime() - b.publishedAt.getTime() || (a.id < b.id ? -1 : 1),
  );
  let window = windowOf(incident);
  for (const { waiting } of inTurn) {
    const change = changeOf(waiting);
    if (change) window = { ...window, ...dueOf(window, change.window) };
  }
  return window;
}

/** Somebody switched by hand: what a held update was to switch is decided with that. */
export async function settleSwitch(
  tx: Transaction,
  updates: readonly { id: string; waiting: Waiting }[],
): Promise<void> {
  const { incidentUpdates } = tx.tables;
  for (const { id, waiting } of updates) {
    const change = changeOf(waiting);
    if (!change || change.window.from.isAutomatic === change.window.to.isAutomatic) continue;
    const { from, to } = change.window;
    const settled = { ...change, window: { from, to: { ...to, isAutomatic: from.isAutomatic } } };
    await tx.db.update(incidentUpdates).set({ waiting: settled }).where(eq(incidentUpdates.id, id));
  }
}

/** What was to start at the end of the hold has started with its update, which is dated earlier now; never in the future. */
export function startedEarlier(waiting: Waiting, heldAt: Date, displayAt: Date): Waiting {
  const change = changeOf(waiting);
  if (change?.window.to.startedAt !== heldAt.toISOString()) return waiting;
  const { from, to } = change.window;
  return { ...change, window: { from, to: { ...to, startedAt: displayAt.toISOString() } } };
}
