/** What commits promised and is due, done at once and without a runner. */
import { and, asc, isNull, lte } from 'drizzle-orm';
import type { Store } from '../../db/store.ts';
import { operator } from '../../src/domain/core/authorize.ts';
import { deliveries } from '../../src/jobs/deliveries.ts';
import { asOperator } from './world.ts';

/** Does every due row as the job's runner would; with `again` also those that are done, to show that this does no harm. */
export async function runOutbox(store: Store, now: Date, { again = false } = {}): Promise<void> {
  const { outbox } = store.tables;
  const isDue = and(lte(outbox.dueAt, now), again ? undefined : isNull(outbox.doneAt));
  const rows = await store.read.select().from(outbox).where(isDue).orderBy(asc(outbox.dueAt), asc(outbox.id));
  for (const { kind, payload } of rows) {
    const deliver = deliveries[kind];
    if (!deliver) throw new Error(`Nothing delivers ${kind}.`);
    await deliver({ ...asOperator(store, now), actor: operator('system') }, payload);
  }
  if (again) return;
  await store.transaction(({ db }) => db.update(outbox).set({ doneAt: now }).where(isDue));
}
