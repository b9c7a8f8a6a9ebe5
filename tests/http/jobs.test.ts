/** Work that time or a commit promises: once among several instances, again after a failure, and never forgotten by a restart. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newId } from '../../db/ids.ts';
import type { OutboxKind } from '../../db/words.ts';
import type { Application } from '../../src/application.ts';
import { parseConfig } from '../../src/config.ts';
import { enqueue } from '../../src/domain/core/jobs/enqueue.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { deliveries } from '../../src/jobs/deliveries.ts';
import { type Jobs, startJobs } from '../../src/jobs/runner.ts';
import { timetable } from '../../src/jobs/timetable.ts';
import { closeApplication, openApplication } from '../../src/open-application.ts';
import { postgresUrl } from '../support/postgres.ts';
import { startTestServer } from '../support/server.ts';
import { asOperator, night } from '../support/world.ts';

test('a held update is public at its instant although the server was restarted in between, and gets its number', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'klartext-jobs-'));
  const env = { DATABASE_URL: `file:${join(folder, 'jobs.db')}`, DATA_DIR: folder };
  try {
    const first = await startTestServer({ env });
    const texts = {
      en: { title: 'Held over a restart', body: 'This was written just before the server went away.' },
    };
    const { id } = await openIncident(first.context(), {
      category: 'api',
      phase: 'investigating',
      texts,
      holdSeconds: 30,
    });
    await first.stop();

    const second = await startTestServer({ env, now: new Date(night.getTime() + 10_000) });
    const number = async (): Promise<unknown> => {
      const answer = await second.fetch(`/api/v1/incidents/${id}`);
      const body: { incident?: { number: number | null } } = await answer.json();
      return answer.status === 200 ? body.incident?.number : answer.status;
    };
    expect(await number()).toBe(404);
    second.clock.now = new Date(night.getTime() + 30_000);
    expect(await second.text('/')).toContain('Held over a restart');
    await vi.waitFor(async () => expect(await number()).toBe(1), 5_000);
    expect(await second.text(`/incidents/${id}`)).toContain('Incident 1');
    await second.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Two instances on one database, with a clock that stands still. */
interface Bench {
  apps: [Application, Application];
  jobs: [Jobs, Jobs];
  clock: { now: Date };
  seconds: (count: number) => void;
}

/** As one of another version would be. */
const kind = 'test-delivery' as OutboxKind;
const job = 'test-job';
let bench: Bench;
let cleanUp: () => Promise<void>;

