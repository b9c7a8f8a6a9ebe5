import { roles } from '../../db/words.ts';
import { nextDay, plantMuch } from '../support/much.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { type Figure, median, timed } from './figure.ts';

const much = { incidents: 7_740, updates: 500, problems: 2_000, reports: 500, audit: 100_000 };
const little = { incidents: 10, updates: 5, problems: 5, reports: 5, audit: 10 };

/**
 * Every page rendered anew with 38,700 updates in 90 days, an incident of 500, and years of problems, reports and audit: public
 * in at most 50 ms, the desk in 100, on SQLite and, with TEST_POSTGRES_URL, on PostgreSQL.
 */
export async function benchMuch(): Promise<Figure[]> {
  const postgres = process.env.TEST_POSTGRES_URL;
  return [...(await onEngine(undefined)), ...(postgres ? await onEngine(postgres) : [])];
}

async function onEngine(postgres: string | undefined): Promise<Figure[]> {
  const options = postgres ? { postgres } : {};
  const small = await startTestServer(options);
  const large = await startTestServer(options);
  try {
    const ofSmall = await plantMuch(small, little);
    const ofLarge = await plantMuch(large, much);
    const sides = [
      { server: small, ids: ofSmall, person: await small.addPerson(...roles), side: 'few' as const },
      { server: large, ids: ofLarge, person: await large.addPerson(...roles), side: 'many' as const },
    ];
    const times = new Map<string, { few: number[]; many: number[] }>();
    const pages = [firstOfADay, ...publicPages, ...deskPages];
    for (let round = 0; round < 7; round += 1) {
      const cookies = { few: '', many: '' };
      for (const { server, person, side } of sides) {
        // A day later everything is stale, and nothing but what is asked for is rendered; the jobs of the day come first.
        await nextDay(server, side === 'few' ? little : much);
        cookies[side] = await server.cookie(person);
        await new Promise((done) => setTimeout(done, 2_000));
      }
      for (const path of pages) {
        const known = times.get(path) ?? { few: [], many: [] };
        times.set(path, known);
        for (const { server, ids, side } of sides) {
          const page = side === 'few' ? '' : '$1';
          const at = path
            .replace('<long>', ids.long)
            .replace('<problem>', ids.problem)
            .replace(/<(.\d)>/, page);
          const ms = await timed(() => open(server, at, path.startsWith('/admin') ? cookies[side] : ''));
          // The first ones warm up.
          if (round > 1) known[side].push(ms);
        }
      }
    }
    return [...times].flatMap(([path, { few, many }]): Figure[] => {
      const name = `${path} on ${postgres ? 'PostgreSQL' : 'SQLite'}`;
      const limit = path.startsWith('/admin') || path === firstOfADay ? 100 : 50;
      return [
        { name, value: median(many), limit, unit: 'ms' },
        { name: `${name}, times few`, value: median(many) / median(few), limit: null, unit: '×' },
      ];
    });
  } finally {
    await small.stop();
    await large.stop();
  }
}

/** Before all others: it reads what ended in a day, which in life comes by and by. */
const firstOfADay = '/api/v1/components';

/** `<long>` and `<problem>` are the ids of the world, `</2>` is a further page, which few do not have. */
const publicPages = [
  '/',
  '/de',
  '/categories/api',
  '/api/v1/status',
  '/api/v1/incidents',
  '/feed.rss',
  '/categories/api/feed.rss',
  '/history',
  '/history/2026-11',
  '/history/2026-10</2>',
  '/incidents/<long>',
  '/incidents/<long></3>',
  '/api/v1/incidents/<long>',
  '/maintenance',
  '/reports',
  '/reports/2024',
  '/api/v1/reports',
  '/reports/feed.rss',
  '/sitemap.xml',
  '/subscribe',
];

const deskPages = [
  '/admin',
  '/admin/incidents',
  '/admin/incidents/<long>',
  '/admin/compose?incident=<long>',
  '/admin/not-public',
  '/admin/not-public?incident=<long>',
  '/admin/reports',
  '/admin/problems',
  '/admin/problems?view=all',
  '/admin/problems?view=board',
  '/admin/problems/<problem>',
  '/admin/meetings',
  '/admin/promises',
  '/admin/audit',
  '/admin/templates',
  '/admin/templates/free-text',
  '/admin/roster',
  '/admin/users',
  '/admin/settings',
  '/admin/catalogue',
];

/** Fails where the page does not come, which would be fast. */
async function open(server: TestServer, path: string, cookie: string): Promise<string> {
  const answer = await server.fetch(path, { headers: { cookie } });
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}.`);
  return answer.text();
}
