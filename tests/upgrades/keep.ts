/** `node tests/upgrades/keep.ts`: keeps a database of today's schema, filled with the demo, for the upgrades to come; on both engines. */
import { demoBegin } from '../../db/demo.ts';
import { tellDemo } from '../golden/demo-crawl.ts';
import { postgresUrl } from '../support/postgres.ts';
import { startTestServer } from '../support/server.ts';
import { afternoon } from '../support/world.ts';
import { keep } from './filled.ts';

if (!postgresUrl) throw new Error('TEST_POSTGRES_URL is not set.');
for (const postgres of [undefined, postgresUrl]) {
  const server = await startTestServer({
    now: demoBegin(afternoon),
    isFresh: true,
    ...(postgres ? { postgres } : {}),
  });
  try {
    await tellDemo(server);
    const bytes = await keep(server.app.config.databaseUrl);
    process.stdout.write(`${postgres ? 'PostgreSQL' : 'SQLite'}: ${bytes} bytes\n`);
  } finally {
    await server.stop();
  }
}
