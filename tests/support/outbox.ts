/** What commits promised and is due, done at once: by itself, or with all else that the runner does. */
import { and, asc, isNull, lte } from 'drizzle-orm';
import { pino } from 'pino';
import type { Store } from '../../db/store.ts';
import { languages } from '../../db/words.ts';
import type { Application } from '../../src/application.ts';
import { operator } from '../../src/domain/core/authorize.ts';
import { deliveries } from '../../src/jobs/deliveries.ts';
import { startJobs } from '../../src/jobs/runner.ts';
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

/** What the runner does at `now`, in an application that has just been started. */
export async function runJobs(store: Store, now: Date): Promise<void> {
  const { renderTexts } = asOperator(store);
  const app = {
    store,
    log: pino({ level: 'silent' }),
    now: () => now,
    safeHtml: { render: renderTexts },
    instance: { seal: null },
    offered: { languages },
  };
  const { runDue, stop } = startJobs(app as unknown as Application);
  await runDue();
  await stop();
}
