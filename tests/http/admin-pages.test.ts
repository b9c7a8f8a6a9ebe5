/** The pages of the admin area over HTTP: every form's way, its refusal with nothing lost, and who may not. */
import { HtmlValidate } from 'html-validate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Role, roles } from '../../db/words.ts';
import { changeCategory } from '../../src/domain/catalogue/categories/change-category.ts';
import { listCategories } from '../../src/domain/catalogue/categories/list-categories.ts';
import { addComponent } from '../../src/domain/catalogue/components/add-component.ts';
import { listComponents } from '../../src/domain/catalogue/components/list-components.ts';
import { addGroup } from '../../src/domain/catalogue/groups/add-group.ts';
import { listGroups } from '../../src/domain/catalogue/groups/list-groups.ts';
import { listAudit } from '../../src/domain/core/audit/list-audit.ts';
import { isAllowed } from '../../src/domain/core/authorize.ts';
import { readSettings } from '../../src/domain/core/settings/read-settings.ts';
import { settingKeys, settingsSchema } from '../../src/domain/core/settings/settings.ts';
import { createSetupLink } from '../../src/domain/instance/setup/setup-link.ts';
import { addToken } from '../../src/domain/people/tokens/add-token.ts';
import { listOwnTokens } from '../../src/domain/people/tokens/list-tokens.ts';
import { changeUser } from '../../src/domain/people/users/change-user.ts';
import { listUsers } from '../../src/domain/people/users/list-users.ts';
import { approveTemplates } from '../../src/domain/wording/templates/approve-templates.ts';
import { listTemplates } from '../../src/domain/wording/templates/list-templates.ts';
import { occasionTable } from '../../src/domain/wording/templates/occasions.ts';
import { fillableSlots } from '../../src/domain/wording/templates/slots.ts';
import { routePolicies } from '../../src/http/route-policies.ts';
import { spoken } from '../support/in-words.ts';
import { password, startTestServer, type TestPerson, type TestServer } from '../support/server.ts';

let server: TestServer;
let admin: TestPerson;
let cookie: string;
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.addPerson('manager', 'admin', 'security');
  cookie = await server.cookie(admin);
});
afterAll(() => server?.stop());

interface Answer {
  status: number;
  location: string;
  html: string;
  cookies: string[];
}
type Fields = Record<string, string | string[]>;

async function read(answer: Response): Promise<Answer> {
  const { status, headers } = answer;
  return {
    status,
    location: headers.get('location') ?? '',
    html: await answer.text(),
    cookies: headers.getSetCookie(),
  };
}

const open = async (path: string, who = cookie): Promise<Answer> =>
  read(await server.fetch(path, { headers: { cookie: who } }));

async function send(path: string, action: string, fields: Fields, who = cookie): Promise<Answer> {
  const body = new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
  );
  const headers = { origin: server.publicUrl, ...(who ? { cookie: who } : {}) };
  return read(await server.fetch(`${path}?_action=${action}`, { method: 'POST', headers, body }));
}

const attribute = (tag: string, name: string): string =>
  (new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '')
    .replaceAll('&amp;', '&')
    .replaceAll('&#34;', '"')
    .replaceAll('&quot;', '"');

/** The hidden fields of the page's form for `action`, as a browser sends them. */
function hiddenOf(html: string, action: string): Record<string, string> {
  const form = html.split('<form').find((part) => part.includes(`action="?_action=${action}"`));
  if (!form) throw new Error(`No form for ${action}.`);
  const inside = form.slice(0, form.indexOf('</form>'));
  const tags = [...inside.matchAll(/<input [^>]*type="hidden"[^>]*>/g)].map(([tag]) => tag);
  return Object.fromEntries(tags.map((tag) => [attribute(tag, 'name'), attribute(tag, 'value')]));
}

/** Opens the page, fills its form for `action` and sends it. */
const submit = async (path: string, action: string, fields: Fields, who = cookie): Promise<Answer> =>
  send(path, action, { ...hiddenOf((await open(path, who)).html, action), ...fields }, who);

const typedAt = (html: string, name: string): string => {
  const found = [...html.matchAll(/<input [^>]*>/g)]
    .map(([tag]) => tag)
    .find((tag) => attribute(tag, 'name') === name && attribute(tag, 'type') !== 'hidden');
  return attribute(found ?? '', 'value');
};
const isTicked = (html: string, name: string, value: string): boolean =>
  [...html.matchAll(/<input [^>]*>/g)].some(
    ([tag]) => attribute(tag, 'name') === name && attribute(tag, 'value') === value && / checked/.test(tag),
  );
/** The sentence that a field's description points to. */
const refusalAt = (html: string, id: string): string =>
  new RegExp(`<p class="refusal" id="${id}-refusal"[^>]*>([^<]*)<`).exec(html)?.[1]?.trim() ?? '';
const isMarked = (html: string, id: string): boolean =>
  new RegExp(`id="${id}"[^>]*aria-describedby="[^"]*${id}-refusal`).test(html);

/** The audit has a sentence for everything that has happened here. */
async function saysAll(): Promise<void> {
  let before: number | undefined;
  do {
    const { entries, next } = await listAudit(server.context(), { limit: 100, before });
    const { html } = await open(before ? `/admin/audit?before=${before}` : '/admin/audit');
    for (const { action } of entries) expect(html).not.toContain(`>${action}<`);
    before = next ?? undefined;
  } while (before !== undefined);
}

const category = async (slug: string) => {
  const found = (await listCategories(server.context())).find((one) => one.slug === slug);
  if (!found) throw new Error(`No category ${slug}.`);
  return found;
};
const component = async (name: string) =>
  (await listComponents(server.context())).find((one) => one.name.en === name);
const group = async (slug: string) => (await listGroups(server.context())).find((one) => one.slug === slug);
const user = async (email: string) => (await listUsers(server.context())).find((one) => one.email === email);

