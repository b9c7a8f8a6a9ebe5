import { startTestServer, type TestServer } from '../support/server.ts';
import { type Figure, median, rounds, timed } from './figure.ts';
import { fill } from './fill.ts';

const paths = ['/', '/feed.rss', '/feed.atom', '/api/v1/incidents', '/api/v1/status'];

/** Home, feeds and JSON with 10,000 incidents and 50,000 updates stored, against 100: at most 1.2 times as long. */
export async function benchScale(): Promise<Figure[]> {
  const small = await startTestServer();
  const large = await startTestServer();
  try {
    await fill(small.app.store, small.clock.now, 100);
    await fill(large.app.store, large.clock.now, 10_000);
    const figures: Figure[] = [];
    for (const path of paths) {
      const read = (server: TestServer) => renderAnew(server, path);
      await read(small);
      await read(large);
      const times = { small: 0, large: 0 };
      times.small = await rounds(15, () => read(small));
      times.large = await rounds(15, () => read(large));
      figures.push({
        name: `${path} rendered anew, times`,
        value: times.large / times.small,
        limit: null,
        unit: '×',
      });
      figures.push({ name: `${path} rendered anew, 10,000`, value: times.large, limit: null, unit: 'ms' });
    }
    const times = { small: [] as number[], large: [] as number[] };
    for (let round = 0; round < 400; round += 1) {
      times.small.push(await timed(async () => (await small.fetch('/', { method: 'HEAD' })).status));
      times.large.push(await timed(async () => (await large.fetch('/', { method: 'HEAD' })).status));
    }
    figures.push({
      name: '/ from published bytes, times',
      value: median(times.large) / median(times.small),
      limit: 1.2,
      unit: '×',
    });
    const month = await rounds(9, () => renderAnew(large, '/history/2024-03'));
    figures.push({ name: '/history/2024-03 rendered anew', value: month, limit: 50, unit: 'ms' });
    return figures;
  } finally {
    await small.stop();
    await large.stop();
  }
}

/** Makes everything stale first, so that the page is rendered and not read from memory. */
export async function renderAnew(server: TestServer, path: string): Promise<string> {
  await server.app.store.transaction(async (tx) => tx.touch('all'));
  return (await server.fetch(path)).text();
}
