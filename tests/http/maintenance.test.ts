/** Maintenance over HTTP: what the world reads by the clock alone, on both engines, and the way through the forms. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { addComponent } from '../../src/domain/catalogue/components/add-component.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { approveTemplates } from '../../src/domain/wording/templates/approve-templates.ts';
import { apiOf } from '../support/api.ts';
import { visible } from '../support/html.ts';
import { postgresUrl } from '../support/postgres.ts';
import { startTestServer, type TestServer, type TestServerOptions } from '../support/server.ts';
import { night } from '../support/world.ts';

const slots = { effect: { en: 'New routers', de: 'Neue Router' } };

/** A server with approved templates and an automatic maintenance of the API from `from` to `until` minutes after now. */
async function withMaintenance(
  options: TestServerOptions = {},
  { from = 60, until = 120, isAutomatic = true } = {},
) {
  const server = await startTestServer(options);
  await approveTemplates(server.context());
  const name = { en: 'Gateway', de: 'Zugang' };
  const { id: componentId } = await addComponent(server.context(), { category: 'api', name, type: 'api' });
  const at = (minutes: number) => new Date(server.clock.now.getTime() + minutes * 60_000).toISOString();
  const { id } = await openIncident(server.context(), {
    category: 'api',
    occasion: 'scheduled',
    slots,
    components: { [componentId]: 'under_maintenance' },
    scheduledFor: at(from),
    scheduledUntil: at(until),
    isAutomatic,
  });
  return { server, id, componentId, at };
}

describe.each([
  ['sqlite', undefined],
  ['postgres', postgresUrl],
])('R-020, U-19: clock moved, no write, no prior request · %s', (engine, postgres) => {
  const run = engine === 'sqlite' || postgres ? test : test.skip;

  run('work that was never started says so, wherever it is told, from the end of its window on', async () => {
    const { server, id } = await withMaintenance(postgres ? { postgres } : {}, { isAutomatic: false });
    try {
      const told: [string, string][] = [
        ['/', 'This work did not begin in its window.'],
        ['/maintenance', 'This work did not begin in its window.'],
        ['/categories/api', 'This work did not begin in its window.'],
        [`/incidents/${id}`, 'This work did not begin in its window.'],
        ['/history/2026-11', 'did not begin in its window'],
        ['/de', 'Diese Arbeiten haben in ihrem Zeitfenster nicht begonnen.'],
        [`/de/incidents/${id}`, 'Diese Arbeiten haben in ihrem Zeitfenster nicht begonnen.'],
        ['/de/history/2026-11', 'im Zeitfenster nicht begonnen'],
      ];
      expect(await server.text(`/incidents/${id}`)).toContain('This maintenance as JSON');
      expect(await server.text(`/de/incidents/${id}`)).toContain('Diese Wartung als JSON');
      for (const minutes of [119, 1]) {
        server.clock.forward(minutes);
        for (const [path, words] of told)
          expect([path, (await server.text(path)).includes(words)]).toEqual([path, minutes === 1]);
      }
      expect((await (await server.fetch('/api/v1/status')).json()).status).toBe('operational');
    } finally {
      await server.stop();
    }
  });

  run.each([
    [60, 'In progress', 'Läuft', 'in_progress', 'under_maintenance', true],
    [120, 'Completed', 'Abgeschlossen', 'completed', 'operational', false],
  ])(
    'after %i minutes every page and the API say %s',
    async (minutes, english, german, phase, status, isOpen) => {
      const { server, id, componentId } = await withMaintenance(postgres ? { postgres } : {});
      try {
        server.clock.forward(minutes);
        expect(await server.text(`/incidents/${id}`)).toContain(`<dd>${english}</dd>`);
        expect(await server.text(`/de/incidents/${id}`)).toContain(`<dd>${german}</dd>`);
        const home = await server.text('/');
        expect(home.includes('under maintenance')).toBe(isOpen);
        expect(home).not.toContain('Planned</h2>');
        const page = await server.text('/maintenance');
        expect(page.includes('No maintenance is running.')).toBe(!isOpen);
        expect(page).toContain('No maintenance is announced.');
        const world = apiOf(server);
        const { incident } = await world.call('readIncident', { id });
        expect(incident).toMatchObject({ phase, isAutomatic: true, isEmergency: true });
        expect(incident.components).toEqual([{ id: componentId, status }]);
        const now = await world.call('readStatus');
        expect(now).toMatchObject({ status, plannedMaintenance: [] });
        expect(now.openIncidents.map((open: { id: string }) => open.id)).toEqual(isOpen ? [id] : []);
        expect(await server.text('/feed.json')).toContain(
          phase === 'completed' ? 'Completed: New routers' : 'In progress: New routers',
        );
        // Only then the job brings the row in line.
        const { incidents } = server.app.store.tables;
        await vi.waitFor(async () => {
          const [row] = await server.app.store.read.select().from(incidents).where(eq(incidents.id, id));
          expect(row).toMatchObject({ phase, number: 1 });
        }, 5_000);
        expect(await server.text(`/incidents/${id}`)).toContain(`<dd>${english}</dd>`);
      } finally {
        await server.stop();
      }
    },
  );
});

