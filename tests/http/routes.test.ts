/** Every route has a policy, every policy a route, and the admin area keeps to what is written here by hand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../db/words.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { addShift } from '../../src/domain/people/roster/add-shift.ts';
import { refuseUndeclaredRoutes, routePolicies } from '../../src/http/route-policies.ts';
import { addressesOf, builtRoutes, look } from '../support/crawl.ts';
import { publishedOn } from '../support/reports-on-server.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const everybody: Role[] = ['csup', 'sre', 'engineer', 'manager', 'security', 'admin'];
const whoPublishes: Role[] = ['csup', 'sre', 'manager', 'security', 'admin'];
const whoKeepsTheCatalogue: Role[] = ['manager', 'admin'];

/** Who may open which page of the admin area; null is open to all. */
const mayOpen: Record<string, Role[] | null> = {
  '/admin/sign-in': null,
  '/admin/refused': null,
  '/admin/setup/[token]': null,
  '/admin/missing': everybody,
  '/admin': everybody,
  '/admin/compose': whoPublishes,
  '/admin/incidents': everybody,
  '/admin/incidents/[id]': everybody,
  '/admin/updates/[id]': whoPublishes,
  '/admin/not-public': everybody,
  '/admin/roster': everybody,
  '/admin/roster/shifts/[id]': ['csup', 'manager', 'admin'],
  '/admin/catalogue': everybody,
  '/admin/catalogue/categories/[id]': whoKeepsTheCatalogue,
  '/admin/catalogue/components/[id]': whoKeepsTheCatalogue,
  '/admin/catalogue/groups/[id]': whoKeepsTheCatalogue,
  '/admin/templates': everybody,
  '/admin/templates/[scope]/[occasion]': everybody,
  '/admin/templates/free-text': everybody,
  '/admin/templates/export': everybody,
  '/admin/users': ['manager', 'admin'],
  '/admin/users/[id]': ['admin'],
  '/admin/settings': everybody,
  '/admin/audit': ['manager', 'security', 'admin'],
  '/admin/account': everybody,
  '/admin/problems': everybody,
  '/admin/problems/[id]': everybody,
  '/admin/meetings': everybody,
  '/admin/meetings/[id]': everybody,
  '/admin/meetings/[id]/agenda.md': everybody,
  '/admin/promises': everybody,
  '/admin/policy': everybody,
  '/admin/reports/[id]/text': ['sre', 'engineer', 'manager', 'security'],
  '/admin/reports': everybody,
  '/admin/reports/[id]': everybody,
  '/admin/reports/[id]/review': everybody,
};

let server: TestServer;
let routes: string[];
let incident = { id: '', updateId: '' };
const title = 'Only signed-in people read this title here';
const ids: Record<string, string> = {};

beforeAll(async () => {
  server = await startTestServer();
  routes = await builtRoutes();
  const texts = { en: { title, body: `${title}. We are looking for the cause.` } };
  incident = await openIncident(server.context(), {
    category: 'api',
    phase: 'investigating',
    texts,
    holdSeconds: 60,
  });
  const { tables, read } = server.app.store;
  const [category] = await read.select().from(tables.categories);
  ids['/admin/catalogue/categories/[id]'] = category?.id ?? '';
  ids['/admin/incidents/[id]'] = incident.id;
  await classifyIncident(server.context(), incident.id, { priority: 'P0', reason: 'It owes a report.' });
  ids['/admin/reports/[id]/text'] = incident.id;
  ids['/admin/updates/[id]'] = incident.updateId;
  await classifyIncident(server.context(), incident.id, { priority: 'P0', reason: 'Everything is down.' });
  ids['/admin/reports/[id]'] = incident.id;
  ids['/admin/reports/[id]/review'] = incident.id;
  const person = await server.addPerson('csup');
  ids['/admin/users/[id]'] = person.id;
  const [startsAt, endsAt] = ['2026-11-21T06:00:00Z', '2026-11-21T18:00:00Z'];
  const shift = await addShift(server.context(), { userId: person.id, startsAt, endsAt });
  ids['/admin/roster/shifts/[id]'] = shift.id;
  const { problem, meeting } = await publishedOn(server, {
    csup: person,
    engineer: await server.addPerson('engineer', 'sre'),
    manager: await server.addPerson('manager'),
  });
  ids['/admin/problems/[id]'] = problem;
  ids['/admin/meetings/[id]'] = meeting;
  ids['/admin/meetings/[id]/agenda.md'] = meeting;
});
afterAll(() => server?.stop());

/** An address of the route: "new" is a page of its own where something can be added; the composer asks for a category. */
function addressOf(route: string): string {
  if (route === '/admin/compose') return '/admin/compose?category=api';
  const values: Record<string, string> = { id: ids[route] ?? 'new', scope: 'base', occasion: 'identified' };
  return addressesOf(route, (name) => [values[name] ?? 'x'])[0] ?? '';
}
const adminRoutes = () => routes.filter((route) => route.startsWith('/admin'));

