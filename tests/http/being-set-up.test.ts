/** A page that nobody has set up says so, and nothing of services that it does not know. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addComponent } from '../../src/domain/catalogue/components/add-component.ts';
import { changeSettings } from '../../src/domain/core/settings/change-settings.ts';
import { approveTemplates } from '../../src/domain/wording/templates/approve-templates.ts';
import { publicPaths } from '../../src/paths.ts';
import { actingAs } from '../support/inside.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const words = {
  en: ['This page is being set up.', 'Everything is working'],
  de: ['Diese Seite wird eingerichtet.', 'Alles funktioniert'],
} as const;
const pages = (['en', 'de'] as const).flatMap((language) =>
  [
    publicPaths.home(language),
    publicPaths.history(language),
    publicPaths.historyMonth(language, '2026-11'),
    publicPaths.maintenance(language),
    publicPaths.category(language, 'api'),
    publicPaths.reports(language),
    publicPaths.subscribe(language),
    publicPaths.policy(language),
  ].map((path) => [language, path] as const),
);

// A story: nobody, then the first account, then what it set.
describe('a fresh installation', { shuffle: false }, () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ isFresh: true });
  });
  afterAll(() => server?.stop());

  test.each(pages)(
    'says that it is being set up, not that everything is working, and is not indexed · %s %s',
    async (language, path) => {
      const html = await server.text(path);
      const [said, untrue] = words[language];
      expect(html).toContain(said);
      expect(html).toMatch(/<meta name="robots" content="noindex"/);
      expect(html).not.toContain(untrue);
      expect(html).not.toContain('example.com"');
      expect(html).toMatch(new RegExp(`<html lang="${language}"`));
    },
  );

  test('its 404 and its JSON know nothing either', async () => {
    const missing = await server.fetch('/unknown');
    expect(missing.status).toBe(404);
    expect(await missing.text()).toContain('This page is being set up.');
    for (const path of ['status', 'incidents', 'categories', 'components']) {
      const answer = await server.fetch(`/api/v1/${path}`);
      expect([path, answer.status]).toEqual([path, 503]);
      expect(await answer.json()).toMatchObject({ error: { code: 'unavailable' } });
    }
    expect((await server.fetch('/api/v1/openapi.json')).status).toBe(200);
  });

  test('with the first account the page answers at once, and offers no contact that nobody named', async () => {
    const admin = await server.addPerson('admin', 'manager');
    for (const language of ['en', 'de'] as const) {
      const html = await server.text(publicPaths.home(language));
      expect(html).toContain(words[language][1]);
      expect(html).not.toContain('mailto:');
    }
    expect(await server.text('/unknown')).toContain('Everything is working.');
    expect((await server.fetch('/api/v1/status')).status).toBe(200);

    const cookie = await server.cookie(admin);
    const desk = async () => (await server.fetch('/admin', { headers: { cookie } })).text();
    const places = async () =>
      [
        ...(await desk()).matchAll(
          /<a class="tap" href="(\/admin\/(?:settings|catalogue|templates|users))"/g,
        ),
      ].map(([, at]) => at);
    expect(await places()).toEqual([
      '/admin/settings',
      '/admin/catalogue',
      '/admin/templates',
      '/admin/users',
    ]);

    await changeSettings(server.context(), {
      support_contact: 'help@nordlicht.example',
      security_contact: 'https://nordlicht.example/security',
    });
    await addComponent(server.context(), {
      category: 'api',
      name: { en: 'Search', de: 'Suche' },
      type: 'api',
    });
    await approveTemplates(actingAs(server, { ...admin, roles: ['manager'] }));
    expect(await places()).toEqual(['/admin/users']);
    await server.addPerson('csup');
    expect(await places()).toEqual([]);
    expect(await desk()).not.toContain('Still to do');
    expect(await server.text('/')).toContain('mailto:help@nordlicht.example');
  });

  test('an address cleared again is no link, and no text may be refused for it', async () => {
    await changeSettings(server.context(), { support_contact: '' });
    expect(await server.text('/')).not.toContain('mailto:');
  });
});
