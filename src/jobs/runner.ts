/** Drives what time changes and what commits promise: a timetable and the outbox, each run under a lease, with retries. */
import { and, asc, eq, isNull, lte, or } from 'drizzle-orm';
import { newId } from '../../db/ids.ts';
import { type Application, contextOf } from '../application.ts';
import { operator } from '../domain/access/authorize.ts';
import type { Context } from '../domain/context.ts';
import { deliveries } from './deliveries.ts';
import { timetable } from './timetable.ts';

/** A run that has not come back by then may be taken over by another instance. */
const leaseMs = 60_000;
const pollMs = 1_000;
const retryMs = (attempts: number): number => Math.min(1_000 * 2 ** attempts, 15 * 60_000);

export interface Jobs {
  /** Does what is due now; tests call it instead of waiting. */
  runDue: () => Promise<void>;
  stop: () => Promise<void>;
}

export function startJobs(app: Application): Jobs {
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;
  const instance = newId();

  async function once(): Promise<void> {
    if (isStopped) return;
    const context = contextOf(app, operator('system'));
    await runTimetable(context, app, instance).catch((error) => app.log.warn({ err: error }, 'timetable waits for the database'));
    await runOutbox(context, app).catch((error) => app.log.warn({ err: error }, 'outbox waits for the database'));
  }
  const runDue = (): Promise<void> => {
    running = running.then(once);
    return running;
  };
  const timer = setInterval(() => void runDue(), pollMs);
  timer.unref();
  const stopListening = app.store.onChange((tags) => {
    if (tags?.has('outbox')) void runDue();
  });
  return {
    runDue,
    async stop() {
      isStopped = true;
      clearInterval(timer);
      stopListening();
      await running;
    },
  };
}

async function runTimetable(context: Context, app: Application, instance: string): Promise<void> {
  const { jobs } = context.store.tables;
  const known = await context.store.read.select().from(jobs);
  for (const [name, line] of Object.entries(timetable)) {
    const row = known.find((job) => job.name === name);
    const isDue = !row || (row.nextAt <= context.now && (row.leaseUntil === null || row.leaseUntil <= context.now));
    if (!isDue) continue;
    const leaseUntil = new Date(context.now.getTime() + leaseMs);
    const isOurs = await context.store.transaction(async ({ db }) => {
      if (!row) {
        const added = await db.insert(jobs).values({ name, nextAt: context.now, leaseUntil, attempts: 0 }).onConflictDoNothing().returning();
        return added.length > 0;
      }
      const free = or(isNull(jobs.leaseUntil), lte(jobs.leaseUntil, context.now));
      const taken = await db.update(jobs).set({ leaseUntil }).where(and(eq(jobs.name, name), lte(jobs.nextAt, context.now), free)).returning();
      return taken.length > 0;
    });
    if (!isOurs) continue;
    const failure = await attempt(() => line.run(context));
    if (failure) app.log.error({ job: name, instance, err: failure }, 'job failed');
    const attempts = failure ? (row?.attempts ?? 0) + 1 : 0;
    const wait = failure ? Math.min(retryMs(attempts), line.everyMs) : line.everyMs;
    const done = { leaseUntil: null, attempts, lastError: failure?.message ?? null, nextAt: new Date(context.now.getTime() + wait) };
    await context.store.transaction(({ db }) => db.update(jobs).set(done).where(eq(jobs.name, name)));
  }
}

/** At least once: a row is done only after its work; the work must bear being repeated. */
async function runOutbox(context: Context, app: Application): Promise<void> {
  const { outbox } = context.store.tables;
  const isFree = or(isNull(outbox.leaseUntil), lte(outbox.leaseUntil, context.now));
  const isDue = and(isNull(outbox.doneAt), lte(outbox.dueAt, context.now), isFree);
  const due = await context.store.read.select().from(outbox).where(isDue).orderBy(asc(outbox.dueAt), asc(outbox.id)).limit(50);
  for (const row of due) {
    const leaseUntil = new Date(context.now.getTime() + leaseMs);
    const taken = await context.store.transaction(({ db }) =>
      db.update(outbox).set({ leaseUntil, attempts: row.attempts + 1 }).where(and(eq(outbox.id, row.id), isDue)).returning(),
    );
    if (taken.length === 0) continue;
    const deliver = deliveries[row.kind];
    const failure = deliver ? await attempt(() => deliver(context, row.payload)) : new Error(`Nothing delivers ${row.kind}.`);
    if (failure) app.log.error({ outbox: row.id, kind: row.kind, err: failure }, 'delivery failed');
    const result = failure
      ? { leaseUntil: null, lastError: failure.message, dueAt: new Date(context.now.getTime() + retryMs(row.attempts)) }
      : { leaseUntil: null, lastError: null, doneAt: context.now };
    await context.store.transaction(({ db }) => db.update(outbox).set(result).where(eq(outbox.id, row.id)));
  }
}

async function attempt(work: () => Promise<unknown>): Promise<Error | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
