/** What was promised, on the built site: by the clock alone for the world, with its forms for the team. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { changeSettings } from '../../src/domain/core/settings/change-settings.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { listPromises } from '../../src/domain/incidents/promises/list-promises.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { operations } from '../../src/http/api/operations.ts';
import { adminPaths } from '../../src/paths.ts';
import { visible } from '../support/html.ts';
import { postgresUrl } from '../support/postgres.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const first = {
  phase: 'investigating',
  texts: {
    en: { title: 'Look-ups fail', body: 'Some look-ups fail.' },
    de: { title: 'Abfragen schlagen fehl', body: 'Manche Abfragen schlagen fehl.' },
  },
};
describe('R-063 · sqlite', () => world());
describe.skipIf(!postgresUrl)('R-063 · postgres', () => world(postgresUrl));

function world(postgres?: string): void {
  let server: TestServer;
  let id = '';
  beforeEach(async () => {
    server = await startTestServer(postgres ? { postgres } : {});
    ({ id } = await openIncident(server.context(), { category: 'dns', ...first }));
  });
  afterEach(() => server?.stop());
  const page = async (path: string) => visible(await server.text(path));
  const json = async (path: string) => (await server.fetch(path)).json();

  test('clock moved, no write, no prior request: every page and the JSON say overdue, with both zones', async () => {
    server.clock.forward(30);
    for (const path of ['/', `/incidents/${id}`, '/categories/dns'])
      expect([path, await page(path)]).toEqual([
        path,
        expect.stringMatching(/Update overdue since 03:42 CET (20 Nov 2026 )?\(02:42 UTC\)/),
      ]);
    for (const path of ['/de', `/de/incidents/${id}`, '/de/categories/dns'])
      expect([path, await page(path)]).toEqual([
        path,
        expect.stringMatching(/Meldung überfällig seit 03:42 MEZ (20. Nov. 2026 )?\(02:42 UTC\)/),
      ]);
    const overdue = { isOverdue: true, overdueSince: '2026-11-20T02:42:00.000Z' };
    expect((await json(`/api/v1/incidents/${id}`)).incident).toMatchObject(overdue);
    expect((await json('/api/v1/incidents')).incidents[0]).toMatchObject(overdue);
    expect((await json('/api/v1/status')).openIncidents[0]).toMatchObject(overdue);
  });

  test('only a new update clears it, on every page', async () => {
    server.clock.forward(30);
    for (const path of ['/', `/incidents/${id}`]) expect(await page(path)).toContain('overdue');
    await postUpdate(server.context(), id, {
      phase: 'identified',
      texts: { en: { body: 'We have found the cause.' }, de: { body: 'Wir haben die Ursache gefunden.' } },
    });
    for (const path of ['/', `/incidents/${id}`, '/categories/dns', '/de'])
      expect([path, await page(path)]).toEqual([path, expect.not.stringMatching(/overdue|überfällig/)]);
    expect((await json('/api/v1/status')).openIncidents[0]).toMatchObject({
      isOverdue: false,
      overdueSince: null,
    });
    const [open, answered] = await listPromises(server.context(), id);
    expect([open?.state, answered?.state]).toEqual(['open', 'kept']);
  });

  test('bytes that were published before the instant are made anew at it', async () => {
    expect(await page(`/incidents/${id}`)).not.toContain('overdue');
    server.clock.forward(30);
    expect(await page(`/incidents/${id}`)).toMatch(/overdue since .*03:42 CET/);
  });
}

describe('the policy', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startTestServer();
  });
  afterEach(() => server?.stop());
  const read = async (path: string) => {
    const answer = await server.fetch(path);
    return { status: answer.status, etag: answer.headers.get('etag'), text: visible(await answer.text()) };
  };

  test('R-013, R-140: stands at one address in each language, with live figures and both roles', async () => {
    const [en, de] = [await read('/policy'), await read('/de/policy')];
    expect([en.status, de.status]).toEqual([200, 200]);
    for (const words of [
      'P0 within 15 minutes',
      'What you do as a customer',
      'What you do as a supplier',
      'Revision 1',
    ])
      expect(en.text).toContain(words);
    for (const words of [
      'P0 innerhalb von 15 Minuten',
      'Was Sie als Kunde tun',
      'Was Sie als Lieferant tun',
      'Fassung 1',
    ])
      expect(de.text).toContain(words);
    expect(await server.text('/')).toContain('href="/policy"');
    expect(await server.text('/de')).toContain('href="/de/policy"');
  });

  test('R-141: shows the mark until a manager approves it, and again after a change; the bytes follow at once', async () => {
    const manager = await server.addPerson('manager');
    const cookie = await server.cookie(manager);
    const before = await read('/policy');
    expect(before.text).toContain('Not yet approved here');
    const form = await (await server.fetch(adminPaths.policy, { headers: { cookie } })).text();
    const [, digest = ''] = /name="digest" value="(\w+)"/.exec(form) ?? [];
    const approve = (who: string) =>
      server.fetch(`${adminPaths.policy}?_action=policy.approve`, {
        method: 'POST',
        headers: { cookie: who, origin: server.publicUrl },
        body: new URLSearchParams({ digest }),
      });
    expect((await approve(await server.cookie(['csup']))).status).toBe(403);
    expect((await approve(cookie)).status).toBe(303);
    const approved = await read('/policy');
    expect(approved.text).toContain('Approved by management on 20 Nov 2026.');
    expect(approved.text).not.toContain(manager.name);
    expect(approved.etag).not.toBe(before.etag);
    expect((await (await server.fetch('/api/v1/policy')).json()).policy).toMatchObject({ revision: 1 });

    await changeSettings(server.context(), { promise_minutes_p0: 10 });
    const changed = await read('/policy');
    expect(changed.text).toMatch(/Revision 2.*Not yet approved here.*P0 within 10 minutes/);
  });

  test('names no incident and no priority of one', async () => {
    const before = await read('/policy');
    await openIncident(server.context(), { category: 'dns', ...first });
    expect((await read('/policy')).text).toBe(before.text);
  });
});

describe('the desk and the incident view', () => {
  let server: TestServer;
  let id = '';
  let cookie = '';
  // Each by itself: most of these move the clock, and what they find depends on it.
  beforeEach(async () => {
    server = await startTestServer();
    const startedAt = new Date(server.clock.now.getTime() - 4 * 60_000).toISOString();
    ({ id } = await openIncident(server.context(), { category: 'dns', startedAt, ...first }));
    cookie = await server.cookie(['csup', 'sre', 'manager']);
  });
  afterEach(() => server?.stop());
  const get = async (path: string, who = cookie) =>
    (await server.fetch(path, { headers: { cookie: who } })).text();
  const send = (action: string, fields: Record<string, string>, who = cookie) =>
    server.fetch(`${adminPaths.incident(id)}?_action=${action}`, {
      method: 'POST',
      headers: { cookie: who, origin: server.publicUrl },
      body: new URLSearchParams({ incident: id, ...fields }),
    });
  /** The promise to customers passes, then it becomes a P1, and management is told what there is. */
  async function missAndBrief(): Promise<void> {
    server.clock.forward(30);
    await classifyIncident(server.context(), id, { priority: 'P1', reason: 'Many report it' });
    server.clock.forward(1);
    await send('log.brief', { text: 'We have found it' });
  }

  test('R-061: one line in the log by one form; what is refused stays typed, beside its refusal', async () => {
    const answer = await send('log.add', { text: 'Restarted the <resolver>' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${adminPaths.incident(id)}#log`]);
    expect(await get(adminPaths.incident(id))).toContain('Restarted the &lt;resolver&gt;');
    const refused = await send('log.add', { text: '  ' });
    const html = await refused.text();
    expect(refused.status).toBe(422);
    expect(html).toMatch(/id="entry-text"[^>]*aria-invalid="true"/);
    expect(html).not.toMatch(/id="(brief|escalate)-text"[^>]*aria-invalid/);
    const kept = await (
      await send('log.escalate', { target: 'client', toWhom: '', text: 'We call you' })
    ).text();
    expect(kept).toContain('We call you');
    expect(kept).toMatch(/id="escalate-toWhom-refusal"/);
  });

  test('R-061: the API has no way to change or remove an entry', () => {
    const ways = operations.filter(({ path }) => path.includes('/log')).map(({ method }) => method);
    expect(ways.sort()).toEqual(['GET', 'POST']);
  });

  test('R-062: next action and owner stand on the incident and the desk', async () => {
    const owner = await server.addPerson('sre');
    await send('log.next', { 'text:text': 'Replace the disk', 'ownerId:nullable': owner.id });
    // The form on the page holds both as well; what counts is the sentence.
    expect(visible(await get(adminPaths.incident(id)))).toContain(
      `Next action Replace the disk · ${owner.name}`,
    );
    expect(visible(await get(adminPaths.desk))).toContain(`Next: Replace the disk · ${owner.name}`);
  });

  test('R-063: the desk warns at 80 %, then says overdue, and names the instant for a countdown', async () => {
    expect(await get(adminPaths.desk)).not.toContain('due soon');
    server.clock.forward(24);
    const warned = await get(adminPaths.desk);
    expect(warned).toContain('data-due="2026-11-20T02:42:00.000Z"');
    expect(visible(warned)).toMatch(/Update for customers due soon by 03:42 CET \(02:42 UTC\)/);
    server.clock.forward(6);
    expect(visible(await get(adminPaths.desk))).toContain('overdue since 03:42 CET (02:42 UTC)');
  });

  test('R-064: at the limit the entry is prefilled and one press away; once made, it is not proposed again', async () => {
    server.clock.forward(30);
    expect(await get(adminPaths.desk)).toContain(`${adminPaths.incident(id)}#escalate`);
    const html = await get(adminPaths.incident(id));
    expect(html).toMatch(/<details id="escalate" open/);
    const [, text = ''] = /<textarea id="escalate-text"[^>]*>([^<]+)</.exec(html) ?? [];
    expect(text).toContain('promised by 03:42 CET (02:42 UTC) has not come');
    const [, toWhom = ''] = /id="escalate-toWhom"[^>]*value="([^"]+)"/.exec(html) ?? [];
    await send('log.escalate', { target: 'internal', toWhom, text });
    const after = await get(adminPaths.incident(id));
    expect(after).not.toMatch(/<details id="escalate" open/);
    expect(visible(after)).toContain(`Escalated · Inside the company: ${toWhom}`);
  });

  test('R-133: management sees open P0 and P1 with both times and notes what is new', async () => {
    await missAndBrief();
    // Its job tells of the decision on a report; what is told at the same minute has no order.
    const desk = await vi.waitFor(
      async () => {
        const text = visible(await get(adminPaths.desk));
        expect(text).toContain('Decide on the report: Look-ups fail');
        return text;
      },
      { timeout: 10_000, interval: 200 },
    );
    expect(desk).toMatch(
      /Update for customers overdue since 03:42 CET \(02:42 UTC\) Briefing for management by 04:43 CET/,
    );
    expect(desk).toMatch(
      /New for you: an update did not come in time, urgent .*New for you At the open incidents: 2 .*Promises this month/,
    );
    const seen = await server.fetch(`${adminPaths.desk}?_action=notices.seen`, {
      method: 'POST',
      headers: { cookie, origin: server.publicUrl },
      body: new URLSearchParams({}),
    });
    expect(seen.status).toBe(303);
    expect(visible(await get(adminPaths.desk))).not.toContain('New for you');
    expect(await get(adminPaths.desk, await server.cookie(['csup']))).not.toContain('Promises this month');
  });

  test('R-070: the time to the first public update stands as its median, and as “–” for a month without one', async () => {
    const figures = async (month: string) => visible(await get(adminPaths.promises({ month })));
    const [label, slowest] = ['Time to the first public update', '95 % within'];
    expect(await figures('2026-11')).toContain(`${label}, Median 4 min ${label}, ${slowest} 4 min`);
    expect(await figures('2026-09')).toContain(`${label}, Median – ${label}, ${slowest} –`);
    expect(visible(await get(adminPaths.desk))).toContain(`${label}, Median 4 min`);
  });

  test('G-19: the promises of a month, and of each incident in a sentence', async () => {
    await missAndBrief();
    const record = visible(await get(adminPaths.promises({ month: '2026-11' })));
    expect(record).toMatch(/To customers 0 1 0 0% To management 1 0 1 100%/);
    expect(record).toContain('promised by 20 Nov 2026, 03:42 CET (02:42 UTC) not come yet: overdue by 1 min');
    const empty = visible(await get(adminPaths.promises({ month: '2026-09' })));
    expect(empty).toMatch(/To customers 0 0 0 – To management 0 0 0 –/);
    expect((await server.fetch(`${adminPaths.promises()}?month=never`, { headers: { cookie } })).status).toBe(
      200,
    );
    await postUpdate(server.context(), id, {
      phase: 'identified',
      texts: { en: { body: 'We know the cause.' } },
    });
    expect(visible(await get(adminPaths.incident(id)))).toMatch(
      /To customers promised by .* came 03:43 CET: missed by 1 min/,
    );
  });
});
