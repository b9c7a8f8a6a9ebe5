/**
 * Customers are told by CSUP: who tells them something without that role says why, and CSUP reads it. That holds
 * for updates, corrections and releases, whether one's own incident or the first word on it. Not asked is what starts and
 * completes by itself, whose announcement had its reason, nor who publishes a report, which is for management too.
 */
import { newId } from '../../../../db/ids.ts';
import type { Transaction } from '../../../../db/store.ts';
import type { StandInAct } from '../../../../db/words.ts';
import { isAllowed } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import type { FieldRefusal } from '../../core/errors.ts';

/**
 * Whether the actor stands in for CSUP. People and their tokens only: the operator at the command line, an import and
 * the timetable tell customers nothing that nobody wrote and gave a reason for.
 */
export const isStandIn = ({ actor }: Pick<Context, 'actor'>): boolean =>
  actor.userId !== null && !isAllowed(actor, 'customers.tell');

interface Reasons {
  standInReason?: string | undefined;
  /** One reason answers both questions: whoever stands in is not on call for CSUP either. */
  offDutyReason?: string | undefined;
}

/** Null for CSUP. Else the reason that is stored, or the refusal where there is none. */
export function findStandIn(
  context: Pick<Context, 'actor'>,
  { standInReason, offDutyReason }: Reasons,
): { reason?: string; refusal?: FieldRefusal } | null {
  if (!isStandIn(context)) return null;
  const reason = [standInReason, offDutyReason].map((given) => given?.trim() ?? '').find(Boolean);
  return reason === undefined ? { refusal: { path: 'standInReason', key: 'stand_in' } } : { reason };
}

/** Stores the reason for CSUP; nothing where none was needed. `updateId` is null for a release. */
export async function recordStandIn(
  tx: Transaction,
  context: Context,
  { incidentId, updateId, act }: { incidentId: string; updateId: string | null; act: StandInAct },
  reason: string | undefined,
): Promise<void> {
  if (reason === undefined) return;
  const { standIns } = tx.tables;
  const by = { createdBy: context.actor.userId, createdAt: context.now };
  await tx.db.insert(standIns).values({ id: newId(), incidentId, updateId, act, reason, ...by });
}