describe('policies', () => {
  test('every route of the built site has one, and every one has its route', () => {
    expect(Object.keys(routePolicies).sort()).toEqual([...routes].sort());
  });

  test('a page without one ends the build with a sentence that names it', async () => {
    const { default: config } = await import('../../astro.config.mjs');
    const hooks = (config.integrations ?? [])
      .flat()
      .flatMap((integration) => (integration ? [integration.hooks['astro:routes:resolved']] : []));
    const resolve = (pattern: string, origin: string) => {
      for (const hook of hooks)
        Reflect.apply(hook ?? (() => undefined), null, [
          {
            routes: [
              { pattern: '/admin', origin: 'project' },
              { pattern, origin },
            ],
          },
        ]);
    };
    expect(() => resolve('/admin/secrets', 'project')).toThrow(
      'Nobody has said who may open /admin/secrets. Add it to routePolicies in src/http/route-policies.ts.',
    );
    expect(() => resolve('/constructor', 'project')).toThrow('/constructor');
    expect(() => resolve('/_image', 'internal')).not.toThrow();
    expect(() =>
      refuseUndeclaredRoutes(routes.map((pattern) => ({ pattern, origin: 'project' }))),
    ).not.toThrow();
  });

  test('the expectations of this test name every page of the admin area', () => {
    expect(Object.keys(mayOpen).sort()).toEqual(adminRoutes().sort());
  });
});

describe('without a session', () => {
  test('every page of the admin area is the sign-in form with 401, and tells nothing', async () => {
    const closed = adminRoutes().filter((route) => mayOpen[route] !== null);
    const seen = await look(server, closed.map(addressOf));
    for (const { path, status, headers, body } of seen) {
      expect([path, status]).toEqual([path, 401]);
      expect(headers).toContain('cache-control: no-store');
      expect(body).toContain('type="password"');
      expect(body).not.toContain(title);
      expect(body).not.toContain('@example.com"');
    }
    const forms = await Promise.all(
      closed.map((route) =>
        server.fetch(addressOf(route), {
          method: 'POST',
          headers: { origin: server.publicUrl },
          body: new URLSearchParams({ a: 'b' }),
        }),
      ),
    );
    expect(new Set(forms.map(({ status }) => status))).toEqual(new Set([401]));
  });

  test('the name of the sign-in action opens no page for a GET', async () => {
    const closed = adminRoutes().filter((route) => mayOpen[route] !== null);
    const seen = await look(
      server,
      closed.map(
        (route) => `${addressOf(route)}${route === '/admin/compose' ? '&' : '?'}_action=sessions.signIn`,
      ),
    );
    expect(seen.filter(({ status }) => status !== 401).map(({ path, status }) => [path, status])).toEqual([]);
  });

  test('a cookie that is not ours, old or broken is no session', async () => {
    for (const cookie of [
      '__Host-session=x',
      '__Host-session=',
      'session=x',
      `__Host-session=${'a'.repeat(43)}`,
      '__Host-session=%zz',
      '__proto__=1',
    ]) {
      expect([cookie, (await server.fetch('/admin', { headers: { cookie } })).status]).toEqual([cookie, 401]);
    }
  });

  test('a token opens no page of the admin area', async () => {
    const token = await server.token(['admin', 'manager']);
    expect(
      (await server.fetch('/admin/users', { headers: { authorization: `Bearer ${token}` } })).status,
    ).toBe(401);
  });
});

test('a form that is refused is tried once', async () => {
  const { limits } = server.app;
  const { fail } = limits;
  let failures = 0;
  limits.fail = async (...who) => {
    failures += 1;
    await fail(...who);
  };
  const body = new URLSearchParams({ email: 'nobody@example.com', password: 'wrong' });
  const answer = await server.fetch('/admin/sign-in?_action=sessions.signIn', {
    method: 'POST',
    headers: { origin: server.publicUrl },
    body,
  });
  limits.fail = fail;
  expect([answer.status, failures]).toEqual([401, 1]);
});

test.each(everybody)('%s opens what the table says and is refused the rest with 403', async (role) => {
  const cookie = await server.cookie([role]);
  const found: Record<string, number> = {};
  const wanted: Record<string, number> = {};
  for (const route of adminRoutes()) {
    const allowed = mayOpen[route];
    if (!allowed) continue;
    const answer = await server.fetch(addressOf(route), { headers: { cookie } });
    const body = await answer.text();
    found[route] = answer.status;
    // What is shown in place of what is not there says so.
    const opened = route === '/admin/missing' ? 404 : 200;
    wanted[route] = allowed.includes(role) ? opened : 403;
    if (answer.status === 403) expect(body).not.toContain(title);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  }
  expect(found).toEqual(wanted);
});