describe('the catalogue', { shuffle: false }, () => {
  const path = '/admin/catalogue/categories/new';
  const wanted = {
    'name.en': 'Mobile apps',
    'name.de': 'Mobile Apps',
    'short.en:text': '',
    'closeTargets.P1:number': '90',
  };

  test('a category is added once, however often the form is sent', async () => {
    const fields = { ...hiddenOf((await open(path)).html, 'categories.add'), ...wanted };
    const [first, second] = [
      await send(path, 'categories.add', fields),
      await send(path, 'categories.add', fields),
    ];
    const { id, closeTargets, short } = await category('mobile-apps');
    expect([first.status, first.location]).toEqual([303, `/admin/catalogue?done=added&at=${id}#e-${id}`]);
    expect(second.location).toBe(first.location);
    expect([closeTargets, short.en]).toEqual([{ P1: 90 }, 'Mobile apps']);
    expect((await open(first.location)).html).toMatch(
      new RegExp(`<li id="e-${id}"[\\s\\S]*role="status"[^>]*>\\s*Added\\.`),
    );
  });

  test('a refused one keeps every field and says what is wrong where it is', async () => {
    const fields = {
      ...wanted,
      'name.de': '',
      slug: 'Not A Slug',
      'description.en:text': 'Our “apps” & more',
      'isPlural.en:flag': 'true',
    };
    const { status, html } = await submit(path, 'categories.add', fields);
    expect(status).toBe(422);
    expect(refusalAt(html, 'f-name-de')).toBe('Please fill in this field.');
    expect(refusalAt(html, 'f-slug')).toContain('lower-case');
    expect(isMarked(html, 'f-slug')).toBe(true);
    expect([
      typedAt(html, 'name.en'),
      typedAt(html, 'slug'),
      typedAt(html, 'closeTargets.P1:number'),
    ]).toEqual(['Mobile apps', 'Not A Slug', '90']);
    expect(html).toContain('>Our “apps” &amp; more</textarea>');
    expect(isTicked(html, 'isPlural.en:flag', 'true')).toBe(true);
    expect(isTicked(html, 'isPlural.de:flag', 'true')).toBe(false);
  });

  test('a change can also empty a field, untick a box and leave no group', async () => {
    const { id: groupId } = await addGroup(server.context(), { name: 'Apps' });
    const { id } = await category('api');
    await changeCategory(server.context(), id, {
      groupIds: [groupId],
      closeTargets: { P0: 5 },
      isPlural: { en: true },
    });
    const answer = await submit(`/admin/catalogue/categories/${id}`, 'categories.change', {
      'name.en': 'API',
      'name.de': 'API',
      'description.en:text': '',
    });
    expect([answer.status, answer.location]).toEqual([303, `/admin/catalogue?done=saved&at=${id}#e-${id}`]);
    expect(await category('api')).toMatchObject({
      description: { en: '' },
      isPlural: { en: false },
      groupIds: [],
      closeTargets: {},
    });
  });

  test('of two who change it the second sees both versions, loses nothing and can save again', async () => {
    const { id, name } = await category('dns');
    const at = `/admin/catalogue/categories/${id}`;
    const fields = {
      ...hiddenOf((await open(at)).html, 'categories.change'),
      'name.en': 'Name service',
      'name.de': name.de,
    };
    await changeCategory(server.context(), id, { name: { en: 'DNS and domains', de: name.de } });
    const refused = await send(at, 'categories.change', fields);
    expect(refused.status).toBe(409);
    expect(refused.html).toMatch(/<td[^>]*>DNS and domains<\/td>\s*<td[^>]*>Name service<\/td>/);
    expect(typedAt(refused.html, 'name.en')).toBe('Name service');
    const again = await send(at, 'categories.change', {
      ...fields,
      ...hiddenOf(refused.html, 'categories.change'),
    });
    expect(again.status).toBe(303);
    expect((await category('dns')).name.en).toBe('Name service');
  });

  test('one that is not empty stays; an empty one is archived and comes back', async () => {
    const { id } = await category('mobile-apps');
    const at = `/admin/catalogue/categories/${id}`;
    const { id: inside } = await addComponent(server.context(), {
      category: id,
      name: { en: 'App', de: 'App' },
      type: 'website',
    });
    const { html } = await open(at);
    expect(html).toContain('Archive its sub-categories and components first.');
    expect(html).not.toContain('categories.archive');
    // A page that stood open meanwhile.
    const refused = await send(at, 'categories.archive', { category: id });
    expect([
      refused.status,
      refused.html.includes('Archive its sub-categories and components first.'),
    ]).toEqual([409, true]);
    await submit(`/admin/catalogue/components/${inside}`, 'components.archive', {});
    expect((await submit(at, 'categories.archive', {})).location).toBe('/admin/catalogue?done=archived');
    expect((await open('/admin/catalogue')).html).toMatch(/<details[\s\S]*Mobile apps[\s\S]*<\/details>/);
    expect((await submit(at, 'categories.restore', {})).status).toBe(303);
    expect((await category('mobile-apps')).archivedAt).toBeNull();
  });

  test('buttons move an entry by one place; an order that is out of date is refused', async () => {
    const top = async () =>
      (
        await listCategories({
          ...server.context(),
          actor: { ...server.context().actor, roles: new Set(roles) },
        })
      )
        .filter((one) => one.parentId === null && !one.archivedAt)
        .map(({ id }) => id);
    const before = await top();
    const [first = '', second = ''] = before;
    const moved = await submit('/admin/catalogue', 'categories.order', { down: first });
    expect([moved.status, moved.location]).toEqual([303, `/admin/catalogue#e-${first}`]);
    expect((await top()).slice(0, 2)).toEqual([second, first]);
    const refused = await send('/admin/catalogue', 'categories.order', {
      ids: `${first} ${second}`,
      up: second,
    });
    expect([refused.status, refused.html.includes('exactly once')]).toEqual([422, true]);
  });

  test('a component is added, changed, refused and moved', async () => {
    const at = '/admin/catalogue/components/new';
    const wantedHere = {
      'name.en': 'Checkout',
      'name.de': 'Kasse',
      category: (await category('website-portal')).id,
      type: 'website',
      'tier:number': '1',
      'weight:number': '9',
    };
    expect((await submit(at, 'components.add', { ...wantedHere, 'isCritical:flag': 'true' })).status).toBe(
      303,
    );
    const added = await component('Checkout');
    expect(added).toMatchObject({ tier: 1, weight: 9, isCritical: true, categorySlug: 'website-portal' });
    const own = `/admin/catalogue/components/${added?.id}`;
    const refused = await submit(own, 'components.change', {
      ...wantedHere,
      'weight:number': '11',
      'description.de:text': 'Bezahlen',
    });
    expect([
      refused.status,
      isMarked(refused.html, 'f-weight'),
      typedAt(refused.html, 'weight:number'),
    ]).toEqual([422, true, '11']);
    expect(refused.html).toContain('>Bezahlen</textarea>');
    expect((await submit(own, 'components.change', wantedHere)).status).toBe(303);
    expect(await component('Checkout')).toMatchObject({ isCritical: false });
    await submit(at, 'components.add', { ...wantedHere, 'name.en': 'Basket', 'name.de': 'Korb' });
    const basket = await component('Basket');
    const order = await submit('/admin/catalogue', 'components.order', { up: basket?.id ?? '' });
    expect(order.location).toBe(`/admin/catalogue#e-${basket?.id}`);
    expect((await component('Basket'))?.position).toBeLessThan((await component('Checkout'))?.position ?? 0);
  });

  test('a group is added, changed, archived, and its name kept when the address is taken', async () => {
    const at = '/admin/catalogue/groups/new';
    expect((await submit(at, 'groups.add', { name: 'Network', 'ownerId:nullable': admin.id })).status).toBe(
      303,
    );
    const added = await group('network');
    expect(added).toMatchObject({ ownerName: admin.name, hasOwner: true });
    const refused = await submit(at, 'groups.add', { name: 'Network two', slug: 'network' });
    expect([refused.status, refusalAt(refused.html, 'f-slug'), typedAt(refused.html, 'name')]).toEqual([
      422,
      'This is already taken.',
      'Network two',
    ]);
    const own = `/admin/catalogue/groups/${added?.id}`;
    await submit(own, 'groups.change', { name: 'Networks', 'ownerId:nullable': '' });
    expect(await group('network')).toMatchObject({ name: 'Networks', hasOwner: false });
    expect((await submit(own, 'groups.archive', {})).location).toBe('/admin/catalogue?done=archived');
    expect((await submit(own, 'groups.restore', {})).status).toBe(303);
  });

  test('R-148: a group without owner, or whose owner left, is listed as “No owner”', async () => {
    const gone = await server.addPerson('engineer');
    const owners: [string, string | null][] = [
      ['Kept', admin.id],
      ['Nobody’s', null],
      ['Left behind', gone.id],
    ];
    for (const [name, ownerId] of owners) await addGroup(server.context(), { name, ownerId });
    const listed = async (): Promise<string> => {
      const { html } = await open('/admin/catalogue');
      return html
        .slice(html.indexOf('id="groups"'))
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ');
    };
    expect(await listed()).toContain(`Left behind ${gone.name}`);
    await changeUser(server.context(), gone.id, { disabled: true });
    const now = await listed();
    for (const said of [`Kept ${admin.name}`, 'Nobody’s No owner', 'Left behind No owner'])
      expect(now).toContain(said);
    expect(now).not.toContain(gone.name);
  });

  test('who may only read sees the catalogue without forms and links to them', async () => {
    const { status, html } = await open('/admin/catalogue', await server.cookie(['csup']));
    expect(status).toBe(200);
    expect(html).toContain('Website and portal');
    expect(html).not.toMatch(
      /_action=(categories|components|groups)\.|\/catalogue\/(categories|components|groups)\//,
    );
  });

  test('a restricted category and an unknown id are not found', async () => {
    const secret = (
      await listCategories({
        ...server.context(),
        actor: { ...server.context().actor, roles: new Set(roles) },
      })
    ).find(({ isRestricted }) => isRestricted);
    const manager = await server.cookie(['manager']);
    const { html } = await open('/admin/catalogue', manager);
    expect(html).not.toContain(secret?.name.en);
    for (const id of [secret?.id, '000000000000', 'constructor']) {
      expect((await open(`/admin/catalogue/categories/${id}`, manager)).status, id).toBe(404);
    }
    expect((await open('/admin/catalogue/components/000000000000')).status).toBe(404);
    expect((await open('/admin/catalogue/groups/000000000000')).status).toBe(404);
  });

  test('the audit has a sentence for all of it', saysAll);
});