async function open(postgres?: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'klartext-jobs-'));
  const clock = { now: night };
  const host = postgres ? await startTestServer({ postgres }) : null;
  const url = host ? host.app.config.databaseUrl : `file:${join(folder, 'jobs.db')}`;
  const instance = () =>
    openApplication(parseConfig({ DATABASE_URL: url, DATA_DIR: folder }), {
      now: () => clock.now,
      log: pino({ level: 'silent' }),
    });
  const apps: Bench['apps'] = [await instance(), await instance()];
  const jobs: Bench['jobs'] = [startJobs(apps[0]), startJobs(apps[1])];
  // The jobs that ship with the product are out of the way for an hour.
  await jobs[0].runDue();
  bench = {
    apps,
    jobs,
    clock,
    seconds(count) {
      clock.now = new Date(clock.now.getTime() + count * 1_000);
    },
  };
  cleanUp = async () => {
    delete deliveries[kind];
    delete timetable[job];
    await Promise.all(jobs.map((each) => each.stop()));
    await Promise.all(apps.map(closeApplication));
    await host?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
afterEach(() => cleanUp?.());

const both = (): Promise<unknown> => Promise.all(bench.jobs.map((jobs) => jobs.runDue()));

/** Promised work, put there without waking anybody. */
async function promise(count = 1, more: { attempts?: number; leaseUntil?: Date } = {}): Promise<void> {
  const { now } = bench.clock;
  const made = Array.from({ length: count }, (_, at) => ({
    id: newId(),
    kind,
    payload: { at },
    createdAt: now,
    dueAt: now,
    attempts: 0,
    ...more,
  }));
  await bench.apps[0].store.transaction(({ db, tables }) => db.insert(tables.outbox).values(made));
}

async function rows() {
  const { read, tables } = bench.apps[0].store;
  return read.select().from(tables.outbox).where(eq(tables.outbox.kind, kind));
}
const row = async () => {
  const [only] = await rows();
  if (!only) throw new Error('There is no such delivery.');
  return only;
};
const inSeconds = (at: Date | null | undefined): number =>
  ((at?.getTime() ?? 0) - bench.clock.now.getTime()) / 1_000;

/** Work that waits until it is let go, and counts how often it began. */
function gate() {
  const state: { begun: number; open: () => void } = { begun: 0, open: () => undefined };
  const opened = new Promise<void>((done) => {
    state.open = done;
  });
  return {
    state,
    work: async (): Promise<void> => {
      state.begun += 1;
      await opened;
    },
  };
}

const engines: [string, string | undefined][] = [['sqlite', undefined]];
if (postgresUrl) engines.push(['postgres', postgresUrl]);

describe.each(engines)('two instances on one %s', (_engine, postgres) => {
  beforeEach(() => open(postgres));

  test('run a line of the timetable once a turn', async () => {
    const ran: number[] = [];
    timetable[job] = { everyMs: 60_000, run: async () => ran.push(inSeconds(night)) };
    await both();
    await both();
    expect(ran).toHaveLength(1);
    bench.seconds(59);
    await both();
    expect(ran).toHaveLength(1);
    bench.seconds(1);
    await both();
    expect(ran).toHaveLength(2);
  });

  test('wait for each other as long as the lease lasts, and take over when it is over', async () => {
    const [first, second] = [gate(), gate()];
    timetable[job] = {
      everyMs: 600_000,
      run: () => (first.state.begun === 0 ? first.work() : second.work()),
    };
    const line = async () => {
      const { read, tables } = bench.apps[0].store;
      const [found] = await read.select().from(tables.jobs).where(eq(tables.jobs.name, job));
      return [inSeconds(found?.leaseUntil), inSeconds(found?.nextAt)];
    };
    const slow = bench.jobs[0].runDue();
    await vi.waitFor(() => expect(first.state.begun).toBe(1));
    bench.seconds(59);
    await bench.jobs[1].runDue();
    expect(second.state.begun).toBe(0);
    bench.seconds(2);
    const other = bench.jobs[1].runDue();
    await vi.waitFor(() => expect(second.state.begun).toBe(1));
    // The one that lost its lease must not give away that of the other.
    first.state.open();
    await slow;
    expect(await line()).toEqual([60, -61]);
    second.state.open();
    await other;
    expect((await line())[1]).toBe(600);
  });

  test('deliver what was promised once, at once after the commit, and nothing of what was rolled back', async () => {
    const delivered: unknown[] = [];
    deliveries[kind] = async (_context, { at }) => delivered.push(at);
    const context = asOperator(bench.apps[0].store, bench.clock.now);
    const enqueued = (at: string | number, end: () => void) =>
      context.store.transaction(async (tx) => {
        await enqueue(tx, context, { kind, payload: { at } });
        end();
      });
    await Promise.all([0, 1, 2, 3, 4].map((at) => enqueued(at, () => undefined)));
    const rolledBack = () => {
      throw new Error('rolled back');
    };
    await expect(enqueued('never', rolledBack)).rejects.toThrow('rolled back');
    // The poll comes each second; this is sooner.
    await vi.waitFor(() => expect(delivered).toHaveLength(5), 700);
    await both();
    expect(delivered.map(String).sort()).toEqual(['0', '1', '2', '3', '4']);
    expect(
      (await rows()).every(
        ({ doneAt, leaseUntil, attempts }) => doneAt !== null && leaseUntil === null && attempts === 1,
      ),
    ).toBe(true);
  });
});

describe('a delivery', () => {
  beforeEach(() => open());

  test('that fails is tried again after 1, 2, 4 … seconds, and its last error is kept', async () => {
    let failures = 3;
    deliveries[kind] = async () => {
      failures -= 1;
      if (failures >= 0) throw new Error(`The mail server is away, ${failures} to go.`);
    };
    await promise();
    for (const [attempts, wait] of [
      [1, 1],
      [2, 2],
      [3, 4],
    ] as const) {
      await both();
      const failed = await row();
      expect([failed.attempts, inSeconds(failed.dueAt), failed.leaseUntil, failed.doneAt]).toEqual([
        attempts,
        wait,
        null,
        null,
      ]);
      expect(failed.lastError).toBe(`The mail server is away, ${3 - attempts} to go.`);
      bench.seconds(wait - 0.001);
      await both();
      expect((await row()).attempts).toBe(attempts);
      bench.seconds(0.001);
    }
    await both();
    const { doneAt, lastError, attempts } = await row();
    expect([doneAt, lastError, attempts]).toEqual([bench.clock.now, null, 4]);
  });

  test('waits at most a quarter of an hour, however often it failed', async () => {
    deliveries[kind] = async () => {
      throw new Error('never');
    };
    await promise(1, { attempts: 500 });
    await bench.jobs[0].runDue();
    expect(inSeconds((await row()).dueAt)).toBe(900);
  });

  test('whose process died is done by another one when the lease is over', async () => {
    const delivered = vi.fn(async () => undefined);
    deliveries[kind] = delivered;
    await promise(1, { leaseUntil: new Date(night.getTime() + 60_000), attempts: 1 });
    await both();
    expect(delivered).not.toHaveBeenCalled();
    bench.seconds(60);
    await both();
    expect(delivered).toHaveBeenCalledTimes(1);
    expect(await row()).toMatchObject({ attempts: 2, leaseUntil: null, doneAt: bench.clock.now });
  });

  test('of a kind that nobody knows is kept and told', async () => {
    await promise();
    await both();
    expect(await row()).toMatchObject({ doneAt: null, lastError: `Nothing delivers ${kind}.` });
  });

  test('that is slow leaves the next one its whole lease', async () => {
    const leases: number[] = [];
    deliveries[kind] = async () => {
      const { read, tables } = bench.apps[1].store;
      const [leased] = (await read.select().from(tables.outbox)).filter(
        ({ leaseUntil, doneAt }) => leaseUntil !== null && doneAt === null,
      );
      leases.push(inSeconds(leased?.leaseUntil));
      bench.seconds(50);
    };
    await promise(3);
    await bench.jobs[0].runDue();
    expect(leases).toEqual([60, 60, 60]);
  });

  test('that hangs gathers no crowd behind it, and the end of the process waits for it alone', async () => {
    const { state, work } = gate();
    deliveries[kind] = work;
    await promise(3);
    const [jobs] = bench.jobs;
    const asked = [jobs.runDue()];
    await vi.waitFor(() => expect(state.begun).toBe(1));
    asked.push(...Array.from({ length: 200 }, () => jobs.runDue()));
    expect(new Set(asked).size).toBeLessThanOrEqual(3);
    const stopped = jobs.stop();
    state.open();
    await stopped;
    await Promise.all(asked);
    expect(state.begun).toBe(1);
    expect((await rows()).filter(({ doneAt }) => doneAt !== null)).toHaveLength(1);
  });
});
