/** What is renamed keeps its page, feeds and links readable: its old addresses lead to the new ones. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import { addCategory } from '../../src/domain/catalogue/categories/add-category.ts';
import { archiveCategory } from '../../src/domain/catalogue/categories/archive-category.ts';
import { changeCategory } from '../../src/domain/catalogue/categories/change-category.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { approveTemplates } from '../../src/domain/wording/templates/approve-templates.ts';
import { feedFormats } from '../../src/feed-formats.ts';
import { publicPaths } from '../../src/paths.ts';
import { apiOf } from '../support/api.ts';
import { spoken } from '../support/in-words.ts';
import { actingAs, type Insider, insider, showTo } from '../support/inside.ts';
import { postgresUrl } from '../support/postgres.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const engines = [
  { name: 'sqlite', postgres: undefined, isThere: true },
  { name: 'postgres', postgres: postgresUrl, isThere: postgresUrl !== undefined },
];

/** Every public address that names a category. */
const addressesOf = (slug: string): string[] =>
  spoken.flatMap((language) => [
    publicPaths.category(language, slug),
    publicPaths.reportsOfCategory(language, slug),
    ...feedFormats.map((format) => publicPaths.feed(language, format, slug)),
  ]);

describe.each(engines.filter(({ isThere }) => isThere))('a renamed category, on $name', ({ postgres }) => {
  let server: TestServer;
  let person: Insider;
  const trusted = () => actingAs(server, person);
  beforeAll(async () => {
    server = await startTestServer({ postgres });
    person = await insider(server, 'manager', 'security');
    await approveTemplates(server.context());
  });
  afterAll(() => server?.stop());

  const add = async (more: object = {}) => {
    const slug = `a${newId()}`;
    const name = { en: `Named ${slug}`, de: `Genannt ${slug}` };
    return addCategory(trusted(), { name, slug, ticketLabel: slug, ...more });
  };
  /** Renames and lets time pass. */
  const rename = async (id: string, slug = `b${newId()}`): Promise<string> => {
    server.clock.forward(1);
    await changeCategory(trusted(), id, { slug });
    return slug;
  };
  const ask = async (path: string, init: RequestInit = {}) => {
    const { status, headers } = await server.fetch(path, init);
    return [status, headers.get('location')];
  };
  const answers = (paths: readonly string[]) => Promise.all(paths.map((path) => ask(path)));
  const ledTo = (slug: string) => addressesOf(slug).map((path) => [301, path]);
  const found = (slug: string) => addressesOf(slug).map(() => [200, null]);
  const nothing = (slug: string) => addressesOf(slug).map(() => [404, null]);

  test('“what is renamed keeps its page, feed and links”: every old address leads to the new one, kept pages too', async () => {
    const { id, slug } = await add();
    const old = addressesOf(slug);
    expect(await answers(old)).toEqual(found(slug));
    const etag = (await server.fetch(`/categories/${slug}`)).headers.get('etag') ?? '';
    const now = await rename(id);
    expect(await answers(addressesOf(now))).toEqual(found(now));
    expect(await answers(old)).toEqual(ledTo(now));
    expect(await answers(old)).toEqual(ledTo(now));
    expect(await ask(`/categories/${slug}`, { method: 'HEAD' })).toEqual([301, `/categories/${now}`]);
    expect(await ask(`/categories/${slug}`, { headers: { 'if-none-match': etag } })).toEqual([
      301,
      `/categories/${now}`,
    ]);
    expect(await ask(`/categories/${slug}?utm=x`)).toEqual([301, `/categories/${now}`]);
    const { headers } = await server.fetch(`/categories/${slug}`);
    expect(headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('each of its former names leads to the present one, and one that it takes again is its own', async () => {
    const { id, slug: first } = await add();
    const second = await rename(id);
    const third = await rename(id);
    expect(await answers(addressesOf(first))).toEqual(ledTo(third));
    expect(await answers(addressesOf(second))).toEqual(ledTo(third));
    await rename(id, first);
    expect(await answers(addressesOf(first))).toEqual(found(first));
    expect(await answers([...addressesOf(second), ...addressesOf(third)])).toEqual([
      ...ledTo(first),
      ...ledTo(first),
    ]);
  });

  test('a former name that another category takes is that one’s; left by it too, it leads to who was called so last', async () => {
    const { id, slug } = await add();
    const now = await rename(id);
    expect(await answers(addressesOf(slug))).toEqual(ledTo(now));
    const other = await add({ slug });
    expect(await answers(addressesOf(slug))).toEqual(found(slug));
    // It has no such page, so nothing of the first one is shown in its place.
    expect(await ask(`/reports/category/${slug}/2`)).toEqual([404, null]);
    const later = await rename(other.id);
    expect(await answers(addressesOf(slug))).toEqual(ledTo(later));
  });

  test('of an archived one too; and nothing leads to what is not there', async () => {
    const { id, slug } = await add();
    const now = await rename(id);
    await archiveCategory(server.context(), id);
    expect(await ask(`/categories/${slug}`)).toEqual([301, `/categories/${now}`]);
    expect(await ask(`/categories/${now}`)).toEqual([200, null]);
    // An archived one without reports has no list of them.
    expect(await ask(`/reports/category/${slug}`)).toEqual([404, null]);
    expect(await ask(`/de/reports/category/${slug}/9`)).toEqual([404, null]);
    expect(await ask(`/incidents/${slug.slice(1)}`)).toEqual([404, null]);
    const nowhere = `x${newId()}`;
    expect(await answers(addressesOf(nowhere))).toEqual(nothing(nowhere));
  });

  test('a hidden one gives no name of its own away, and takes no address from a public one', async () => {
    const hidden = await add({ isRestricted: true });
    const { id, slug } = await add();
    const now = await rename(id);
    const secret = await rename(hidden.id);
    expect(await answers(addressesOf(hidden.slug))).toEqual(nothing(hidden.slug));
    await rename(hidden.id, slug);
    expect(await answers(addressesOf(slug))).toEqual(ledTo(now));
    await rename(hidden.id);
    expect(await answers(addressesOf(slug))).toEqual(ledTo(now));
    expect(await answers(addressesOf(secret))).toEqual(nothing(secret));
  });

  test('the desk and the API know it by its former name, as long as no other one is called so', async () => {
    const csup = await insider(server, 'csup');
    const { id, slug } = await add();
    const now = await rename(id);
    const { status, html } = await showTo(server, csup, `/admin/compose?category=${slug}`);
    expect([status, html.includes(`name="category" value="${now}"`)]).toEqual([200, true]);
    const texts = { en: { title: 'Look-ups fail', body: 'Some look-ups fail, and we look for the cause.' } };
    const body = { category: slug, phase: 'investigating', texts };
    const api = apiOf(server, await server.token(csup));
    expect((await api.call('openIncident', { body })).incident.category).toMatchObject({ id, slug: now });
    const { id: other } = await add({ slug });
    expect((await api.call('openIncident', { body })).incident.category).toMatchObject({ id: other, slug });
    // Of two that were called so the team is led to the one that it may see.
    const hidden = await add({ isRestricted: true });
    await rename(other);
    await rename(hidden.id, slug);
    await rename(hidden.id);
    const opened = await openIncident(actingAs(server, csup), body);
    expect((await api.call('readIncident', { id: opened.id })).incident.category).toMatchObject({
      id: other,
    });
  });
});
