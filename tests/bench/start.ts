import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figure, median } from './figure.ts';
import { startProcess } from './server-process.ts';

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
  const server = await startProcess(folder);
  try {
    if (isWarm)
      for (let n = 0; n < 200; n += 1)
        await Promise.all(Array.from({ length: 10 }, () => fetch(server.url).then((r) => r.text())));
    return { ms: server.startMs, megabytes: server.memory().now };
  } finally {
    await server.stop();
  }
}
