import { plantReports, prose } from '../support/many-reports.ts';
import { isOfPage } from '../support/page-queries.ts';
import { startTestServer } from '../support/server.ts';
import { type Figure, rounds } from './figure.ts';
import { wireBytes } from './size.ts';

/** The history of reports with 500 of them rendered anew, and the size of a long one (at most 50 ms, 14 kB). */
export async function benchReports(): Promise<Figure[]> {
  const server = await startTestServer();
  try {
    const [slug = ''] = await plantReports(server, {
      count: 500,
      promises: 5,
      entries: 20,
      say: (section, report) => prose(120, section.length * 1_000 + report),
    });
    const figures: Figure[] = [];
    for (const path of ['/reports', '/reports/2024', `/reports/${slug}`, '/reports/feed.rss']) {
      const name = path.replace(slug, '<slug>');
      // What a change of a report makes stale, and no day passes, which would bring work for the jobs.
      const renderAnew = async (): Promise<string> => {
        await server.app.store.transaction(async ({ touch }) => touch('reports'));
        return (await server.fetch(path)).text();
      };
      await renderAnew();
      let queries = 0;
      const stop = server.app.store.onQuery((sql) => {
        if (isOfPage(sql)) queries += 1;
      });
      await renderAnew();
      stop();
      const limit = path === '/reports' ? 50 : null;
      const value = await rounds(15, renderAnew);
      figures.push({ name: `${name} with 500 reports rendered anew`, value, limit, unit: 'ms' });
      figures.push({ name: `${name} with 500 reports`, value: queries, limit: null, unit: 'queries' });
    }
    for (const path of [`/reports/${slug}`, '/reports']) {
      await server.fetch(path);
      await new Promise((done) => setTimeout(done, 300));
      const limit = path === '/reports' ? null : 14_000;
      const value = await wireBytes(server.url + path, 'gzip');
      figures.push({ name: `${path.replace(slug, '<slug>')} as gzip`, value, limit, unit: 'bytes' });
    }
    return figures;
  } finally {
    await server.stop();
  }
}
