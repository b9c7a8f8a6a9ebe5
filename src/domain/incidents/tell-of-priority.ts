import type { Transaction } from '../../../db/store.ts';
import type { Phase, Priority } from '../../../db/words.ts';
import type { Context } from '../core/context.ts';
import { isOut } from '../core/visibility.ts';
import { notifyManagers } from './notices/notify-people.ts';
import { isFinal } from './phase.ts';
import { type Managed, promiseAnew } from './promises/promise-to-management.ts';
import { isOfThisDesk } from './updates/origin.ts';
import type { Update } from './updates/timeline.ts';

type Classified = Managed & {
  importedFrom: string | null;
  phase: Phase | null;
  categoryId: string;
  isRestricted: boolean;
  releasedAt: Date | null;
  updates: readonly Update[];
};

/** What a new classification means for management: a P0 or P1 begins to owe it news, another priority owes nothing more. What ended elsewhere begins nothing here. */
export async function tellOfPriority(
  tx: Transaction,
  context: Context,
  incident: Classified,
  priority: Priority,
): Promise<void> {
  if (incident.kind !== 'incident' || !isOfThisDesk(incident)) return;
  if (incident.isReviewed && incident.priority === priority) return;
  const latest = incident.updates.find((update) => isOut(update, context.now));
  const isOver = isFinal(latest?.phase ?? null);
  await promiseAnew(tx, context, { ...incident, priority, isReviewed: true }, isOver);
  if (priority !== 'P0' && priority !== 'P1') return;
  const reference = `${priority} ${context.now.toISOString()}`;
  await notifyManagers(tx, context, { incident, kind: 'started', reference });
}
