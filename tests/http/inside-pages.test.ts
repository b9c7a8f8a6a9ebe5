/** The screens of what is not public: recording, reasons, the restricted lane, the roster and handing over; all forms without JavaScript. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import { changeSettings } from '../../src/domain/core/settings/change-settings.ts';
import { listNotPublic } from '../../src/domain/incidents/not-public/list-not-public.ts';
import { recordIncident } from '../../src/domain/incidents/not-public/record-incident.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { readRestriction } from '../../src/domain/incidents/restricted/read-restriction.ts';
import { readRoster } from '../../src/domain/people/roster/read-roster.ts';
import { faultsOf } from '../support/html.ts';
import { type Insider, insideOf, insider } from '../support/inside.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let csup: Insider;
let security: Insider;

beforeAll(async () => {
  server = await startTestServer();
  csup = await insider(server, 'csup');
  security = await insider(server, 'security');
});
afterAll(() => server?.stop());

const { as, show, send } = insideOf(() => server);
const idIn = (location: string): string => /\/admin\/incidents\/(\w{12})$/.exec(location)?.[1] ?? '';
const texts = {
  en: { title: 'Canary', body: 'The canary sings of keys.' },
  de: { title: 'Kanarienvogel', body: 'Der Vogel singt von Schlüsseln.' },
};

describe('R-127: an incident that is not public', () => {
  test('is recorded with a form, listed on the desk, kept out with a reason and listed again', async () => {
    const wrong = await send(csup, '/admin/not-public', 'notPublic.record', {
      category: 'dns',
      internalTitle: '',
      'labels:lines': 'rack\nRACK',
    });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('id="f-internalTitle-refusal"');
    expect(wrong.html).toMatch(/RACK<\/textarea>/);
    const { status, location } = await send(csup, '/admin/not-public', 'notPublic.record', {
      category: 'dns',
      internalTitle: 'Look-ups crawl',
      'unticked.affectsCustomers': 'flag',
      'affectsCustomers:flag': 'true',
      impact: 'minor',
      'labels:lines': 'rack 7\nresolver',
    });
    const id = idIn(location);
    expect(status).toBe(303);
    expect(await readIncident(as(csup), id)).toMatchObject({
      labels: ['rack 7', 'resolver'],
      impact: 'minor',
    });
    const desk = await show(csup, '/admin');
    expect(desk.html).toMatch(/Affects customers, not public.*Look-ups crawl.*Publish first update/s);
    expect((await show(csup, `/admin/compose?incident=${id}`)).html).toMatch(/<h1[^>]*>Look-ups crawl/);
    expect((await show(csup, '/admin/incidents')).html).toContain('Look-ups crawl');
    const page = `/admin/incidents/${id}`;
    const refused = await send(csup, page, 'notPublic.reason', { incident: id, reason: ' ' });
    expect([refused.status, refused.html.includes('id="why-reason-refusal"')]).toEqual([422, true]);
    await send(csup, page, 'notPublic.reason', { incident: id, reason: 'Opened in error' });
    expect((await show(csup, page)).html).toMatch(/Stays out of the public page since .*Opened in error/);
    expect((await show(csup, '/admin')).html).not.toContain('Look-ups crawl');
    await send(csup, page, 'notPublic.revoke', { incident: id });
    expect((await show(csup, '/admin')).html).toContain('Look-ups crawl');
    await send(csup, page, 'notPublic.label', { incident: id, 'labels:lines': '' });
    await send(csup, page, 'notPublic.customers', { incident: id, 'affectsCustomers:flag': 'false' });
    expect(await readIncident(as(csup), id)).toMatchObject({ labels: [], affectsCustomers: false });
    const { notPublic } = await listNotPublic(as(csup));
    expect(notPublic.map((one) => one.id)).not.toContain(id);
    expect((await server.fetch(`/incidents/${id}`)).status).toBe(404);
  });

  test('a page from before, open in a browser or kept as a bookmark, still works under its former names', async () => {
    expect((await show(csup, '/admin/log?restricted=true')).html).toContain('name="isRestricted:flag"');
    const wrong = await send(csup, '/admin/log', 'unpublished.log', { category: 'dns', internalTitle: '' });
    expect([wrong.status, wrong.html.includes('id="f-internalTitle-refusal"')]).toEqual([422, true]);
    const { location } = await send(csup, '/admin/log', 'unpublished.log', {
      category: 'dns',
      internalTitle: 'Typed before the upgrade',
    });
    const incident = idIn(location);
    const page = `/admin/incidents/${incident}`;
    const refused = await send(csup, page, 'unpublished.reason', { incident, reason: ' ' });
    expect([refused.status, refused.html.includes('id="why-reason-refusal"')]).toEqual([422, true]);
    await send(csup, page, 'unpublished.reason', { incident, reason: 'Opened in error' });
    expect(await readIncident(as(csup), incident)).toMatchObject({ notPublicReason: 'Opened in error' });
  });

  test('is recorded as restricted by who may not see a restricted category, who learns whom to tell', async () => {
    await changeSettings(server.context(), { security_contact: 'security@example.com' });
    const form = await show(csup, '/admin/not-public?restricted=true');
    expect(form.html).toContain('security@example.com');
    expect(form.html).not.toMatch(/<option value="security"/);
    const { location } = await send(csup, '/admin/not-public?restricted=true', 'notPublic.record', {
      'isRestricted:flag': 'true',
      category: 'dns',
      internalTitle: 'Odd sign-ins',
    });
    const id = idIn(location);
    expect((await readIncident(as(security), id)).isRestricted).toBe(true);
    expect((await show(csup, `/admin/incidents/${id}`)).status).toBe(200);
    const other = await insider(server, 'sre', 'manager', 'admin');
    expect((await show(other, `/admin/incidents/${id}`)).status).toBe(404);
    expect((await show(security, '/admin/not-public?restricted=true')).html).toContain(
      'href="/admin/compose?category=security"',
    );
  });
});

describe('R-051 to R-053: the restricted lane on the screen', () => {
  test('has no tile; its composer saves and does not publish; it is referred, read and released', async () => {
    expect((await show(security, '/admin')).html).not.toContain('compose?category=security"');
    const composer = await show(security, '/admin/compose?category=security');
    expect(composer.html).toContain('Save, not public');
    expect(composer.html).not.toMatch(/autofocus/);
    const { id } = await openIncident(as(security), { category: 'security', phase: 'investigating', texts });
    const page = `/admin/incidents/${id}`;
    const before = await show(security, page);
    expect(before.html).toContain('Not referred to anybody yet');
    expect(before.html).not.toContain('Make public now');
    await send(security, page, 'restricted.readers', {
      incident: id,
      'readers:list': csup.id,
      'unticked.readers': 'list',
    });
    const named = await show(csup, page);
    expect([named.status, named.html.includes('Record referral')]).toEqual([200, true]);
    expect(named.html).not.toMatch(/Withdraw this text|Save people/);
    await send(csup, page, 'restricted.refer', { incident: id, toWhom: 'Lena, security' });
    expect((await readRestriction(as(security), id)).referrals).toMatchObject([{ toWhom: 'Lena, security' }]);

    const ready = await show(security, page);
    expect(ready.html).toMatch(
      /These texts become public at once.*The canary sings of keys.*Der Vogel singt/s,
    );
    expect(await faultsOf(ready.html)).toEqual([]);
    const version = /action="\?_action=restricted\.release".*?name="version:number" value="(\d+)"/s.exec(
      ready.html,
    )?.[1];
    const unread = await send(security, page, 'restricted.release', {
      incident: id,
      'version:number': version ?? '',
    });
    expect([unread.status, unread.html.includes('id="confirmed-refusal"')]).toEqual([422, true]);
    expect((await server.fetch(`/incidents/${id}`)).status).toBe(404);
    const released = await send(security, page, 'restricted.release', {
      incident: id,
      'version:number': version ?? '',
      'confirmed:flag': 'true',
      standInReason: 'CSUP is at another incident.',
    });
    expect(released.status).toBe(303);
    expect(await server.text(`/incidents/${id}`)).toContain('The canary sings of keys.');
    expect((await server.fetch('/categories/security')).status).toBe(200);
    expect((await show(csup, page)).html).not.toContain('compose?incident=');
    const again = await show(security, `/admin/compose?incident=${id}`);
    expect(again.html).toMatch(/<input type="checkbox" form="compose" required/);
    expect(again.html).not.toMatch(/<button form="compose"[^>]*autofocus/);
  });

  test('a text is withdrawn with its reason; an incident of who opened it becomes restricted', async () => {
    const { id, updateId } = await openIncident(as(security), {
      category: 'security',
      phase: 'investigating',
      texts,
    });
    await send(security, `/admin/incidents/${id}`, 'restricted.withdraw', {
      update: updateId,
      reason: 'Too early',
    });
    expect((await readIncident(as(security), id)).updates).toEqual([]);
    const { id: logged } = await recordIncident(as(csup), { category: 'dns', internalTitle: 'Odd look-ups' });
    expect((await show(csup, `/admin/incidents/${logged}`)).html).toContain('restricted.restrict');
    await send(csup, `/admin/incidents/${logged}`, 'restricted.restrict', { incident: logged });
    expect((await readIncident(as(csup), logged)).isRestricted).toBe(true);
  });
});

describe('R-057: the roster on the screen', () => {
  test('is planned, changed and shown in page zone and UTC; a gap warns on the desk', async () => {
    const wrong = await send(csup, '/admin/roster', 'roster.add', {
      userId: csup.id,
      'startsAt:local': '2026-11-20T10:00',
      'endsAt:local': '2026-11-20T09:00',
    });
    expect([wrong.status, wrong.html.includes('id="f-endsAt-refusal"')]).toEqual([422, true]);
    expect(wrong.html).toContain('value="2026-11-20T10:00"');
    await send(csup, '/admin/roster', 'roster.add', {
      userId: csup.id,
      'startsAt:local': '2026-11-20T03:00',
      'endsAt:local': '2026-11-20T09:00',
    });
    const { html } = await show(security, '/admin/roster');
    expect(html).toContain('20 Nov 2026, 03:00–09:00 CET (02:00–08:00 UTC)');
    expect(html).toContain('Gaps in the next 7 days');
    expect(await faultsOf(html)).toEqual([]);
    expect((await show(csup, '/admin')).html).toMatch(/On call now.*Nobody is on call: 20 Nov 2026, 09:00/s);
    const { shifts } = await readRoster(as(csup));
    const page = `/admin/roster/shifts/${shifts[0]?.id}`;
    expect((await show(csup, page)).html).toContain('value="2026-11-20T09:00"');
    await send(csup, page, 'roster.change', {
      shift: shifts[0]?.id ?? '',
      userId: csup.id,
      'startsAt:local': '2026-11-20T03:00',
      'endsAt:local': '2026-11-20T12:00',
    });
    expect((await readRoster(as(csup))).now[0]?.endsAt).toEqual(new Date('2026-11-20T11:00:00Z'));
  });

  test('off duty or without the role CSUP the composer asks why once, on duty it asks nothing; what is typed survives the refusal', async () => {
    expect((await show(csup, '/admin/compose?category=api')).html).not.toMatch(
      /name="(offDuty|standIn)Reason"/,
    );
    expect((await show(security, '/admin/compose?category=api')).html).toContain('name="standInReason"');
    const fields = {
      category: 'api',
      phase: 'investigating',
      'editText:flag': 'true',
      'texts.en.title': 'Orders fail',
      'texts.en.body': 'Some orders fail; we look for the cause.',
      occasion: 'investigating',
    };
    const path = '/admin/compose?category=api&occasion=investigating';
    const refused = await send(security, path, 'incidents.open', fields);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('id="f-standInReason-refusal"');
    expect(refused.html).toContain('Some orders fail; we look for the cause.');
  });

  test('promises are offered to the next person, who accepts them on the desk', async () => {
    const { id: incidentId } = await openIncident(server.context(), {
      category: 'api',
      phase: 'investigating',
      texts,
    });
    const { tables } = server.app.store;
    const dueAt = new Date(server.clock.now.getTime() + 20 * 60_000);
    await server.app.store.transaction(async ({ db }) => {
      await db.delete(tables.promises);
      await db
        .insert(tables.promises)
        .values({ id: newId(), incidentId, audience: 'customers', madeAt: dueAt, dueAt });
    });
    const next = await insider(server, 'csup');
    await send(csup, '/admin/roster', 'roster.offer', { toId: next.id, note: 'All quiet <b>here</b>' });
    const desk = await show(next, '/admin');
    expect(desk.html).toContain(`${csup.name} hands over 1 open promise to you`);
    expect(desk.html).toContain('All quiet &lt;b&gt;here&lt;/b&gt;');
    expect((await show(security, '/admin')).html).not.toContain('hands over');
    const handOver = /name="handOver" value="(\w+)"/.exec(desk.html)?.[1] ?? '';
    expect((await send(next, '/admin/roster', 'roster.accept', { handOver })).status).toBe(303);
    expect((await show(next, '/admin')).html).not.toContain('hands over');
    expect((await show(csup, '/admin/roster')).html).toContain('Accepted');
  });

  test('a shift is removed; one that does not exist is a 404 with the way back', async () => {
    const { shifts } = await readRoster(as(csup));
    for (const { id } of shifts)
      await send(csup, `/admin/roster/shifts/${id}`, 'roster.remove', { shift: id });
    expect((await show(csup, '/admin/roster?done=removed')).html).toMatch(/Removed\..*No shift is planned/s);
    expect((await show(csup, `/admin/roster/shifts/${newId()}`)).status).toBe(404);
    expect((await show(csup, '/admin')).html).not.toContain('Nobody is on call');
  });
});
