import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figure.ts';
import { fillFolder } from './flood.ts';
import { startProcess } from './server-process.ts';

/** Memory while 6,300 addresses that nobody asked for before are crawled, each once. */
export async function benchCrawl(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'klartext-bench-'));
  try {
    const ids = await fillFolder(folder, 2_100);
    const paths = ids.flatMap((id) => [`/incidents/${id}`, `/de/incidents/${id}`, `/api/v1/incidents/${id}`]);
    const server = await startProcess(folder);
    try {
      const before = server.memory().now;
      const queue = [...paths];
      let bad = 0;
      const crawler = async (): Promise<void> => {
        for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
          const answer = await fetch(server.url + path, { headers: { 'accept-encoding': 'gzip, br' } });
          await answer.arrayBuffer();
          if (answer.status !== 200) bad += 1;
        }
      };
      const started = performance.now();
      await Promise.all(Array.from({ length: 8 }, crawler));
      const ms = performance.now() - started;
      return [
        { name: 'memory before', value: before, limit: null, unit: 'MB' },
        {
          name: `memory at the peak of a crawl of ${paths.length} addresses`,
          value: server.memory().peak,
          limit: 250,
          unit: 'MB',
        },
        { name: 'addresses that did not answer 200', value: bad, limit: 0, unit: '' },
        { name: 'seconds', value: ms / 1_000, limit: null, unit: 's' },
      ];
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
