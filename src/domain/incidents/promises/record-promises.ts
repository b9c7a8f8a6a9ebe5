import { and, asc, eq, sql } from 'drizzle-orm';
import { builtOnce } from '../../../../db/built-once.ts';
import { newId } from '../../../../db/ids.ts';
import type { Transaction } from '../../../../db/store.ts';
import type { Context } from '../../core/context.ts';
import { enqueue } from '../../core/jobs/enqueue.ts';
import { publicUpdates } from '../../core/visibility.ts';
import { isFinal } from '../phase.ts';
import { type Telling, type ToldUpdate, tellingUpdates } from './telling-updates.ts';

export interface PublicUpdate extends ToldUpdate {
  /** It came with an import. */
  isImported: boolean;
  /** Whose it is; left out where the actor writes it now. */
  createdBy?: string | null;
}

/** What of an incident is public at `now`, as promises see it. */
export async function readPublicUpdates(
  tx: Transaction,
  incidentId: string,
  now: Date,
): Promise<PublicUpdate[]> {
  const { incidentUpdates } = tx.tables;
  return tx.db
    .select({
      id: incidentUpdates.id,
      phase: incidentUpdates.phase,
      displayAt: incidentUpdates.displayAt,
      publishedAt: incidentUpdates.publishedAt,
      nextUpdateBy: incidentUpdates.nextUpdateBy,
      createdBy: incidentUpdates.createdBy,
      isImported: sql<boolean>`${incidentUpdates.source} is not null`.mapWith(Boolean),
    })
    .from(incidentUpdates)
    .where(and(eq(incidentUpdates.incidentId, incidentId), publicUpdates(tx.tables, now)));
}

const promisesToCustomers = builtOnce(({ read, tables: { promises } }) =>
  read
    .select()
    .from(promises)
    .where(and(eq(promises.incidentId, sql.placeholder('incidentId')), eq(promises.audience, 'customers')))
    .orderBy(asc(promises.madeAt), asc(promises.id)),
);

/**
 * Brings the stored promises to customers in line with `updates`, what is public at `context.now`: each that was news answers
 * the promise before it and makes its own. Bears being repeated and running late: the times are those of the updates. A
 * stored answer never changes, a correction answers nothing; an imported update neither answers nor promises
 * (`answerByImport`). Returns the updates written here that were news, oldest first. That a promise has passed needs no row:
 * pages, JSON and desk read it from the newest visible update and the clock.
 */
export async function recordPromises(
  tx: Transaction,
  context: Context,
  incidentId: string,
  updates: readonly PublicUpdate[],
): Promise<Telling<PublicUpdate>[]> {
  const { promises } = tx.tables;
  // What was imported tells the phase before, but nobody promised anything with it here.
  const telling = tellingUpdates(updates).filter(({ update }) => !update.isImported);
  const stored = await promisesToCustomers(tx, { incidentId });
  const byUpdate = new Map(stored.map((promise) => [promise.updateId, promise]));
  for (const [at, { update }] of telling.entries()) {
    const answeredAt = telling[at + 1]?.update.publishedAt ?? null;
    const known = byUpdate.get(update.id);
    if (known) {
      const isOwed = known.answeredAt === null && known.withdrawnAt === null;
      if (isOwed && answeredAt) {
        await tx.db.update(promises).set({ answeredAt }).where(eq(promises.id, known.id));
      }
      // A release made the promise anew, to readers who had none before.
      const dueAt = update.nextUpdateBy;
      if (isOwed && !answeredAt && dueAt && update.publishedAt.getTime() !== known.madeAt.getTime()) {
        const anew = { madeAt: update.publishedAt, dueAt };
        await tx.db.update(promises).set(anew).where(eq(promises.id, known.id));
        await tellWhenMissed(tx, context, { id: known.id, dueAt });
      }
      continue;
    }
    if (update.nextUpdateBy === null || isFinal(update.phase)) continue;
    const promise = { id: newId(), madeAt: update.publishedAt, dueAt: update.nextUpdateBy, answeredAt };
    await tx.db
      .insert(promises)
      .values({ ...promise, incidentId, audience: 'customers', updateId: update.id });
    if (answeredAt === null) await tellWhenMissed(tx, context, promise);
  }
  return telling;
}

const tellWhenMissed = (tx: Transaction, context: Context, promise: { id: string; dueAt: Date }) =>
  enqueue(tx, context, {
    kind: 'tell-missed-promise',
    payload: { promiseId: promise.id },
    dueAt: promise.dueAt,
  });
