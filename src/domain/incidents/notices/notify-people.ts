import { newId } from '../../../../db/ids.ts';
import type { Transaction } from '../../../../db/store.ts';
import type { NoticeKind, Role } from '../../../../db/words.ts';
import { isAllowed } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { whoMaySee } from '../../core/visibility.ts';
import type { KindTo } from './notice-kinds.ts';

export interface About<K extends NoticeKind = NoticeKind> {
  incident: { id: string; categoryId: string; isRestricted: boolean; releasedAt: Date | null };
  kind: K;
  /** Names the event within the incident, so that it is told once. */
  reference: string;
  /** Whose act it was, who is not told of it; left out, the actor's. Null where something is asked, of whom it may be. */
  by?: string | null;
}

export interface Addressee {
  userId: string;
  roles: ReadonlySet<Role>;
}

/**
 * Tells those enabled people who may see the incident and whom `isMeant` picks, once for each event however often it is called.
 * Inside the transaction of what happened, so that nobody is told of what was not stored. A reminder looks again when its row
 * of the outbox runs: who is asked, whether it is still so, and whether the deadline is the one it was made for.
 */
export const notifyPeople = (
  tx: Transaction,
  context: Context,
  about: About<KindTo<'asked'>>,
  isMeant: (person: Addressee) => boolean,
): Promise<void> => notify(tx, context, { ...about, by: null }, isMeant);

/** The same for every manager, but nobody of their own act. */
export const notifyManagers = (
  tx: Transaction,
  context: Context,
  about: About<KindTo<'managers'>>,
): Promise<void> => notify(tx, context, about, (person) => isAllowed(person, 'management.read'));

/** The same for everybody inside, but nobody of their own act. */
export const notifyEverybody = (
  tx: Transaction,
  context: Context,
  about: About<KindTo<'everybody'>>,
): Promise<void> => notify(tx, context, about, ({ roles }) => roles.size > 0);

async function notify(
  tx: Transaction,
  context: Context,
  { incident, kind, reference, by = context.actor.userId }: About,
  isMeant: (person: Addressee) => boolean,
): Promise<void> {
  const people = await whoMaySee(tx, incident, context.now);
  const meant = people.filter(({ id, roles }) => id !== by && isMeant({ userId: id, roles: new Set(roles) }));
  if (meant.length === 0) return;
  const notice = { kind, incidentId: incident.id, reference, createdAt: context.now };
  await tx.db
    .insert(tx.tables.notices)
    .values(meant.map(({ id: userId }) => ({ id: newId(), userId, ...notice })))
    .onConflictDoNothing();
}
