/** Behind a reverse proxy that speaks TLS: signing in, publishing, and whose address counts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasNginx } from '../support/global-setup.ts';
import { type Proxied, startBehindNginx } from '../support/proxy.ts';
import { password } from '../support/server.ts';

const isThere = hasNginx();
if (!isThere && process.env.TEST_REQUIRE_ALL)
  throw new Error('nginx is not installed, and this run must cover everything.');

describe.skipIf(!isThere)('behind nginx', () => {
  let site: Proxied;
  let cookie = '';
  let email = '';
  beforeAll(async () => {
    site = await startBehindNginx();
    const person = await site.server.addPerson('csup');
    ({ email } = person);
    cookie = await site.server.cookie(person);
  });
  afterAll(() => site?.stop());

  const signIn = (
    form: Record<string, string>,
    more: { headers?: Record<string, string>; from?: string } = {},
  ) =>
    site.call('/admin/sign-in?_action=sessions.signIn', {
      form,
      ...more,
      headers: { origin: site.url, ...more.headers },
    });

  test('a person signs in and gets a cookie that only this host over TLS gets back', async () => {
    const answer = await signIn({ email, password });
    expect([answer.status, answer.headers.location]).toEqual([303, '/admin']);
    const [set = '', ...more] = answer.headers['set-cookie'] ?? [];
    expect(more).toEqual([]);
    expect(set).toMatch(/^__Host-session=[\w-]{43};/);
    const attributes = set.split('; ').slice(1);
    const week = 7 * 24 * 60 * 60;
    // No Expires: a browser whose clock is ahead would drop the session at once.
    expect(attributes.sort()).toEqual(['HttpOnly', `Max-Age=${week}`, 'Path=/', 'SameSite=Lax', 'Secure']);
    const own = { cookie: set.split(';')[0] ?? '' };
    expect((await site.call('/admin', { headers: own })).status).toBe(200);
    expect((await site.call('/admin')).status).toBe(401);
  });

  test('publishes with a form, and the page shows it, with addresses of the public name', async () => {
    const title = 'Orders fail behind the proxy';
    const form = {
      category: 'api',
      occasion: 'investigating',
      'editText:flag': 'true',
      'texts.en.title': title,
      'texts.en.body': `${title}. We look for the cause.`,
    };
    const answer = await site.call('/admin/compose?category=api&_action=incidents.open', {
      form,
      headers: { cookie, origin: site.url },
    });
    expect(answer.status).toBe(303);
    site.server.clock.forward(1);
    const home = await site.call('/');
    expect(home.body).toContain(title);
    expect(home.body).toContain(`<link rel="canonical" href="${site.url}"`);
    expect((await site.call('/feed.atom')).body).toContain(`href="${site.url}/incidents/`);
    for (const { headers } of [
      home,
      await site.call('/admin'),
      await site.call('/nothing'),
      await site.call('/favicon.svg'),
    ]) {
      expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    }
  });

  test.each(['https://evil.example', 'http://localhost', 'null', 'https://localhost', 'https://localhost:1'])(
    'a form from %s is refused with 403',
    async (origin) => {
      const form = { category: 'api', occasion: 'investigating' };
      const answer = await site.call('/admin/compose?category=api&_action=incidents.open', {
        form,
        headers: { cookie, origin },
      });
      expect(answer.status).toBe(403);
    },
  );

  test('what a visitor forwards of host and protocol counts for nothing', async () => {
    const headers = {
      'x-forwarded-host': 'marker.invalid',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': '666',
      forwarded: 'host=marker.invalid',
    };
    for (const path of ['/', '/admin', '/nothing', '/feed.rss', '/api/v1/openapi.json']) {
      const answer = await site.call(path, { headers });
      expect(JSON.stringify(answer)).not.toMatch(/marker\.invalid|:666/);
    }
  });

  test('fifty tries under fifty invented addresses are those of one: limited, while others sign in', async () => {
    const statuses: number[] = [];
    const from = '127.0.0.3';
    for (let at = 0; at < 50; at += 1) {
      const invented = `203.0.113.${at}, 198.51.100.${at}`;
      const { status } = await signIn(
        { email, password: `wrong ${at}` },
        { headers: { 'x-forwarded-for': invented, 'x-real-ip': `203.0.113.${at}` }, from },
      );
      statuses.push(status);
    }
    expect(statuses[0]).toBe(401);
    expect(statuses.slice(8)).toEqual(Array.from({ length: 42 }, () => 429));
    expect((await signIn({ email, password }, { from })).status).toBe(429);
    expect((await signIn({ email, password }, { from: '127.0.0.2' })).status).toBe(303);
  });
});