test('a maintenance completes itself although the server was restarted in between', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'klartext-maintenance-'));
  const env = { DATABASE_URL: `file:${join(folder, 'status.db')}` };
  try {
    const first = await withMaintenance({ env });
    await first.server.stop();
    const second = await startTestServer({ env, now: new Date(night.getTime() + 300 * 60_000) });
    expect(await second.text(`/incidents/${first.id}`)).toContain('<dd>Completed</dd>');
    expect((await apiOf(second).call('readIncident', { id: first.id })).incident.updates).toHaveLength(3);
    await second.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

// A story: planned work alone on its page, then urgent work beside it.
describe('a maintenance on the public site', { shuffle: false }, () => {
  let server: TestServer;
  let id: string;
  let at: (minutes: number) => string;
  beforeAll(async () => {
    ({ server, id, at } = await withMaintenance({}, { from: 20 * 1_440, until: 20 * 1_440 + 90 }));
  });
  afterAll(() => server?.stop());

  test('U-19: stands on home, category and its own page 20 days ahead, with both zones, in both languages', async () => {
    for (const path of ['/', '/maintenance', '/categories/api']) {
      expect(visible(await server.text(path))).toContain('10 Dec 2026, 03:12–04:42 CET (02:12–03:42 UTC)');
      const german = path === '/' ? '/de' : `/de${path}`;
      expect(visible(await server.text(german))).toContain(
        '10. Dez. 2026, 03:12–04:42 MEZ (02:12–03:42 UTC)',
      );
    }
    const page = await server.text('/maintenance');
    expect(page).toContain('Scheduled');
    expect(page).toContain('Gateway (maintenance)');
    expect(page).toContain('New routers. Maintenance period');
    expect(page).not.toContain('Emergency');
    expect(await server.text('/')).toContain('href="/maintenance"');
    const { plannedMaintenance } = await apiOf(server).call('readStatus');
    expect(plannedMaintenance).toMatchObject([{ id, isEmergency: false, isAutomatic: true }]);
  });

  /** What was just written is public everywhere a moment later. */
  const shows = (path: string, words: string) =>
    vi.waitFor(async () => expect(await server.text(path)).toContain(words), 3_000);

  test('emergency work is called so; running, extended and cancelled ones say how they stand', async () => {
    const urgent = await openIncident(server.context(), {
      category: 'dns',
      occasion: 'scheduled',
      slots: { effect: { en: 'Urgent repair', de: 'Dringende Reparatur' } },
      scheduledFor: at(30),
      scheduledUntil: at(60),
    });
    for (const path of ['/', '/maintenance', `/incidents/${urgent.id}`])
      await shows(path, 'Emergency maintenance');
    await shows('/de/maintenance', 'Notfallwartung');
    server.clock.forward(30);
    await postUpdate(server.context(), urgent.id, { occasion: 'in_progress' });
    await shows('/maintenance', 'In progress');
    server.clock.forward(1);
    await postUpdate(server.context(), urgent.id, {
      occasion: 'extended',
      slots: { reason: { en: 'One step takes longer', de: 'Ein Schritt dauert länger' } },
      scheduledUntil: at(60),
    });
    await shows('/maintenance', 'Extended');
    await shows(`/incidents/${urgent.id}`, '<dd>Extended</dd>');
    server.clock.forward(1);
    await postUpdate(server.context(), urgent.id, { occasion: 'completed' });
    const other = await openIncident(server.context(), {
      category: 'dns',
      occasion: 'scheduled',
      slots,
      scheduledFor: at(30),
      scheduledUntil: at(60),
    });
    server.clock.forward(1);
    await postUpdate(server.context(), other.id, { occasion: 'cancelled' });
    await shows('/maintenance', '· cancelled');
    const page = await server.text('/maintenance');
    expect(page).toContain('November 2026');
    expect(page).toMatch(/Urgent repair<\/a>[^<]*<span class="soft">· completed after/);
  });
});

describe('the desk', { shuffle: false }, () => {
  let server: TestServer;
  let cookie: string;
  beforeAll(async () => {
    server = await startTestServer();
    await approveTemplates(server.context());
    cookie = await server.cookie(['csup']);
  });
  afterAll(() => server?.stop());

  const open = async (path: string) => (await server.fetch(path, { headers: { cookie } })).text();
  const send = async (path: string, action: string, fields: Record<string, string>) => {
    const separator = path.includes('?') ? '&' : '?';
    const answer = await server.fetch(`${path}${separator}_action=${action}`, {
      method: 'POST',
      headers: { cookie, origin: server.publicUrl },
      body: new URLSearchParams(fields),
    });
    return {
      status: answer.status,
      location: answer.headers.get('location') ?? '',
      html: await answer.text(),
    };
  };
  const path = '/admin/compose?category=api&occasion=scheduled';
  const fields = {
    category: 'api',
    occasion: 'scheduled',
    'slots.effect': 'own',
    'ownWords.effect.en': 'New routers',
    'ownWords.effect.de': 'Neue Router',
    'scheduledFor:local': '2026-11-25T02:00',
    'scheduledUntil:local': '2026-11-25T04:00',
    'unticked.isAutomatic': 'flag',
    'isAutomatic:flag': 'true',
  };
  const isTicked = (html: string, name: string) => new RegExp(`name="${name}:flag"[^>]*checked`).test(html);

  test('R-020: customer support plans a maintenance: the category is chosen, it runs by itself unless unticked, the notice is said before', async () => {
    const desk = await open('/admin');
    expect(desk).toContain('Plan maintenance');
    expect(desk).toContain('/admin/compose?category=dns&amp;occasion=scheduled');
    const empty = await open(path);
    expect(isTicked(empty, 'isAutomatic')).toBe(true);
    expect(empty).not.toContain('allowOverlap');
    const preview = async (start: string) =>
      (await send(path, '', { ...fields, 'scheduledFor:local': start })).html;
    expect(await preview('2026-11-25T02:00')).toContain('planned maintenance');
    const short = await preview('2026-11-20T12:00');
    expect(short).toContain('customers see this as emergency maintenance');
    expect(isTicked(short, 'isAutomatic')).toBe(true);

    const done = await send(path, 'incidents.open', fields);
    expect(done.status).toBe(303);
    const view = await open(done.location);
    const said = view.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ');
    expect(said).toContain('Starts by itself: 25 Nov 2026, 02:00 CET (01:00 UTC)');
    expect(said).toContain('Completes by itself: 25 Nov 2026, 04:00 CET (03:00 UTC)');
    for (const act of ['Start', 'Reschedule', 'Cancel']) expect(view).toMatch(new RegExp(`>${act}</a>`));
    for (const act of ['Extend', 'Verify', 'Complete']) expect(view).not.toMatch(new RegExp(`>${act}</a>`));
    expect(await open('/admin')).toContain('Starts by itself: 25 Nov 2026, 02:00 CET');
  });

  test('an overlap names the other one and asks for a confirmation; nothing typed is lost', async () => {
    const refused = await send(path, 'incidents.open', { ...fields, idempotencyKey: 'overlap' });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('“New routers”, 25 Nov 2026, 02:00–04:00 CET (01:00–03:00 UTC)');
    expect(refused.html).toContain('name="allowOverlap:flag"');
    expect(refused.html).toContain('value="2026-11-25T02:00"');
    const sure = { ...fields, idempotencyKey: 'sure', 'allowOverlap:flag': 'true' };
    const done = await send(path, 'incidents.open', sure);
    expect(done.status).toBe(303);
  });

  test('one that begins unannounced is called by what is done, and asks for its window alone', async () => {
    const now = path.replace('scheduled', 'in_progress');
    expect(await open(now)).not.toContain('slots.planned_end');
    const begun = {
      ...fields,
      category: 'website-portal',
      occasion: 'in_progress',
      'scheduledFor:local': '2026-11-20T03:00',
      'scheduledUntil:local': '2026-11-20T04:00',
    };
    const done = await send(now.replace('api', 'website-portal'), 'incidents.open', begun);
    expect(done.status).toBe(303);
    const view = await open(done.location);
    expect(view).toMatch(/<h1[^>]*>New routers<\/h1>/);
    expect(view).toContain('running since 03:00 CET (02:00 UTC) and should finish by 04:00 CET (03:00 UTC)');
    expect(view).toContain('Completes by itself:');
    for (const act of ['Extend', 'Verify', 'Complete']) expect(view).toMatch(new RegExp(`>${act}</a>`));
  });

  test('a window that cannot be is told at its field', async () => {
    const wrong = { ...fields, 'scheduledUntil:local': '2026-11-25T01:00' };
    const backwards = await send(path, 'incidents.open', wrong);
    expect([backwards.status, backwards.html.includes('The end lies before the start.')]).toEqual([
      422,
      true,
    ]);
    const past = await send(path, 'incidents.open', { ...fields, 'scheduledFor:local': '2026-11-19T01:00' });
    expect(past.html).toMatch(/id="f-scheduledFor-refusal"[^>]*>The start lies in the past/);
  });

  test('the switch works without JavaScript; a reschedule shows the present window', async () => {
    const [found] = (await apiOf(server, await server.token(['csup'])).call('listIncidents')).incidents;
    const switched = await send(`/admin/incidents/${found.id}`, 'maintenance.automatic', {
      incident: found.id,
      'version:number': String(found.version),
      'isAutomatic:flag': 'false',
    });
    expect([switched.status, switched.location]).toEqual([303, `/admin/incidents/${found.id}`]);
    expect(await open(switched.location)).toContain('Nothing happens by itself');
    const compose = await open(`/admin/compose?incident=${found.id}&occasion=scheduled`);
    expect(compose).toContain('value="2026-11-25T02:00"');
    expect(isTicked(compose, 'isAutomatic')).toBe(false);
  });

  test('R-020: through the API: plan, switch, extend, complete', async () => {
    const api = apiOf(server, await server.token(['csup']));
    const at = (minutes: number) => new Date(server.clock.now.getTime() + minutes * 60_000).toISOString();
    const planned = {
      category: 'dns',
      occasion: 'scheduled',
      slots,
      scheduledFor: at(10),
      scheduledUntil: at(30),
      isAutomatic: true,
    };
    const { incident } = await api.call('openIncident', { body: planned });
    expect(incident.planned.map((update: { phase: string }) => update.phase)).toEqual([
      'in_progress',
      'completed',
    ]);
    const overlap = await api.send('POST', '/incidents', planned);
    expect([overlap.status, overlap.body.error.fields[0].path]).toEqual([422, 'allowOverlap']);
    const off = await api.call('switchAutomatic', { id: incident.id, body: { isAutomatic: false } });
    expect(off.incident).toMatchObject({ isAutomatic: false, planned: [] });
    await api.call('switchAutomatic', { id: incident.id, body: { isAutomatic: true } });
    server.clock.forward(20);
    const extended = await api.call('postUpdate', {
      id: incident.id,
      body: {
        occasion: 'extended',
        scheduledUntil: at(30),
        slots: { reason: { en: 'One step takes longer' } },
      },
    });
    expect(extended.incident).toMatchObject({ phase: 'in_progress', scheduledUntil: at(30) });
    const late = await api.send('POST', `/incidents/${incident.id}/updates`, {
      occasion: 'extended',
      scheduledUntil: at(-1),
      slots: { reason: { en: 'One step takes longer' } },
    });
    expect([late.status, late.body.error.fields[0].path]).toEqual([422, 'scheduledUntil']);
    server.clock.forward(1);
    const done = await api.call('postUpdate', { id: incident.id, body: { occasion: 'completed' } });
    expect(done.incident).toMatchObject({ phase: 'completed', planned: [] });
  });
});
