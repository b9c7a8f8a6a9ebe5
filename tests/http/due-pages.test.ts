/** Closing an incident, what it owes, the due list and the notices, as forms and pages without JavaScript. */

import { and, isNull, lte } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { adminPaths } from '../../src/paths.ts';
import { apiOf } from '../support/api.ts';
import { faultsOf } from '../support/html.ts';
import { publishedByApi, type ReportTeam, reportTeam, resolvedByApi } from '../support/report-calls.ts';
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts';
import { night } from '../support/world.ts';

let server: TestServer;
let team: ReportTeam;
const cookies = new Map<TestPerson, string>();
beforeAll(async () => {
  server = await startTestServer();
  team = await reportTeam(server);
});
// Some of these move the clock by days, after which a session has ended.
beforeEach(async () => {
  server.clock.now = night;
  for (const person of Object.values(team.people)) cookies.set(person, await server.cookie(person));
});
afterAll(() => server?.stop());

const get = async (who: TestPerson, path: string) => {
  const answer = await server.fetch(path, { headers: { cookie: cookies.get(who) ?? '' } });
  return { status: answer.status, html: await answer.text() };
};
const close = (who: TestPerson, incident: string, fields: Record<string, string>) =>
  server.fetch(`${adminPaths.incident(incident)}?_action=closing.close`, {
    method: 'POST',
    headers: { cookie: cookies.get(who) ?? '', origin: server.publicUrl },
    body: new URLSearchParams({ incident, ...fields }),
  });
/** The server has done what is due by its clock. */
async function jobsDone(): Promise<void> {
  const { outbox } = server.app.store.tables;
  const isDue = and(isNull(outbox.doneAt), lte(outbox.dueAt, server.clock.now));
  await vi.waitFor(
    async () => expect(await server.app.store.read.select().from(outbox).where(isDue)).toEqual([]),
    { timeout: 10_000, interval: 100 },
  );
}
const words = (html: string): string =>
  html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
const section = (html: string, id: string): string =>
  new RegExp(`<section id="${id}"[\\s\\S]*?</section>`).exec(html)?.[0] ?? '';

test('R-166: a P0 or P1 that nobody validated is red on the desk and on its page, until somebody else has', async () => {
  const { people, csup, sre, manager } = team;
  const texts = { en: { title: 'Mail stands still', body: 'No mail arrives.' } };
  const body = { category: 'dns', phase: 'investigating', texts };
  const { id } = (await csup.call('openIncident', { body })).incident;
  const red = async (): Promise<boolean[]> => {
    const pages = [
      await get(people.manager, adminPaths.desk),
      await get(people.manager, adminPaths.incident(id)),
    ];
    return pages.map(({ html }) => /<a class="ta[gp] late" href="[^"]*#classify"/.test(html));
  };
  expect(await red()).toEqual([false, false]);
  await sre.call('classifyIncident', { id, body: { priority: 'P1', reason: 'Many are affected.' } });
  expect(await red()).toEqual([true, true]);
  await manager.call('validatePriority', { id, body: {} });
  expect(await red()).toEqual([false, false]);
});

describe('R-076, R-128, R-134: the incident view', () => {
  test('says what the incident owes and what is missing, with the ways there', async () => {
    const { people } = team;
    const id = await resolvedByApi(server, team);
    const { html } = await get(people.sre, adminPaths.incident(id));
    expect(words(section(html, 'report'))).toMatch(/Report: To the report Owed due by 27 Nov 2026 Problem:/);
    expect(section(html, 'closing')).toContain(`href="${adminPaths.report(id)}"`);
    expect(section(html, 'closing')).not.toContain('<form');
    expect(words(section(html, 'closing'))).toContain('The report is published for everybody');
    expect(await faultsOf(html)).toEqual([]);
    const refused = await close(people.sre, id, { outcome: 'problem', explanation: 'Closed by hand' });
    expect(refused.status).toBe(409);
    expect(words(await refused.text())).toContain(
      'A P0 is closed once its report is published for everybody.',
    );
  });

  test('closes with a form; what was typed survives a refusal', async () => {
    const { people } = team;
    const { incident } = await publishedByApi(server, team);
    const form = (await get(people.sre, adminPaths.incident(incident))).html;
    expect(section(form, 'closing')).toContain('<form');
    expect(section(form, 'closing')).not.toContain('value="transient"');
    expect(section((await get(people.manager, adminPaths.incident(incident))).html, 'closing')).toContain(
      'value="transient"',
    );
    expect(section((await get(people.csup, adminPaths.incident(incident))).html, 'closing')).not.toContain(
      '<form',
    );
    expect((await close(people.csup, incident, { outcome: 'problem', explanation: 'x' })).status).toBe(403);
    const short = await close(people.sre, incident, { outcome: 'problem', explanation: 'Too <short>' });
    const again = await short.text();
    expect(short.status).toBe(422);
    expect(section(again, 'closing')).toMatch(/id="closing-explanation-refusal"/);
    expect(section(again, 'closing')).toContain('Too &lt;short&gt;');
    expect(await faultsOf(again)).toEqual([]);
    const done = await close(people.sre, incident, {
      outcome: 'problem',
      explanation: 'The certificate <b>expired</b>; renewed, and the probe is green since.',
    });
    expect(done.status).toBe(303);
    const { html } = await get(people.csup, done.headers.get('location') ?? '');
    expect(words(html)).toContain('The incident is closed.');
    expect(words(section(html, 'closing'))).toMatch(/Problem\. Closed 20 Nov 2026, .* by Robin/);
    expect(section(html, 'closing')).toContain('&lt;b&gt;expired');
    expect(await faultsOf(html)).toEqual([]);
    const update = await team.csup.send('POST', `/incidents/${incident}/updates`, {
      phase: 'monitoring',
      texts: { en: { body: 'We watch it.' } },
    });
    expect([update.status, update.body.error.message]).toEqual([
      409,
      'This incident is closed. Reopen it first, with an update that says so.',
    ]);
    const world = await server.text(`/incidents/${incident}`);
    expect(world).not.toContain('certificate');
  });
});