describe('templates', { shuffle: false }, () => {
  test('support reads what waits with its slots marked, and cannot approve', async () => {
    const csup = await server.cookie(['csup']);
    const { html } = await open('/admin/templates', csup);
    expect(html).toMatch(/lang="de"[\s\S]*<mark[^>]*>was ausfällt<\/mark>/);
    expect(html).toMatch(/lang="en"[\s\S]*<mark[^>]*>what fails<\/mark>/);
    expect(html).not.toMatch(/<main[\s\S]*\{\??[a-z_]+\}[\s\S]*<\/main>/);
    expect(html).not.toContain('templates.approve');
    const refused = await send('/admin/templates', 'templates.approve', { versions: '' }, csup);
    expect([refused.status, refused.html.includes('Your roles do not allow this.')]).toEqual([403, true]);
  });

  test('a manager approves all that are shown', async () => {
    const manager = await server.cookie(['manager']);
    const waiting = (await listTemplates(server.context()))
      .flatMap(({ texts }) => spoken.map((language) => texts[language]))
      .filter((text) => text?.state === 'not_approved');
    const { html } = await open('/admin/templates', manager);
    expect(html).toContain(`Approve all ${waiting.length}`);
    expect(html).toMatch(/\b0 of \d+ cells approved in each language of the page/);
    const unknown = await send(
      '/admin/templates',
      'templates.approve',
      { versions: '000000000000:1' },
      manager,
    );
    expect(unknown.status).toBe(422);
    expect((await submit('/admin/templates', 'templates.approve', {}, manager)).location).toBe(
      '/admin/templates?done=approved',
    );
    const after = await open('/admin/templates?done=approved', manager);
    expect(after.html).toContain('All texts are approved.');
    expect(after.html).toMatch(/\b(\d+) of \1 cells approved in each language of the page/);
    expect(after.html).not.toContain('templates.approve');
  });

  const path = '/admin/templates/dns/identified';
  const areaOf = (html: string, name: string): string =>
    new RegExp(`<textarea [^>]*name="${name}"[^>]*>([^<]*)<`).exec(html)?.[1] ?? '';

  test('a cell starts from the base; a saved text waits, and another manager approves it', async () => {
    const csup = await server.cookie(['csup']);
    const { html } = await open(path, csup);
    expect(areaOf(html, 'texts.de.body:text')).toContain('{effect}. Wir kennen die Ursache');
    expect(html).toContain('From the base');
    // The example of a preview is made of the page's own phrases.
    expect(html).toMatch(/We have found the cause: One of our changes was faulty\./);
    const body = 'Look-ups fail because of {cause}.';
    const german = areaOf(html, 'texts.de.body:text');
    const fields = { 'texts.en.body:text': body, 'texts.de.body:text': german };
    const saved = await submit(path, 'templates.write', fields, csup);
    expect([saved.status, saved.location]).toEqual([303, `${path}?done=saved`]);
    const after = (await open(path, csup)).html;
    expect([areaOf(after, 'texts.en.body:text'), after.includes('Not approved yet')]).toEqual([body, true]);
    expect(after).not.toContain('templates.approve');
    const manager = await server.cookie(['manager']);
    const approved = await submit(path, 'templates.approve', {}, manager);
    expect(approved.location).toBe(`${path}?done=approved`);
    expect((await open(path, manager)).html).toContain('● in force');
    const ended = await submit(path, 'templates.expire', {}, manager);
    expect(ended.location).toBe(`${path}?done=saved`);
    const expired = await open('/admin/templates?category=dns&state=expired', manager);
    expect(expired.html).toContain('href="/admin/templates/dns/identified"');
  });

  test('what was typed is previewed without being saved, and survives a refusal with its sentence at the field', async () => {
    const body = 'A cause: {cause}. [TODO]';
    const shown = (await open(path)).html;
    const german = areaOf(shown, 'texts.de.body:text');
    const texts = { 'texts.en.body:text': body, 'texts.de.body:text': german };
    const fields = { ...hiddenOf(shown, 'templates.write'), ...texts };
    const previewOf = async (more: Record<string, string>): Promise<string> => {
      const answer = await server.fetch(path, {
        method: 'POST',
        headers: { origin: server.publicUrl, cookie },
        body: new URLSearchParams({ ...fields, ...more }),
      });
      return answer.text();
    };
    const long = { 'texts.en.body:text': `${'word '.repeat(21)}end.` };
    expect(await previewOf(long)).toMatch(/Worth another look[\s\S]*word word/);
    const preview = await previewOf({ 'validUntil:local': '2026-12-24T12:00' });
    expect(preview).not.toContain('Worth another look');
    // Enter in a field presses the first button of a form: it must not be the one that saves.
    const form = preview.slice(preview.indexOf('name="scope"'));
    expect(/<button[^>]*>/.exec(form)?.[0]).not.toContain('formaction');
    expect(typedAt(preview, 'validUntil:local')).toBe('2026-12-24T12:00');
    expect(areaOf(preview, 'texts.en.body:text')).toBe(body);
    expect(preview).toContain('A cause: One of our changes was faulty. [TODO]');
    const refused = await send(path, 'templates.write', { ...fields, 'texts.en.title:text': 'Typed' });
    expect(refused.status).toBe(422);
    expect(refusalAt(refused.html, 'f-texts-en-body')).toBe('A placeholder is left in line 1: [TODO]');
    expect(isMarked(refused.html, 'f-texts-en-body')).toBe(true);
    expect([
      areaOf(refused.html, 'texts.en.body:text'),
      typedAt(refused.html, 'texts.en.title:text'),
    ]).toEqual([body, 'Typed']);
  });

  test('a second author sees both texts, and may then save his', async () => {
    const blank = { 'texts.en.title:text': '', 'texts.de.title:text': '' };
    const fields = { ...blank, 'texts.en.body:text': 'Mine.', 'texts.de.body:text': 'Meins.' };
    const seen = hiddenOf((await open(path)).html, 'templates.write');
    const first = await send(path, 'templates.write', {
      ...seen,
      ...fields,
      'texts.en.body:text': 'Theirs.',
    });
    expect(first.status).toBe(303);
    const { idempotencyKey: _key, ...stale } = seen;
    const refused = await send(path, 'templates.write', { ...stale, ...fields });
    expect(refused.status).toBe(409);
    expect(refused.html).toMatch(/Text, English[\s\S]*Theirs\.[\s\S]*Mine\./);
    const again = hiddenOf(refused.html, 'templates.write');
    expect((await send(path, 'templates.write', { ...again, ...fields })).status).toBe(303);
    expect(areaOf((await open(path)).html, 'texts.en.body:text')).toBe('Mine.');
  });

  test('the matrix is filtered, and a cell that does not exist is a 404', async () => {
    const all = (await open('/admin/templates')).html;
    const one = (await open('/admin/templates?category=dns')).html;
    const cells = (html: string): number =>
      html.match(/href="\/admin\/templates\/[a-z-]+\/[a-z_]+"/g)?.length ?? 0;
    expect([cells(all) > 150, cells(one) < 40]).toEqual([true, true]);
    expect((await open('/admin/templates?state=missing')).html).toContain('No cell is like that.');
    for (const address of ['nowhere/identified', 'dns/solved', 'constructor/identified']) {
      expect([address, (await open(`/admin/templates/${address}`)).status]).toEqual([address, 404]);
    }
    const manager = await server.cookie(['manager']);
    expect((await open('/admin/templates/security/identified', manager)).status).toBe(404);
    expect((await open('/admin/templates/security/identified')).status).toBe(200);
    expect((await open('/admin/templates', manager)).html).not.toContain('/admin/templates/security/');
  });

  test('all texts are one file to keep', async () => {
    const answer = await server.fetch('/admin/templates/export', { headers: { cookie } });
    expect(answer.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const text = await answer.text();
    expect(text).toContain(
      '<!-- base/resolved.de.md -->\n---\ntitle: ""\n---\n\nDie Störung dauerte {duration}',
    );
    expect(text).toContain('<!-- dns/identified.en.md -->');
  });

  test('free text is reviewed by a manager who did not write it', async () => {
    const author = await server.addPerson('csup', 'manager');
    const said = {
      phase: 'investigating',
      texts: { en: { title: 'Look-ups fail', body: 'Some look-ups fail.' } },
    };
    const token = await server.token(author);
    await server.fetch('/api/v1/incidents', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ category: 'dns', ...said }),
    });
    const own = await open('/admin/templates/free-text', await server.cookie(author));
    expect(own.html).toContain('Your own text: another manager reviews it.');
    expect(own.html).not.toContain('templates.review');
    expect((await open('/admin/templates')).html).toContain('Free text to review: 1');
    const done = await submit('/admin/templates/free-text', 'templates.review', {});
    expect(done.location).toBe('/admin/templates/free-text?done=reviewed');
    const after = await open('/admin/templates/free-text?done=reviewed');
    expect(after.html).toMatch(/Reviewed\.[\s\S]*There is nothing to review\./);
  });

  test('the composer asks for every slot that its template offers', async () => {
    const body = occasionTable.investigating.slots.map((slot) => `{${slot}}`).join(' ');
    const fields = Object.fromEntries(
      ['en', 'de'].flatMap((code) => [
        [`texts.${code}.title:text`, 'A title'],
        [`texts.${code}.body:text`, body],
      ]),
    );
    const cell = '/admin/templates/support-channels/investigating';
    expect((await submit(cell, 'templates.write', fields)).status).toBe(303);
    // Until somebody else approves it, the approved text of the base is used.
    await approveTemplates(server.context());
    const { html } = await open('/admin/compose?category=support-channels');
    const names = [...html.matchAll(/ name="slots\.([a-z_]+)/g)].map(([, slot]) => slot);
    const wanted = fillableSlots.filter((slot) => occasionTable.investigating.slots.includes(slot));
    expect([...new Set(names)]).toEqual(wanted);
    expect(html).toMatch(/name="slots\.share" type="number"/);
    expect(html).toMatch(/name="slots\.delay" type="number"/);
  });

  test('the audit has a sentence for all of it', saysAll);
});

