import { newId } from '../../db/ids.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { type Figure, median, rounds, timed } from './figure.ts';

const updatesPerIncident = 5;
const paths = ['/', '/feed.rss', '/feed.atom', '/api/v1/incidents', '/api/v1/status'];

/** Home, feeds and JSON with 10,000 incidents and 50,000 updates stored, against 100 (design §6: at most 1.2 times). */
export async function benchScale(): Promise<Figure[]> {
  const small = await startTestServer();
  const large = await startTestServer();
  try {
    await fill(small, 100);
    await fill(large, 10_000);
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

/** Ended incidents spread over the ten years before now, written directly: thousands through verbs would take minutes. */
async function fill(server: TestServer, count: number): Promise<void> {
  const { store } = server.app;
  const { categories, incidents, incidentUpdates, incidentUpdateTexts } = store.tables;
  const known = await store.read.select().from(categories);
  const now = server.clock.now.getTime();
  const spacing = (10 * 365 * 86_400_000) / count;
  await store.transaction(async ({ db }) => {
    for (let from = 0; from < count; from += 200) {
      const rows = Array.from({ length: Math.min(200, count - from) }, (_, at) => makeIncident(from + at));
      await db.insert(incidents).values(rows.map((row) => row.incident));
      await db.insert(incidentUpdates).values(rows.flatMap((row) => row.updates));
      await db.insert(incidentUpdateTexts).values(rows.flatMap((row) => row.texts));
    }
  });

  function makeIncident(n: number) {
    const id = newId();
    const startedAt = new Date(now - 86_400_000 - n * spacing);
    const endedAt = new Date(startedAt.getTime() + 40 * 60_000);
    const category = known[n % known.length];
    const updates = Array.from({ length: updatesPerIncident }, (_, at) => {
      const displayAt = new Date(startedAt.getTime() + at * 10 * 60_000);
      const phase = at === updatesPerIncident - 1 ? ('resolved' as const) : ('investigating' as const);
      return {
        id: newId(),
        incidentId: id,
        phase,
        displayAt,
        publishedAt: displayAt,
        isFreeText: false,
        createdAt: displayAt,
      };
    });
    const texts = updates.map((update) => ({
      updateId: update.id,
      language: 'en' as const,
      revision: 1,
      title: `Requests fail in area ${n}`,
      body: 'Some requests fail.',
      bodyHtml: '<p>Some requests fail.</p>',
      effect: '',
      workaround: '',
      notAffected: '',
      format: 'markdown' as const,
      note: '',
      createdAt: update.createdAt,
    }));
    const incident = {
      id,
      kind: 'incident' as const,
      categoryId: category?.id ?? '',
      impact: 'minor' as const,
      priority: 'P3' as const,
      isReviewed: true,
      isRestricted: false,
      startedAt,
      phase: 'resolved' as const,
      resolvedAt: endedAt,
      openUntil: endedAt,
      createdAt: startedAt,
      updatedAt: endedAt,
      publishedAt: startedAt,
      number: n + 1,
    };
    return { incident, updates, texts };
  }
}
