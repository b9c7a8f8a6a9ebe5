/** No link of any page leads to where its reader may not go or nothing stands: walked as the world and as each role. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { roles } from '../../db/words.ts';
import { addComponent } from '../../src/domain/catalogue/components/add-component.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { approveTemplates } from '../../src/domain/wording/templates/approve-templates.ts';
import { actingAs, insider } from '../support/inside.ts';
import { publishedOn } from '../support/reports-on-server.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  const context = server.context();
  await approveTemplates(context);
  const csup = await insider(server, 'csup');
  const engineer = await insider(server, 'sre', 'engineer');
  const manager = await insider(server, 'manager');
  await publishedOn(server, { csup, engineer, manager });
  const name = { en: 'Gateway', de: 'Zugang' };
  const { id: component } = await addComponent(context, { category: 'dns', name, type: 'api' });
  const texts = { en: { title: 'Look-ups fail', body: 'Some look-ups fail, and we look for the cause.' } };
  const open = { category: 'dns', phase: 'investigating', texts };
  await openIncident(context, { ...open, components: { [component]: 'partial_outage' } });
  const security = await insider(server, 'security');
  await openIncident(actingAs(server, security), { ...open, category: 'security' });
  const at = (minutes: number) => new Date(server.clock.now.getTime() + minutes * 60_000).toISOString();
  await openIncident(context, {
    category: 'api',
    occasion: 'scheduled',
    slots: { effect: { en: 'New routers', de: 'Neue Router' } },
    scheduledFor: at(60),
    scheduledUntil: at(120),
  });
});
afterAll(() => server?.stop());

/** Addresses of one kind differ by an id, a month, a number or what a query asks; a few of each kind are enough. */
const kindOf = (path: string): string =>
  path
    .replace(/=[^&]*/g, '=')
    .replace(/\/[0-9a-z]{12}(?=\/|\?|$)/g, '/*')
    .replace(/\d{4}(-\d{2})?/g, '#')
    .replace(/(categories|category|templates)\/[^/?]+/, '$1/*');

const linksOf = (html: string, at: string): string[] =>
  [...html.matchAll(/<a [^>]*?href="([^"]*)"/g)].flatMap(([, href = '']) => {
    const url = new URL(href.replaceAll('&amp;', '&').replaceAll('&#38;', '&'), `${server.publicUrl}${at}`);
    return url.origin === server.publicUrl ? [url.pathname + url.search] : [];
  });

/** Walks from `starts` and tells what was reached but not opened, with the page that leads there. */
async function walk(starts: string[], cookie?: string): Promise<{ seen: number; broken: string[] }> {
  const queue = starts.map((path) => ({ path, from: '' }));
  const known = new Set(starts);
  const kinds = new Map<string, number>();
  const broken: string[] = [];
  let seen = 0;
  for (let next = queue.shift(); next; next = queue.shift()) {
    const answer = await server.fetch(next.path, cookie ? { headers: { cookie } } : {});
    const html = await answer.text();
    seen += 1;
    if (answer.status >= 400) broken.push(`${next.from} → ${next.path}: ${answer.status}`);
    if (!answer.headers.get('content-type')?.startsWith('text/html')) continue;
    for (const path of linksOf(html, next.path)) {
      const kind = kindOf(path);
      const count = kinds.get(kind) ?? 0;
      if (known.has(path) || count >= 4) continue;
      known.add(path);
      kinds.set(kind, count + 1);
      queue.push({ path, from: next.path });
    }
  }
  return { seen, broken };
}

test('the world', async () => {
  const { seen, broken } = await walk(['/', '/de']);
  expect(broken).toEqual([]);
  expect(seen).toBeGreaterThan(20);
});

test.each(roles)('who has the role %s', async (role) => {
  const { seen, broken } = await walk(['/admin'], await server.cookie([role]));
  expect(broken).toEqual([]);
  expect(seen).toBeGreaterThan(20);
});
