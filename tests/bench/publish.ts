import { startTestServer, type TestServer } from '../support/server.ts';
import { type Figure, median } from './figure.ts';

const rounds = 20;

/** Once the POST is answered, no request sees the old state, in no representation; and none sees the new one before. */
export async function benchPublish(): Promise<Figure[]> {
  const server = await startTestServer();
  try {
    const token = await server.token(['csup']);
    const first = await post(server, token, '/api/v1/incidents', message('Round zero'));
    const { incident } = await first.json();
    const month = server.clock.now.toISOString().slice(0, 7);
    const html = ['/', `/incidents/${incident.id}`, `/history/${month}`, '/categories/api'].flatMap(
      (path) => [path, `/de${path === '/' ? '' : path}`],
    );
    const feeds = ['rss', 'atom', 'json'].flatMap((f) => [
      `/feed.${f}`,
      `/de/feed.${f}`,
      `/categories/api/feed.${f}`,
    ]);
    const paths = [
      ...html,
      ...feeds,
      '/api/v1/incidents',
      `/api/v1/incidents/${incident.id}`,
      '/api/v1/status',
    ];
    await Promise.all(paths.map((path) => server.fetch(path)));

    const delays: number[] = [];
    let early = 0;
    let old = 0;
    for (let round = 1; round <= rounds; round += 1) {
      server.clock.forward(1);
      const title = `Round number ${round} of the measurement`;
      const before = await Promise.all(paths.map(async (path) => (await server.fetch(path)).text()));
      early += before.filter((text) => text.includes(title)).length;
      await post(server, token, `/api/v1/incidents/${incident.id}/updates`, update(title));
      const answered = performance.now();
      const after = await Promise.all(paths.map(async (path) => (await server.fetch(path)).text()));
      delays.push(performance.now() - answered);
      old += after.filter((text) => !text.includes(title)).length;
    }
    return [
      {
        name: `of ${paths.length * rounds} requests sent at the answer, those that saw the old state`,
        value: old,
        limit: 0,
        unit: '',
      },
      {
        name: `all ${paths.length} representations rendered and delivered, median`,
        value: median(delays),
        limit: null,
        unit: 'ms',
      },
      { name: 'representations that showed it before the commit', value: early, limit: 0, unit: '' },
    ];
  } finally {
    await server.stop();
  }
}

const message = (title: string) => ({
  category: 'api',
  phase: 'investigating',
  texts: { en: { title, body: `${title}. We are looking for the cause.` } },
});
const update = (title: string) => ({
  phase: 'identified',
  texts: { en: { title, body: `${title}. We know the cause.` } },
});

function post(server: TestServer, token: string, path: string, body: unknown): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return server.fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
}
