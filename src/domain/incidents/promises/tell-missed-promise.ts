import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '../../core/context.ts';
import { notifyManagers } from '../notices/notify-people.ts';
import { isMissed } from './promise-state.ts';
import { readPublicUpdates, recordPromises } from './record-promises.ts';

const due = z.object({ promiseId: z.string() });

/**
 * Runs when the time of a promise to customers is over: tells management when nothing came. A row that was
 * answered in time meanwhile does nothing; what became public at this very instant is looked at first.
 */
export async function tellMissedPromise(context: Context, payload: unknown): Promise<void> {
  const { promiseId } = due.parse(payload);
  await context.store.transaction(async (tx) => {
    const { incidents, promises } = tx.tables;
    const find = async () => {
      const [row] = await tx.db
        .select({ promise: promises, incident: incidents })
        .from(promises)
        .innerJoin(incidents, eq(promises.incidentId, incidents.id))
        .where(eq(promises.id, promiseId));
      return row;
    };
    const found = await find();
    if (!found) return;
    const { id } = found.incident;
    await recordPromises(tx, context, id, await readPublicUpdates(tx, id, context.now));
    const row = await find();
    if (!row || !isMissed(row.promise, context.now)) return;
    await notifyManagers(tx, context, {
      incident: row.incident,
      kind: 'promise_missed',
      reference: promiseId,
    });
  });
}