describe('users', { shuffle: false }, () => {
  const path = '/admin/users';

  test('a new one gets a password that is told once, in that answer and nowhere else', async () => {
    const fields = {
      ...hiddenOf((await open(path)).html, 'users.add'),
      name: 'Aylin Kaya',
      'email:text': 'Aylin@Example.com',
      'roles:list': ['csup', 'sre'],
      language: 'de',
    };
    const told = await send(path, 'users.add', fields);
    const secret = /<code class="secret"[^>]*>([^<]+)</.exec(told.html)?.[1] ?? '';
    expect([told.status, told.location, told.cookies]).toEqual([200, '', []]);
    expect(secret).toMatch(/^\w{12}-\w{12}$/);
    const added = await user('aylin@example.com');
    expect(added).toMatchObject({ name: 'Aylin Kaya', roles: ['csup', 'sre'], language: 'de' });

    const again = await send(path, 'users.add', fields);
    expect([again.status, again.location]).toEqual([303, `/admin/users/${added?.id}?done=passwordShown`]);
    expect((await open(again.location)).html).toContain('the password was shown once');

    const { tables, read: rows } = server.app.store;
    const kept = [
      await rows.select().from(tables.idempotencyKeys),
      await rows.select().from(tables.auditEntries),
      await rows.select().from(tables.users),
      server.log,
    ];
    expect(JSON.stringify(kept)).not.toContain(secret);
    const signIn = await send(
      '/admin/sign-in',
      'sessions.signIn',
      { email: 'aylin@example.com', password: secret },
      '',
    );
    expect([signIn.status, signIn.cookies.length]).toEqual([303, 1]);
  });

  test('a refused one keeps name, e-mail address and roles', async () => {
    const fields = { name: 'Ben Otieno', 'email:text': 'aylin@example.com', 'roles:list': ['engineer'] };
    const taken = await submit(path, 'users.add', fields);
    expect([taken.status, refusalAt(taken.html, 'f-email')]).toEqual([422, 'This is already taken.']);
    expect([
      typedAt(taken.html, 'name'),
      typedAt(taken.html, 'email:text'),
      isTicked(taken.html, 'roles:list', 'engineer'),
    ]).toEqual(['Ben Otieno', 'aylin@example.com', true]);
    const roleless = await submit(path, 'users.add', {
      ...fields,
      'roles:list': [],
      'email:text': 'ben@example.com',
    });
    expect([roleless.status, isMarked(roleless.html, 'f-roles')]).toEqual([422, true]);
    expect(await user('ben@example.com')).toBeUndefined();
  });

  test('name, roles and language change; a conflict shows both; the last administrator stays', async () => {
    const { id, email } = await server.addPerson('csup');
    const own = `${path}/${id}`;
    const fields = {
      ...hiddenOf((await open(own)).html, 'users.change'),
      name: 'Robin Adeyemi',
      'roles:list': ['csup', 'manager'],
      language: 'de',
    };
    await changeUser(server.context(), id, { name: 'Robin A.' });
    const refused = await send(own, 'users.change', fields);
    expect(refused.status).toBe(409);
    expect(refused.html).toMatch(/<td[^>]*>Robin A\.<\/td>\s*<td[^>]*>Robin Adeyemi<\/td>/);
    expect(isTicked(refused.html, 'roles:list', 'manager')).toBe(true);
    const saved = await send(own, 'users.change', { ...fields, ...hiddenOf(refused.html, 'users.change') });
    expect(saved.location).toBe(`${own}?done=saved`);
    expect(await user(email)).toMatchObject({
      name: 'Robin Adeyemi',
      roles: ['csup', 'manager'],
      language: 'de',
    });

    const last = await submit(`${path}/${admin.id}`, 'users.change', {
      name: admin.name,
      'roles:list': ['manager'],
    });
    expect([last.status, last.html.includes('This is the last administrator.')]).toEqual([409, true]);
  });

  test('disabled and enabled again', async () => {
    const person = await server.addPerson('csup');
    const theirs = await server.cookie(person);
    const own = `${path}/${person.id}`;
    expect((await submit(own, 'users.disable', {})).location).toBe(`${own}?done=disabled`);
    expect((await open('/admin/account', theirs)).status).toBe(401);
    expect((await submit(own, 'users.enable', {})).location).toBe(`${own}?done=enabled`);
    expect((await user(person.email))?.disabledAt).toBeNull();
  });

  test('a password is set, or made and told once; sessions end; a weak one is refused and never written back', async () => {
    const person = await server.addPerson('csup');
    const own = `${path}/${person.id}`;
    const theirs = await server.cookie(person);
    const weak = await submit(own, 'users.setPassword', { password: 'password1234' });
    expect([weak.status, isMarked(weak.html, 'f-password'), weak.html.includes('password1234')]).toEqual([
      422,
      true,
      false,
    ]);
    expect((await submit(own, 'users.setPassword', { password: 'six loud herons sing' })).location).toBe(
      `${own}?done=passwordSet`,
    );
    expect((await open('/admin/account', theirs)).status).toBe(401);
    const made = await submit(own, 'users.setPassword', { password: '' });
    const secret = /<code class="secret"[^>]*>([^<]+)</.exec(made.html)?.[1] ?? '';
    expect(made.status).toBe(200);
    expect(
      (await send('/admin/sign-in', 'sessions.signIn', { email: person.email, password: secret }, '')).status,
    ).toBe(303);
  });

  test('all sessions of somebody end, audited', async () => {
    const person = await server.addPerson('csup');
    const theirs = await server.cookie(person);
    const own = `${path}/${person.id}`;
    expect((await submit(own, 'users.endSessions', {})).location).toBe(`${own}?done=sessionsEnded`);
    expect((await open('/admin/account', theirs)).status).toBe(401);
    const [entry] = (await listAudit(server.context(), { limit: 1 })).entries;
    expect(entry).toMatchObject({
      action: 'user.sessions-ended',
      subjectId: person.id,
      after: { sessions: 1 },
    });
  });

  test('a manager reads the list, but neither adds nor changes', async () => {
    const manager = await server.cookie(['manager']);
    const { status, html } = await open(path, manager);
    expect([status, html.includes('users.add'), html.includes(`/admin/users/${admin.id}`)]).toEqual([
      200,
      false,
      false,
    ]);
    expect((await open(`${path}/${admin.id}`, manager)).status).toBe(403);
    const refused = await send(
      path,
      'users.add',
      { name: 'X', 'email:text': 'x@example.com', 'roles:list': ['admin'] },
      manager,
    );
    expect(refused.status).toBe(403);
    expect((await send(path, 'users.endSessions', { user: admin.id }, manager)).status).toBe(403);
  });

  test('the audit has a sentence for all of it', saysAll);
});

