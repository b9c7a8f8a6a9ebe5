import { and, asc, eq, isNull } from 'drizzle-orm';
import { newId } from '../../../../db/ids.ts';
import type { Transaction } from '../../../../db/store.ts';
import { act } from '../../core/act.ts';
import { rolesAllow } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { invalid } from '../../core/errors.ts';
import { visibleIncidents } from '../../core/visibility.ts';
import { offerHandOverInput } from '../../people/roster/roster-input.ts';
import { ownUserId } from '../../people/users/own-user-id.ts';

/**
 * Offers the open promises to customers, as the giver sees them now, to the next person on call, who accepts them. A newer
 * offer replaces one that nobody accepted. Returns the hand-over's id. Each reader sees those of incidents that he may see; the
 * audit names neither promises nor note.
 */
export const offerHandOver = act({
  permission: 'roster.hand-over',
  input: offerHandOverInput,
  audits: ['hand-over.offered'],
  async work({ tx, context, audit }, wanted): Promise<{ id: string }> {
    const fromId = ownUserId(context);
    const { handOvers } = tx.tables;
    await checkTaker(tx, fromId, wanted.toId);
    const waiting = and(eq(handOvers.fromId, fromId), isNull(handOvers.acceptedAt));
    await tx.db.delete(handOvers).where(waiting);
    const id = newId();
    await tx.db.insert(handOvers).values({
      id,
      duty: 'csup',
      fromId,
      toId: wanted.toId,
      note: wanted.note?.trim() ?? '',
      promiseIds: await openPromises(tx, context),
      createdAt: context.now,
    });
    // Neither the promises nor the note: they may tell of restricted incidents to those who read the audit.
    await audit({
      action: 'hand-over.offered',
      subjectType: 'hand-over',
      subjectId: id,
      after: { fromId, toId: wanted.toId },
    });
    return { id };
  },
});

async function checkTaker(tx: Transaction, fromId: string, toId: string): Promise<void> {
  const { users } = tx.tables;
  if (toId === fromId) throw invalid('toId', 'hand_over_to_self');
  const [user] = await tx.db.select().from(users).where(eq(users.id, toId));
  if (!user) throw invalid('toId', 'unknown_user');
  if (user.disabledAt || !rolesAllow(user.roles, 'roster.hand-over'))
    throw invalid('toId', 'cannot_be_on_call');
}

async function openPromises(tx: Transaction, context: Context): Promise<string[]> {
  const { promises, incidents } = tx.tables;
  const rows = await tx.db
    .select({ id: promises.id })
    .from(promises)
    .innerJoin(incidents, eq(promises.incidentId, incidents.id))
    .where(
      and(
        eq(promises.audience, 'customers'),
        isNull(promises.answeredAt),
        isNull(promises.withdrawnAt),
        visibleIncidents(context),
      ),
    )
    .orderBy(asc(promises.dueAt), asc(promises.id));
  return rows.map(({ id }) => id);
}
