/** What browsers and search engines ask for under names that are the same everywhere. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { componentStatuses } from '../../db/words.ts';
import { changeSettings } from '../../src/domain/core/settings/change-settings.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { plantEverything } from '../support/markers.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

test.each([
  ['/favicon.ico', 'image/'],
  ['/favicon.svg', 'image/svg+xml'],
  ['/apple-touch-icon.png', 'image/png'],
  ...componentStatuses
    .filter((status) => status !== 'operational')
    .map((status): [string, string] => [`/favicon-${status}.svg`, 'image/svg+xml']),
])('%s exists and may be kept', async (path, type) => {
  const answer = await server.fetch(path);
  expect([answer.status, answer.headers.get('content-type')?.startsWith(type)]).toEqual([200, true]);
  expect(answer.headers.get('cache-control')).toContain('max-age=3600');
  expect((await answer.arrayBuffer()).byteLength).toBeLessThan(4_000);
});

test('the picture in the tab tells the state of the page', async () => {
  const own = await startTestServer();
  try {
    const icon = async () => /<link rel="icon" href="([^"]+)"/.exec(await own.text('/'))?.[1];
    expect(await icon()).toBe('/favicon.svg');
    await openIncident(own.context(), {
      category: 'api',
      phase: 'investigating',
      impact: 'minor',
      texts: { en: { title: 'API calls are slow', body: 'Some calls are slow.' } },
    });
    expect(await icon()).toBe('/favicon-degraded_performance.svg');
  } finally {
    await own.stop();
  }
});

test('robots.txt leads to the sitemap under our own address', async () => {
  const answer = await server.fetch('/robots.txt');
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(await answer.text()).toBe(
    `User-agent: *\nDisallow: /admin\n\nSitemap: ${server.publicUrl}/sitemap.xml\n`,
  );
});

// A story on a server of its own: nobody set the contact, then somebody does.
describe('/.well-known/security.txt', { shuffle: false }, () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server?.stop());
  const read = () => server.text('/.well-known/security.txt');

  test('names nobody while nobody set the contact', async () => {
    expect((await server.fetch('/.well-known/security.txt')).status).toBe(404);
  });

  test('has the contact of the settings at once, and an Expires that lies ahead at any time', async () => {
    await changeSettings(server.context(), { security_contact: 'safe@acme.test' });
    expect(await read()).toBe(
      [
        'Contact: mailto:safe@acme.test',
        'Expires: 2027-05-01T00:00:00Z',
        'Preferred-Languages: en, de',
        `Canonical: ${server.publicUrl}/.well-known/security.txt`,
        '',
      ].join('\n'),
    );
    await changeSettings(server.context(), { security_contact: 'https://acme.test/safe' });
    expect(await read()).toContain('Contact: https://acme.test/safe\n');
    server.clock.now = new Date('2026-12-01T00:00:00.000Z');
    expect(await read()).toContain('Expires: 2027-06-01T00:00:00Z');
  });
});

describe('/sitemap.xml', () => {
  const listed = async (): Promise<string[]> => {
    const text = await server.text('/sitemap.xml');
    return [...text.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address = '']) => new URL(address).pathname);
  };

  test('has what is public in both languages, at once, and nothing else', async () => {
    const planted = await plantEverything(server);
    const { id } = await openIncident(server.context(), {
      category: 'api',
      phase: 'investigating',
      texts: { en: { title: 'Requests fail', body: 'Requests fail. We are looking for the cause of it.' } },
    });
    const paths = await listed();
    expect(paths).toEqual(
      expect.arrayContaining(['/', '/de', `/incidents/${id}`, `/de/incidents/${id}`, '/de/categories/api']),
    );
    const statuses = await Promise.all(paths.map(async (path) => (await server.fetch(path)).status));
    expect(paths.filter((_, at) => statuses[at] !== 200)).toEqual([]);
    const { held, restricted, still, later } = planted.incidents;
    for (const hidden of [held, restricted, still, later]) expect(paths.join()).not.toContain(hidden);
    expect(paths.filter((path) => /\/v\d+$|\/link\/|feed\.|^\/(api|admin)/.test(path))).toEqual([]);
    expect(paths).toEqual([...new Set(paths)]);
  });
});
