/** Who is refused outside the site reads why, in a page, and gets back what was typed. */
import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSetupLink } from '../../src/domain/instance/setup/setup-link.ts';
import { adminPaths, publicPaths } from '../../src/paths.ts';
import { faultsOf, validated } from '../support/html.ts';
import { password, startTestServer, type TestServer } from '../support/server.ts';

const elsewhere = 'https://status.example.com';
const form = 'application/x-www-form-urlencoded';
const browser = { accept: 'text/html,application/xhtml+xml', 'accept-language': 'de-DE,de;q=0.9' };
const words = 'Guten Tag, "wir" <suchen> & finden noch.';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ publicUrl: elsewhere });
});
afterAll(() => server?.stop());

const post = (path: string, headers: Record<string, string>, fields: Record<string, string>) =>
  server.fetch(path, {
    method: 'POST',
    headers: { ...browser, 'content-type': form, ...headers },
    body: new URLSearchParams(fields),
  });

describe('with PUBLIC_URL set for elsewhere', () => {
  let fresh: TestServer;
  let path: string;
  beforeAll(async () => {
    fresh = await startTestServer({ publicUrl: elsewhere, isFresh: true });
    path = adminPaths.setup((await createSetupLink(fresh.context())) ?? '');
  });
  afterAll(() => fresh?.stop());
  const typed = {
    organisationName: 'Nordlicht Netz',
    'supportContact:text': 'help@nordlicht.example',
    'securityContact:text': 'security@nordlicht.example',
    name: 'Robin Sommer',
    'email:text': 'robin@nordlicht.example',
    password,
  };
  const setUp = (headers: Record<string, string>) =>
    fresh.fetch(`${path}?_action=setup.complete`, {
      method: 'POST',
      headers: { ...browser, 'content-type': form, ...headers },
      body: new URLSearchParams({ ...typed, token: path.split('/').at(-1) ?? '' }),
    });

  test.each([
    ['de', 'Das wurde nicht angenommen', 'de-DE,de;q=0.9'],
    ['en', 'This was not accepted', 'en-GB'],
  ])(
    'the setup form ends in a page that says why, naming PUBLIC_URL and the address used, and keeps what was typed · %s',
    async (language, title, acceptLanguage) => {
      const answer = await setUp({ origin: fresh.url, 'accept-language': acceptLanguage });
      const html = await answer.text();
      expect([answer.status, answer.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(html).toContain(`<html lang="${language}">`);
      for (const said of [title, 'PUBLIC_URL', elsewhere, fresh.url, typed.name, typed['email:text']])
        expect(html).toContain(said);
      expect(html).not.toContain(password);
      // Sent again from here it would carry our own mark, whoever wrote it.
      expect(html).not.toContain('<form');
      expect(await faultsOf(html, validated)).toEqual([]);
    },
  );

  test('a post that the browser itself marks as same-origin is not refused for its other headers', async () => {
    const answer = await setUp({ origin: 'http://inner:8080', 'sec-fetch-site': 'same-origin' });
    expect([answer.status, await answer.text()]).toEqual([303, '']);
  });
});

describe('what a browser posts and is refused gets a page', () => {
  test.each([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a sister domain', { origin: 'https://www.example.com', 'sec-fetch-site': 'same-site' }],
    ['an extension', { origin: 'https://evil.example', 'sec-fetch-site': 'none' }],
  ])('from %s, without what that site wants to have shown', async (_what, headers) => {
    const cookie = await server.cookie(['csup']);
    const answer = await post('/admin?_action=incidents.open', { cookie, ...headers }, { title: words });
    const html = await answer.text();
    expect(answer.status).toBe(403);
    for (const said of ['PUBLIC_URL', elsewhere, headers.origin]) expect(html).toContain(said);
    expect(html).not.toContain('wir');
    expect(html).not.toContain('<form');
  });

  test('too large: with everything that was typed, to be shortened and sent again; no secret', async () => {
    const long = 'Wir untersuchen es. '.repeat(6_000);
    const answer = await post(
      '/admin/compose?_action=incidents.open',
      { origin: elsewhere },
      { 'texts.de.body': long, title: words, password },
    );
    const html = await answer.text();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([413, 'text/html; charset=utf-8']);
    expect(html).toContain('höchstens 100 kB');
    expect(html).toContain(long);
    expect(html).toContain('&#34;wir&#34; &#60;suchen&#62; &#38; finden');
    expect(html).toContain('<form method="post" action="/admin/compose?_action=incidents.open">');
    expect(html).not.toContain(password);
    expect(await faultsOf(html, validated)).toEqual([]);
  });

  test.each<[string, number, string, Record<string, string>, string]>([
    ['to a public page', 405, '/history', {}, 'kann nichts gesendet werden'],
    ['to nowhere', 404, '/nothing-here', {}, 'Unter dieser Adresse gibt es nichts.'],
    ['compressed', 415, '/admin/sign-in', { 'content-encoding': 'gzip' }, 'nicht verstanden'],
    ['to a malformed address', 400, '/admin/%2e%2e%2fx', {}, 'Die Adresse ist fehlerhaft'],
    [
      'broken in its parts',
      415,
      '/admin/sign-in?_action=sessions.signIn',
      { 'content-type': 'multipart/form-data; boundary=x' },
      'nicht verstanden',
    ],
    ['to an act that is none', 404, '/admin/sign-in?_action=sessions.none', {}, 'gibt es nichts'],
  ])('%s: %d', async (_what, status, path, headers, said) => {
    const answer = await post(path, { origin: elsewhere, ...headers }, { note: words });
    const html = await answer.text();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
    expect(html).toContain(said);
    expect(html).not.toContain('Ihre Rollen');
    if (!headers['content-encoding'] && !headers['content-type'])
      expect(html).toContain('&#60;suchen&#62; &#38; finden');
    expect(await faultsOf(html, validated)).toEqual([]);
  });

  test('a program, and whoever asks the API, still gets JSON', async () => {
    const asked = [
      post('/api/v1/incidents', { origin: 'https://evil.example', 'content-type': 'application/json' }, {}),
      post('/history', { accept: 'application/json' }, { note: words }),
      server.fetch('/history', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      }),
    ];
    for (const answer of await Promise.all(asked)) {
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(await answer.json()).toHaveProperty('error.message');
    }
  });
});

describe('429 says when again', () => {
  test('every place that can answer it is asked below', () => {
    const asks = /limits\.check\(|'rate_limited'|\b429\b/;
    const places = globSync('src/**/*.{ts,astro}').filter((path) => asks.test(readFileSync(path, 'utf8')));
    expect(places.sort()).toEqual([
      'src/actions/account.ts',
      'src/actions/sessions.ts',
      'src/domain/core/errors.ts',
      'src/http/desk/admin-session.ts',
      'src/http/desk/sign-in-limits.ts',
      'src/http/refused/error-response.ts',
      'src/http/refused/refused.ts',
      'src/pages/[...lang]/reports/link/[token].astro',
    ]);
  });

  const hours = (language: 'en' | 'de') =>
    language === 'de' ? /um \d\d:\d\d UTC erneut, in \d+ Minuten/ : /again at \d\d:\d\d UTC, in \d+ minutes/;
  const again = async (answer: Response, language: 'en' | 'de') => {
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.text()).toMatch(hours(language));
  };

  test('to who guesses links of reports, in both languages', async () => {
    for (let at = 0; at < 8; at += 1)
      expect((await server.fetch(publicPaths.reportLink('en', `guess-${at}`))).status).toBe(404);
    for (const language of ['en', 'de'] as const)
      await again(await server.fetch(publicPaths.reportLink(language, 'guess')), language);
  });

  test('on the account page, where the present password cannot be guessed without limit; the right one waits too', async () => {
    const person = await server.addPerson('csup');
    const cookie = await server.cookie(person);
    const change = (current: string) =>
      post(
        '/admin/account?_action=account.changePassword',
        { cookie, origin: elsewhere },
        { current, password: 'nine loud herons' },
      );
    for (let at = 0; at < 8; at += 1) expect((await change(`guess number ${at}`)).status).toBe(422);
    await again(await change('guess number 9'), 'en');
    await again(await change(password), 'en');
    // Nobody who finds a session open keeps its owner from signing in.
    await server.cookie(person);
  });

  test('at the sign-in', async () => {
    const { email } = await server.addPerson('csup');
    const guess = (wrong: string) =>
      post('/admin/sign-in?_action=sessions.signIn', { origin: elsewhere }, { email, password: wrong });
    for (let at = 0; at < 8; at += 1) expect((await guess(`guess number ${at}`)).status).toBe(401);
    await again(await guess('guess number 9'), 'de');
  });
});

describe('signing in again', () => {
  test('ends the session whose cookie came along, and no other', async () => {
    const person = await server.addPerson('csup');
    const [first, other] = [await server.cookie(person), await server.cookie(person)];
    const answer = await post(
      '/admin/sign-in?_action=sessions.signIn',
      { cookie: first, origin: elsewhere },
      { email: person.email, password },
    );
    expect(answer.status).toBe(303);
    const second = (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    expect(second).not.toBe(first);
    const at = async (cookie: string) => (await server.fetch('/admin', { headers: { cookie } })).status;
    expect([await at(first), await at(other), await at(second)]).toEqual([401, 200, 200]);
  });

  test('with a wrong password ends none', async () => {
    const person = await server.addPerson('csup');
    const cookie = await server.cookie(person);
    await post(
      '/admin/sign-in?_action=sessions.signIn',
      { cookie, origin: elsewhere },
      { email: person.email, password: 'not this one' },
    );
    expect((await server.fetch('/admin', { headers: { cookie } })).status).toBe(200);
  });
});