describe('settings', () => {
  const path = '/admin/settings';

  test('change, and show on the page', async () => {
    const answer = await submit(path, 'settings.change', {
      'organisation_name:text': 'Hafenwerk',
      time_zone: 'Europe/Vienna',
      'promise_minutes_p0:number': '10',
      'availability_weight_partial:number': '0.5',
    });
    expect(answer.location).toBe(`${path}?done=saved`);
    expect(await readSettings(server.app.store)).toMatchObject({
      organisation_name: 'Hafenwerk',
      time_zone: 'Europe/Vienna',
      promise_minutes_p0: 10,
      availability_weight_partial: 0.5,
    });
    expect((await open(answer.location)).html).toMatch(/role="status"[^>]*>\s*Saved\./);
  });

  test('a colour that nobody can read is refused with the contrast it needs', async () => {
    const fields = {
      'accent_light:text': '#88aaff',
      'organisation_name:text': 'Hafenwerk Nord',
      'promise_minutes_p0:number': '0',
    };
    const { organisation_name: before } = await readSettings(server.app.store);
    const { status, html } = await submit(path, 'settings.change', fields);
    expect([status, isMarked(html, 'f-accent_light'), isMarked(html, 'f-promise_minutes_p0')]).toEqual([
      422,
      true,
      true,
    ]);
    expect(refusalAt(html, 'f-accent_light')).toContain('4.5:1');
    expect(refusalAt(html, 'f-accent_light')).not.toMatch(/[{}]/);
    expect([typedAt(html, 'accent_light:text'), typedAt(html, 'organisation_name:text')]).toEqual([
      '#88aaff',
      'Hafenwerk Nord',
    ]);
    expect((await readSettings(server.app.store)).organisation_name).toBe(before);
  });

  test('the page contradicts the schema nowhere: each number is asked for within its bounds', async () => {
    const { html } = await open(path);
    const numbers = settingKeys.flatMap((key) => {
      const schema: z.ZodType = settingsSchema.shape[key].unwrap();
      return schema instanceof z.ZodNumber ? [{ key, schema }] : [];
    });
    expect(numbers.length).toBeGreaterThan(15);
    const asked = numbers.map(({ key }) => {
      const [input = ''] = html.match(new RegExp(`<input id="f-${key}"[^>]*>`)) ?? [];
      return [
        key,
        ...['min', 'max', 'step'].map((name) => new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1]),
      ];
    });
    const valid = numbers.map(({ key, schema }) => [
      key,
      `${schema.minValue}`,
      `${schema.maxValue}`,
      schema.format === 'safeint' ? '1' : 'any',
    ]);
    expect(asked).toEqual(valid);
  });

  test('who may not change them reads them', async () => {
    const manager = await server.cookie(['manager']);
    const { html } = await open(path, manager);
    expect([/>Europe\/Vienna<\/dd>/.test(html), html.includes('settings.change')]).toEqual([true, false]);
    expect((await send(path, 'settings.change', { 'organisation_name:text': 'X' }, manager)).status).toBe(
      403,
    );
  });
});

