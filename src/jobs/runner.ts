/** Drives what time changes and what commits promise: a timetable and the outbox, each run under a lease, with retries. */
import { and, asc, eq, isNull, lte, or } from 'drizzle-orm';
import { newId } from '../../db/ids.ts';
import { type Application, contextOf } from '../application.ts';
import { operator } from '../domain/core/authorize.ts';
import type { Context } from '../domain/core/context.ts';
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

/** One runner among those that share a database. */
interface Instance {
  app: Application;
  id: string;
  isStopped: () => boolean;
}

export function startJobs(app: Application): Jobs {
  let running: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | null = null;
  let isStopped = false;
  const instance: Instance = { app, id: newId(), isStopped: () => isStopped };

  async function once(): Promise<void> {
    waiting = null;
    if (isStopped) return;
    await runTimetable(instance).catch((error) =>
      app.log.warn({ err: error }, 'timetable waits for the database'),
    );
    await runOutbox(instance).catch((error) => app.log.warn({ err: error }, 'outbox waits for the database'));
  }
  /** One run waits behind the one at work, however often it is asked for meanwhile. */
  const runDue = (): Promise<void> => {
    if (!waiting) {
      waiting = running.then(once);
      running = waiting;
    }
    return waiting;
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

/** The present moment anew for each piece of work: a lease must not begin in the past because the one before it was slow. */
const contextNow = (app: Application): Context => contextOf(app, operator('system'));
const later = (context: Context, ms: number): Date => new Date(context.now.getTime() + ms);

async function runTimetable({ app, id, isStopped }: Instance): Promise<void> {
  const { jobs } = app.store.tables;
  const known = await app.store.read.select().from(jobs);
  for (const [name, line] of Object.entries(timetable)) {
    const context = contextNow(app);
    const row = known.find((job) => job.name === name);
    const isDue =
      !row || (row.nextAt <= context.now && (row.leaseUntil === null || row.leaseUntil <= context.now));
    if (!isDue || isStopped()) continue;
    const leaseUntil = later(context, leaseMs);
    const isOurs = await app.store.transaction(async ({ db }) => {
      if (!row) {
        const added = await db
          .insert(jobs)
          .values({ name, nextAt: context.now, leaseUntil, attempts: 0 })
          .onConflictDoNothing()
          .returning();
        return added.length > 0;
      }
      const free = or(isNull(jobs.leaseUntil), lte(jobs.leaseUntil, context.now));
      const taken = await db
        .update(jobs)
        .set({ leaseUntil })
        .where(and(eq(jobs.name, name), lte(jobs.nextAt, context.now), free))
        .returning();
      return taken.length > 0;
    });
    if (!isOurs) continue;
    const failure = await attempt(() => line.run(context));
    if (failure) app.log.error({ job: name, instance: id, err: failure }, 'job failed');
    const attempts = failure ? (row?.attempts ?? 0) + 1 : 0;
    const wait = failure ? Math.min(retryMs(attempts), line.everyMs) : line.everyMs;
    const done = {
      leaseUntil: null,
      attempts,
      lastError: failure?.message ?? null,
      nextAt: later(contextNow(app), wait),
    };
    // Another instance may have taken over a run that lasted longer than its lease.
    const stillOurs = and(eq(jobs.name, name), eq(jobs.leaseUntil, leaseUntil));
    await app.store.transaction(({ db }) => db.update(jobs).set(done).where(stillOurs));
  }
}

/** At least once: a row is done only after its work; the work must bear being repeated. */
async function runOutbox({ app, isStopped }: Instance): Promise<void> {
  const { outbox } = app.store.tables;
  const isDueAt = (now: Date) =>
    and(
      isNull(outbox.doneAt),
      lte(outbox.dueAt, now),
      or(isNull(outbox.leaseUntil), lte(outbox.leaseUntil, now)),
    );
  const due = await app.store.read
    .select()
    .from(outbox)
    .where(isDueAt(app.now()))
    .orderBy(asc(outbox.dueAt), asc(outbox.id))
    .limit(50);
  for (const row of due) {
    if (isStopped()) return;
    const context = contextNow(app);
    const leaseUntil = later(context, leaseMs);
    const taken = await app.store.transaction(({ db }) =>
      db
        .update(outbox)
        .set({ leaseUntil, attempts: row.attempts + 1 })
        .where(and(eq(outbox.id, row.id), isDueAt(context.now)))
        .returning(),
    );
    if (taken.length === 0) continue;
    const deliver = deliveries[row.kind];
    const failure = deliver
      ? await attempt(() => deliver(context, row.payload))
      : new Error(`Nothing delivers ${row.kind}.`);
    if (failure) app.log.error({ outbox: row.id, kind: row.kind, err: failure }, 'delivery failed');
    const after = contextNow(app);
    const result = failure
      ? { leaseUntil: null, lastError: failure.message, dueAt: later(after, retryMs(row.attempts)) }
      : { leaseUntil: null, lastError: null, doneAt: after.now };
    const isOurs = and(eq(outbox.id, row.id), eq(outbox.leaseUntil, leaseUntil));
    await app.store.transaction(({ db }) => db.update(outbox).set(result).where(isOurs));
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
