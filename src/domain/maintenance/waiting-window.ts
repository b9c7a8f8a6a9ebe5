import { z } from 'zod';
import { instant } from '../parse.ts';
import type { MaintenanceWindow } from './window.ts';

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

const plain = (value: Date | string | boolean | null): unknown =>
  value instanceof Date ? value.toISOString() : value;
