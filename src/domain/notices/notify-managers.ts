import { newId } from '../../../db/ids.ts';
import type { Transaction } from '../../../db/store.ts';
import type { NoticeKind } from '../../../db/words.ts';
import type { Context } from '../context.ts';
import { whoMaySee } from '../visibility.ts';

/**
 * Tells every enabled manager who may see the incident, once for each event: `reference` names it within the incident.
 * Inside the transaction of what happened, so that nobody is told of what was not stored.
 */
export async function notifyManagers(
  tx: Transaction,
  context: Context,
  about: {
    incident: { id: string; categoryId: string; isRestricted: boolean; releasedAt: Date | null };
    kind: NoticeKind;
    reference: string;
  },
): Promise<void> {
  const { incident, kind, reference } = about;
  const people = await whoMaySee({ tables: tx.tables, read: tx.db }, incident, context.now);
  const managers = people.filter(({ roles }) => roles.includes('manager'));
  if (managers.length === 0) return;
  const notice = { kind, incidentId: incident.id, reference, createdAt: context.now };
  await tx.db
    .insert(tx.tables.notices)
    .values(managers.map(({ id: userId }) => ({ id: newId(), userId, ...notice })))
    .onConflictDoNothing();
}