describe('the desk', () => {
  test('shows each person what is owed, with the way to it, and nothing where nothing is', async () => {
    const { people, engineer } = team;
    const admin = await server.addPerson('admin');
    cookies.set(admin, await server.cookie(admin));
    const id = await resolvedByApi(server, team);
    const { report } = await engineer.call('saveReport', {
      id,
      body: { title: { en: 'Zebra & co' }, owner: people.engineer.id },
    });
    const { html } = await get(people.engineer, adminPaths.desk);
    expect(section(html, 'due')).toContain(`href="${adminPaths.reportText(report.id)}"`);
    expect(words(section(html, 'due'))).toContain('Write the report: Zebra &amp; co');
    expect(await faultsOf(html)).toEqual([]);
    const other = (await get(admin, adminPaths.desk)).html;
    expect(section(other, 'due')).toBe('');
    expect(other).not.toContain('Zebra');
    const { due } = await engineer.call('readDue');
    expect(due).toContainEqual(
      expect.objectContaining({
        kind: 'report_due',
        id: report.id,
        isOwn: true,
        dueAt: '2026-11-27T23:00:00.000Z',
      }),
    );
    server.clock.forward(9 * 24 * 60);
    cookies.set(people.engineer, await server.cookie(people.engineer));
    expect(words(section((await get(people.engineer, adminPaths.desk)).html, 'due'))).toContain(
      'overdue since 27 Nov 2026',
    );
  });

  test('R-142: tells everybody of a published report but who published it, until it is noted', async () => {
    const { people } = team;
    const { incident } = await publishedByApi(server, team);
    await jobsDone();
    for (const person of [people.csup, people.manager]) cookies.set(person, await server.cookie(person));
    const { html } = await get(people.manager, adminPaths.desk);
    expect(section(html, 'notices')).toContain(`href="${adminPaths.report(incident)}"`);
    expect(words(section(html, 'notices'))).toContain('Report published, version 1: Object storage fails');
    expect(section((await get(people.csup, adminPaths.desk)).html, 'notices')).toBe('');
    const seen = await server.fetch(`${adminPaths.desk}?_action=notices.seen`, {
      method: 'POST',
      headers: { cookie: cookies.get(people.manager) ?? '', origin: server.publicUrl },
      body: new URLSearchParams({}),
    });
    expect(seen.status).toBe(303);
    await jobsDone();
    expect(section((await get(people.manager, adminPaths.desk)).html, 'notices')).toBe('');
  });

  test('R-126: a restricted incident owes nothing to who may not see it', async () => {
    const { people } = team;
    const trusted = apiOf(server, await server.token(['sre', 'security']));
    const { categories } = await trusted.call('listCategories');
    const { slug } = categories.find(({ isRestricted }: { isRestricted: boolean }) => isRestricted);
    const texts = { en: { title: 'Quagga inside', body: 'A quagga got in, and we look for its way.' } };
    const { incident } = await trusted.call('openIncident', {
      body: { category: slug, phase: 'investigating', texts },
    });
    await trusted.call('classifyIncident', {
      id: incident.id,
      body: { priority: 'P0', reason: 'A key is known.' },
    });
    server.clock.forward(60);
    const body = {
      phase: 'resolved',
      texts: { en: { body: 'The quagga is out; its way in is shut for good.' } },
    };
    await trusted.call('postUpdate', { id: incident.id, body });
    await jobsDone();
    server.clock.forward(9 * 24 * 60);
    await jobsDone();
    expect(JSON.stringify(await trusted.call('readDue'))).toContain('Quagga');
    for (const name of ['csup', 'sre', 'engineer', 'manager'] as const) {
      cookies.set(people[name], await server.cookie(people[name]));
      expect((await get(people[name], adminPaths.desk)).html).not.toContain('Quagga');
      expect((await get(people[name], adminPaths.incident(incident.id))).status).toBe(404);
      for (const path of ['/due', '/notices', '/reports', '/problems'])
        expect(JSON.stringify((await team[name].send('GET', path)).body)).not.toContain('Quagga');
      expect((await team[name].send('GET', `/incidents/${incident.id}/closing`)).status).toBe(404);
    }
  });
});