describe('the audit', () => {
  test('tells in words who did what to what, newest first, 50 a page', async () => {
    const { id } = await category('api');
    await submit(`/admin/catalogue/categories/${id}`, 'categories.change', {
      'name.en': 'The API',
      'name.de': 'API',
    });
    const { html } = await open('/admin/audit');
    const first = html.split('<li id="entry-')[1] ?? '';
    expect(first).toContain('Category changed');
    expect(first).toContain(admin.name);
    expect(first).toMatch(
      new RegExp(`<a href="/admin/catalogue/categories/${id}"[^>]*>Category The API</a>`),
    );
    expect(first).toMatch(/>name\.en<\/th>\s*<td[^>]*>API<\/td>\s*<td[^>]*>The API<\/td>/);
    expect(html.match(/<li id="entry-/g)).toHaveLength(50);
    const older = /href="(\/admin\/audit\?before=\d+)"/.exec(html)?.[1] ?? '';
    const next = await open(older);
    expect(Number(/<li id="entry-(\d+)/.exec(next.html)?.[1])).toBe(Number(older.split('=')[1]) - 1);
    for (const odd of ['0', '-1', 'x', '99999999999999'])
      expect((await open(`/admin/audit?before=${odd}`)).status).toBe(200);
  });

  test('has a sentence for everything that a fresh page began with', saysAll);

  test('checks the seals only when asked, names a broken one, and shows as written what it has no words for', async () => {
    expect((await open('/admin/audit')).html).not.toContain('sealed and unchanged');
    expect((await open('/admin/audit?chain=check')).html).toMatch(
      /All \d+ entries are sealed and unchanged\./,
    );
    const broken = await startTestServer();
    try {
      const who = await broken.cookie(['security']);
      const { auditEntries } = broken.app.store.tables;
      const ofLater = { action: 'thing.made', subjectType: 'thing', subjectId: 'other' };
      await broken.app.store.transaction(({ db }) => db.update(auditEntries).set(ofLater));
      const answer = await broken.fetch('/admin/audit?chain=check', { headers: { cookie: who } });
      const html = await answer.text();
      expect(html).toMatch(/role="alert"[^>]*>\s*Entry 1 does not fit its seal/);
      expect(html).toMatch(/<h2[^>]*>thing\.made<[\s\S]*>thing other</);
    } finally {
      await broken.stop();
    }
  });
});

describe('the own account', () => {
  const path = '/admin/account';
  let me: TestPerson;
  let mine: string;
  beforeAll(async () => {
    me = await server.addPerson('csup', 'sre');
    mine = await server.cookie(me);
  });

  test('the language changes at once; another is refused', async () => {
    expect((await submit(path, 'account.changeLanguage', { language: 'de' }, mine)).location).toBe(
      `${path}?done=saved`,
    );
    expect((await open(path, mine)).html).toMatch(/<html lang="de"[\s\S]*<h1[^>]*>Mein Konto/);
    expect((await submit(path, 'account.changeLanguage', { language: 'xx' }, mine)).status).toBe(422);
    await submit(path, 'account.changeLanguage', { language: 'en' }, mine);
  });

  test('the password changes for who knows the present one, and neither is ever written back', async () => {
    const other = await server.cookie(me);
    const wrong = await submit(
      path,
      'account.changePassword',
      { current: 'not my password', password: 'six loud herons sing' },
      mine,
    );
    expect([wrong.status, refusalAt(wrong.html, 'f-current')]).toEqual([
      422,
      'This is not your present password.',
    ]);
    expect(wrong.html).not.toMatch(/not my password|six loud herons/);
    const done = await submit(
      path,
      'account.changePassword',
      { current: password, password: 'six loud herons sing' },
      mine,
    );
    expect(done.location).toBe(`${path}?done=passwordChanged`);
    expect([(await open(path, mine)).status, (await open(path, other)).status]).toEqual([200, 401]);
    await submit(path, 'account.changePassword', { current: 'six loud herons sing', password }, mine);
  });

  test('tokens are listed for a decision when a password changes: at once, on the desk, and to who set it', async () => {
    const who = await server.addPerson('csup');
    const theirs = await server.cookie(who);
    const context = {
      ...server.context(),
      actor: {
        kind: 'user' as const,
        userId: who.id,
        credentialId: who.id,
        name: who.name,
        roles: new Set<Role>(['csup']),
      },
    };
    for (const [at, name] of ['Deploy', 'Night job', 'Old script'].entries()) {
      const now = new Date(context.now.getTime() + at);
      await addToken({ ...context, now }, { name, roles: ['csup'] });
    }
    const [deploy = '', night = '', old = ''] = (await listOwnTokens(context)).map(({ id }) => id);
    expect((await open(path, theirs)).html).not.toContain('Do these tokens stay?');

    server.clock.forward(1);
    const change = { current: password, password: 'six loud herons sing' };
    const done = await submit(path, 'account.changePassword', change, theirs);
    const { html } = await open(done.location, theirs);
    const asked = html.slice(html.indexOf('id="undecided"'), html.indexOf('id="you"'));
    expect(asked).toMatch(/Deploy.*never used.*Night job.*Old script/s);
    expect(asked.match(/formaction="\?_action=tokens\.keep"/g)).toHaveLength(3);
    expect((await open('/admin', theirs)).html).toContain('3 API tokens are older than your password');

    const keep = await send(path, 'tokens.keep', { token: deploy }, theirs);
    expect(keep.location).toBe(`${path}?done=kept`);
    expect((await open(keep.location, theirs)).html).toContain('The token stays.');
    await send(path, 'tokens.revoke', { token: night }, theirs);
    expect((await open('/admin', theirs)).html).toContain('An API token is older than your password');

    const own = `/admin/users/${who.id}`;
    server.clock.forward(1);
    await submit(own, 'users.setPassword', { password: 'seven loud herons sing' });
    const set = await open(`${own}?done=passwordSet`);
    expect((await open('/admin/users')).html).toMatch(
      new RegExp(`/admin/users/${who.id}#undecided"[^>]*>\\s*2 tokens: keep or revoke`),
    );
    expect(set.html.slice(set.html.indexOf('id="undecided"'))).toMatch(/Deploy.*Old script/s);
    const revoked = await send(own, 'tokens.revoke', { token: old, user: who.id });
    expect(revoked.location).toBe(`${own}?done=revoked`);
    const kept = await send(own, 'tokens.keep', { token: deploy, user: who.id });
    expect(kept.location).toBe(`${own}?done=kept`);
    const after = (await open(own)).html;
    expect([after.includes('Do these tokens stay?'), after.includes('Deploy')]).toEqual([false, true]);
    expect((await send(own, 'tokens.keep', { token: deploy, user: '//evil.example' })).location).toBe(
      `${path}?done=kept`,
    );
  });

  test('another session is ended, and nobody else’s', async () => {
    const other = await server.cookie(me);
    expect((await submit(path, 'account.endSession', {}, mine)).location).toBe(`${path}?done=ended`);
    expect([(await open(path, mine)).status, (await open(path, other)).status]).toEqual([200, 401]);
    const { sessions } = server.app.store.tables;
    const theirs = (await server.app.store.read.select().from(sessions)).find(
      ({ userId }) => userId === admin.id,
    );
    expect((await send(path, 'account.endSession', { session: theirs?.id ?? '' }, mine)).status).toBe(404);
    expect((await open(path)).status).toBe(200);
  });

  test('a token is told once, with roles of the person only, and revoked', async () => {
    const greedy = await submit(path, 'tokens.add', { name: 'Too much', 'roles:list': ['admin'] }, mine);
    expect([greedy.status, isMarked(greedy.html, 'f-roles'), typedAt(greedy.html, 'name')]).toEqual([
      422,
      true,
      'Too much',
    ]);
    const fields = {
      ...hiddenOf((await open(path, mine)).html, 'tokens.add'),
      name: 'Night monitor',
      'roles:list': ['csup'],
    };
    const told = await send(path, 'tokens.add', fields, mine);
    const token = /<code class="secret"[^>]*>(klx_[\w-]{43})</.exec(told.html)?.[1] ?? '';
    expect([told.status, token === '']).toEqual([200, false]);
    const again = await send(path, 'tokens.add', fields, mine);
    expect(again.location).toBe(`${path}?done=tokenShown`);
    const page = await open(path, mine);
    expect([page.html.includes('Night monitor'), page.html.includes(token)]).toEqual([true, false]);
    const { tables, read: rows } = server.app.store;
    expect(
      JSON.stringify([
        await rows.select().from(tables.idempotencyKeys),
        await rows.select().from(tables.apiTokens),
        server.log,
      ]),
    ).not.toContain(token);
    expect((await submit(path, 'tokens.revoke', {}, mine)).location).toBe(`${path}?done=revoked`);
    expect((await open(path, mine)).html).toContain('No tokens.');
    expect((await send(path, 'tokens.revoke', { token: '000000000000' }, mine)).status).toBe(404);
  });
});

describe('the set-up', () => {
  const german = { 'accept-language': 'de-AT,de;q=0.9' };
  const wanted = {
    organisationName: 'Hafenwerk',
    timeZone: 'Europe/Vienna',
    'supportContact:text': 'hilfe@hafenwerk.example',
    'securityContact:text': 'https://hafenwerk.example/sicherheit',
    name: 'Mara Lindqvist',
    'email:text': 'mara@example.com',
    password: 'seven quiet otters',
    language: 'de',
  };

  test('leads from the link to a signed-in administrator and what is still to do', async () => {
    const fresh = await startTestServer({ isFresh: true });
    try {
      const token = (await createSetupLink(fresh.context())) ?? '';
      const path = `/admin/setup/${token}`;
      const ask = async (fields: Fields) => {
        const body = new URLSearchParams(
          Object.entries(fields).map(([name, value]) => [name, String(value)]),
        );
        return read(
          await fresh.fetch(`${path}?_action=setup.complete`, {
            method: 'POST',
            headers: { origin: fresh.publicUrl, ...german },
            body,
          }),
        );
      };
      const first = await read(await fresh.fetch(path, { headers: german }));
      expect([first.status, first.html.includes('Statusseite einrichten')]).toEqual([200, true]);
      expect(hiddenOf(first.html, 'setup.complete')).toEqual({ token });

      const weak = await ask({ ...wanted, token, password: 'hafenwerk2026' });
      expect([weak.status, isMarked(weak.html, 'f-password'), weak.html.includes('hafenwerk2026')]).toEqual([
        422,
        true,
        false,
      ]);
      expect([typedAt(weak.html, 'organisationName'), typedAt(weak.html, 'email:text')]).toEqual([
        'Hafenwerk',
        'mara@example.com',
      ]);

      const done = await ask({ ...wanted, token });
      expect([done.status, done.location, done.cookies.length]).toEqual([303, '/admin?done=setUp', 1]);
      const next = await read(
        await fresh.fetch(done.location, { headers: { cookie: done.cookies[0]?.split(';')[0] ?? '' } }),
      );
      expect(next.html).toMatch(/Die Seite ist eingerichtet[\s\S]*Noch zu tun[\s\S]*\/admin\/templates/);
      expect(JSON.stringify(fresh.log)).not.toContain('seven quiet otters');

      expect((await fresh.fetch(path)).status).toBe(404);
      expect((await ask({ ...wanted, token })).status).toBe(409);
    } finally {
      await fresh.stop();
    }
  });

  test('a link that was never made is refused', async () => {
    const fresh = await startTestServer();
    try {
      const answer = await fresh.fetch('/admin/setup/made-up');
      expect([answer.status, (await answer.text()).includes('does not work any more')]).toEqual([403, true]);
    } finally {
      await fresh.stop();
    }
  });
});

describe('who is not signed in', () => {
  test('gets the sign-in form in place of every page', async () => {
    for (const path of [
      '/admin/catalogue',
      '/admin/templates',
      '/admin/users',
      '/admin/settings',
      '/admin/audit',
      '/admin/account',
    ]) {
      const { status, html } = await open(path, '');
      expect([path, status, html.includes('sessions.signIn')]).toEqual([path, 401, true]);
    }
  });

  test('finds the typed form again after signing in, in its place, and nothing secret on the way', async () => {
    const fields = {
      ...hiddenOf((await open('/admin/users')).html, 'users.add'),
      name: 'Ines Prado',
      'email:text': 'ines@example.com',
      'roles:list': ['csup', 'engineer'],
    };
    const asked = await send('/admin/users', 'users.add', fields, '');
    expect([asked.status, asked.html.includes('Nothing you typed is lost')]).toEqual([401, true]);
    const kept = [...asked.html.matchAll(/<input type="hidden"[^>]*>/g)].map(([tag]) => [
      attribute(tag, 'name'),
      attribute(tag, 'value'),
    ]);
    const target = attribute(/<form[^>]*>/.exec(asked.html)?.[0] ?? '', 'action');
    const body = new URLSearchParams([
      ...kept.map(([name = '', value = '']) => [name, value] as [string, string]),
      ['email', admin.email],
      ['password', password],
    ]);
    const restored = await read(
      await server.fetch(target, { method: 'POST', headers: { origin: server.publicUrl }, body }),
    );
    expect([restored.status, restored.html.includes('Nothing was sent yet')]).toEqual([200, true]);
    expect([typedAt(restored.html, 'name'), typedAt(restored.html, 'email:text')]).toEqual([
      'Ines Prado',
      'ines@example.com',
    ]);
    expect([
      isTicked(restored.html, 'roles:list', 'engineer'),
      isTicked(restored.html, 'roles:list', 'sre'),
    ]).toEqual([true, false]);
    expect(await user('ines@example.com')).toBeUndefined();
    const who = restored.cookies[0]?.split(';')[0] ?? '';
    const sent = await send(
      '/admin/users',
      'users.add',
      { ...fields, ...hiddenOf(restored.html, 'users.add') },
      who,
    );
    expect(sent.status).toBe(200);
    expect(await user('ines@example.com')).toMatchObject({ roles: ['csup', 'engineer'] });
  });

  test('finds it in the right one of several forms', async () => {
    const { id, email } = await server.addPerson('admin');
    const asked = await send(
      `/admin/users/${id}`,
      'users.change',
      { user: id, name: 'Typed before', 'roles:list': ['sre'] },
      '',
    );
    const kept = [...asked.html.matchAll(/<input type="hidden"[^>]*>/g)].map(([tag]): [string, string] => [
      attribute(tag, 'name'),
      attribute(tag, 'value'),
    ]);
    const body = new URLSearchParams([...kept, ['email', email], ['password', password]]);
    const answer = await server.fetch(`/admin/users/${id}?_action=sessions.signIn`, {
      method: 'POST',
      headers: { origin: server.publicUrl },
      body,
    });
    const { html } = await read(answer);
    expect([
      typedAt(html, 'name'),
      isTicked(html, 'roles:list', 'sre'),
      isTicked(html, 'roles:list', 'admin'),
    ]).toEqual(['Typed before', true, false]);
  });

  test('never gets a typed password back', async () => {
    const asked = await send(
      '/admin/account',
      'tokens.add',
      {
        name: 'Night monitor',
        'roles:list': ['csup'],
        current: 'my old password',
        password: 'my new password',
      },
      '',
    );
    expect(asked.html).not.toMatch(/my (old|new) password/);
    const other = await send(
      '/admin/account',
      'account.changePassword',
      { current: 'my old password', password: 'my new password' },
      '',
    );
    expect(other.html).not.toMatch(/my (old|new) password/);
  });
});

describe('every page', () => {
  let groupId: string;
  beforeAll(async () => {
    ({ id: groupId } = await addGroup(server.context(), { name: 'On every page', ownerId: admin.id }));
  });
  const paths = async (): Promise<Record<string, string>> => ({
    '/admin/catalogue': '/admin/catalogue',
    '/admin/catalogue/categories/[id]': `/admin/catalogue/categories/${(await category('api')).id}`,
    '/admin/catalogue/components/[id]': '/admin/catalogue/components/new',
    '/admin/catalogue/groups/[id]': `/admin/catalogue/groups/${groupId}`,
    '/admin/templates': '/admin/templates',
    '/admin/templates/[scope]/[occasion]': '/admin/templates/dns/identified',
    '/admin/templates/free-text': '/admin/templates/free-text',
    '/admin/users': '/admin/users',
    '/admin/users/[id]': `/admin/users/${admin.id}`,
    '/admin/settings': '/admin/settings',
    '/admin/audit': '/admin/audit?chain=check',
    '/admin/account': '/admin/account',
  });

  test.each(roles)('is open to %s exactly as the table of routes says', async (role: Role) => {
    const who = await server.cookie([role]);
    const actor = {
      kind: 'user',
      userId: null,
      credentialId: null,
      name: '',
      roles: new Set([role]),
    } as const;
    for (const [route, path] of Object.entries(await paths())) {
      const policy = routePolicies[route];
      const isOpen =
        policy !== undefined &&
        policy !== 'public' &&
        policy !== 'api' &&
        policy !== 'open' &&
        isAllowed(actor, policy);
      expect([route, (await open(path, who)).status]).toEqual([route, isOpen ? 200 : 403]);
    }
  });

  test.each(['en', 'de'] as const)(
    'is valid HTML without inline styles or scripts, in %s',
    async (language) => {
      await changeUser(server.context(), admin.id, { language });
      // Boxes of one question share a name, and a button in a form submits it, as HTML means them to.
      const shared = ['radio', 'button', 'reset', 'submit', 'checkbox'];
      const validator = new HtmlValidate({
        extends: ['html-validate:recommended'],
        rules: { 'form-dup-name': ['error', { shared }], 'no-implicit-button-type': 'off' },
      });
      for (const path of Object.values(await paths())) {
        const { html } = await open(path);
        const report = await validator.validateString(html);
        expect([
          path,
          report.results.flatMap(({ messages }) =>
            messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} ${selector}`),
          ),
        ]).toEqual([path, []]);
        expect([path, html.match(/<h1/g)?.length, / style="|<script/.test(html)]).toEqual([path, 1, false]);
        expect(html).toMatch(new RegExp(`<html lang="${language}"`));
      }
    },
  );
});
