import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { pino } from 'pino';
import { parseConfig } from '../../src/config.ts';
import { closeApplication, openApplication } from '../../src/open-application.ts';
import { addFormerPerson } from '../support/server.ts';
import type { Figure } from './figure.ts';
import { fill } from './fill.ts';
import type { FloodOrder } from './flood-worker.ts';
import { databaseIn, type ServerProcess, startProcess } from './server-process.ts';

const connections = 64;
const seconds = 6;

/** Paths and ids that nobody has: pages, feeds, versions, months, with and without a language, encoded, of the API. */
const unknown = (): string[] => {
  const id = randomBytes(6).toString('hex');
  return [
    `/${id}`,
    `/${id}/wp-login.php`,
    `/de/${id}`,
    `/incidents/${id}`,
    `/de/incidents/${id}`,
    `/incident%73/${id}`,
    `/categories/${id}`,
    `/categories/${id}/feed.rss`,
    `/reports/${id}`,
    `/reports/${id}/v1`,
    `/reports/category/${id}`,
    `/history/19${id.replace(/\D/g, '7').slice(0, 2)}-07`,
    `/api/v1/incidents/${id}`,
    `/api/v1/${id}`,
  ];
};
const kinds = unknown().length;
const nextUnknown = (n: number): string => unknown()[n % kinds] ?? '';

/** Home while others ask for what is not there, and for what is there and never was asked for. */
export async function benchFlood(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'klartext-bench-'));
  try {
    const ids = await fillFolder(folder, 3_000);
    const server = await startProcess(folder);
    try {
      const quiet = await beside(server, 0, nextUnknown);
      const flooded = await beside(server, connections, nextUnknown);
      const cold = ids.flatMap((id) => [`/incidents/${id}`, `/de/incidents/${id}`]);
      const crawled = await beside(server, connections, (n) => cold[n % cold.length] ?? '');
      const figure = (what: string, { p99, answered }: Beside, limit: number | null): Figure[] => [
        { name: `home, p99, ${what}`, value: p99, limit, unit: 'ms' },
        {
          name: 'requests of the flood answered in a second',
          value: answered / seconds,
          limit: null,
          unit: '',
        },
      ];
      return [
        ...figure('alone', quiet, null).slice(0, 1),
        ...figure(`beside ${connections} connections on unknown addresses`, flooded, 50),
        ...figure(`beside ${connections} connections on cold pages`, crawled, 50),
      ];
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Beside {
  p99: number;
  answered: number;
}

/** Asks for the home page fifty times a second beside `count` connections that ask without a pause, from a thread of their own. */
async function beside(server: ServerProcess, count: number, next: (n: number) => string): Promise<Beside> {
  const until = performance.now() + seconds * 1_000;
  const paths = Array.from({ length: 20_000 }, (_, n) => next(n));
  const flood = count > 0 ? startFlood({ url: server.url, connections: count, seconds, paths }) : 0;
  const times: number[] = [];
  while (performance.now() < until) {
    const started = performance.now();
    await (await fetch(server.url)).arrayBuffer();
    times.push(performance.now() - started);
    await new Promise((done) => setTimeout(done, 20));
  }
  const answered = await flood;
  times.sort((a, b) => a - b);
  return { p99: times[Math.floor(times.length * 0.99)] ?? Number.NaN, answered };
}

function startFlood(order: FloodOrder): Promise<number> {
  const worker = new Worker(new URL('./flood-worker.ts', import.meta.url), { workerData: order });
  return new Promise((done, fail) => worker.once('message', done).once('error', fail));
}

/** A database of `count` past incidents; their ids. */
export async function fillFolder(folder: string, count: number): Promise<string[]> {
  const config = parseConfig({ DATABASE_URL: databaseIn(folder), DATA_DIR: folder, LOG_LEVEL: 'silent' });
  const app = await openApplication(config, { log: pino({ level: 'silent' }) });
  try {
    await addFormerPerson(app.store);
    return await fill(app.store, new Date(), count);
  } finally {
    await closeApplication(app);
  }
}
