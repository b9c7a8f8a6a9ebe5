import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figure, median } from './figure.ts';

/** As `npm start` does it: from the start of the process to the first byte of the home page, on a database that is there, and memory while serving. */
export async function benchStart(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'klartext-bench-'));
  try {
    await once(folder, false);
    const runs = [await once(folder, true), await once(folder, true), await once(folder, true)];
    return [
      {
        name: 'start to first byte, median of 3',
        value: median(runs.map((run) => run.ms)) / 1_000,
        limit: 1,
        unit: 's',
      },
      {
        name: 'memory after 2,000 requests (RSS)',
        value: Math.max(...runs.map((run) => run.megabytes)),
        limit: 200,
        unit: 'MB',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function once(folder: string, isWarm: boolean): Promise<{ ms: number; megabytes: number }> {
  const port = await freePort();
  const env = {
    ...process.env,
    PORT: String(port),
    DATABASE_URL: `file:${join(folder, 'bench.db')}`,
    LOG_LEVEL: 'silent',
  };
  const started = performance.now();
  const child = spawn(process.execPath, ['--max-semi-space-size=8', 'src/start.mjs', 'serve'], {
    env,
    stdio: 'ignore',
  });
  try {
    const url = `http://127.0.0.1:${port}/`;
    while (
      !(await fetch(url).then(
        (r) => r.ok,
        () => false,
      ))
    ) {
      if (performance.now() - started > 20_000) throw new Error('The server did not start.');
      await new Promise((done) => setTimeout(done, 10));
    }
    const ms = performance.now() - started;
    if (isWarm)
      for (let n = 0; n < 200; n += 1)
        await Promise.all(Array.from({ length: 10 }, () => fetch(url).then((r) => r.text())));
    return { ms, megabytes: rss(child.pid ?? 0) };
  } finally {
    child.kill('SIGTERM');
    await new Promise((done) => child.once('exit', done));
  }
}

function rss(pid: number): number {
  const line = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? 0) / 1_024;
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
