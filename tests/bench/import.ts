import { existsSync, readFileSync } from 'node:fs';
import { contextOf } from '../../src/application.ts';
import { operator } from '../../src/domain/core/authorize.ts';
import { importStatuspage } from '../../src/domain/imports/import-statuspage.ts';
import { startTestServer } from '../support/server.ts';
import { type Figure, rounds, timed } from './figure.ts';
import { renderAnew } from './scale.ts';

/** The real corpus is other people's prose, so it is no part of the project. */
const corpus = process.env.STATUSPAGE_CORPUS ?? '';

/** Imports the corpus, again, and renders its fullest month without a kept page. */
export async function benchImport(): Promise<Figure[]> {
  if (!existsSync(corpus)) {
    process.stdout.write(`  skipped: STATUSPAGE_CORPUS names no file${corpus && `: ${corpus}`}\n`);
    return [];
  }
  const server = await startTestServer();
  try {
    const text = readFileSync(corpus, 'utf8');
    const run = () =>
      importStatuspage(
        contextOf(server.app, operator('import')),
        [{ name: 'corpus', text }],
        () => undefined,
      );
    const first = await timed(run);
    let rows = 0;
    const stop = server.app.store.onQuery((sql) => {
      if (/^(insert|update|delete)/i.test(sql)) rows += 1;
    });
    const second = await timed(run);
    stop();
    const month = await rounds(9, () => renderAnew(server, '/history/2013-05'));
    const html = await (await server.fetch('/history/2013-05')).text();
    return [
      { name: 'first import', value: first / 1_000, limit: 15, unit: 's' },
      { name: 'second import', value: second / 1_000, limit: null, unit: 's' },
      { name: 'statements that write in the second import', value: rows, limit: 0, unit: '' },
      { name: '/history/2013-05 rendered anew, median of 9', value: month, limit: 50, unit: 'ms' },
      {
        name: 'its incidents',
        value: (html.match(/href="\/incidents\//g) ?? []).length,
        limit: null,
        unit: '',
      },
    ];
  } finally {
    await server.stop();
  }
}
