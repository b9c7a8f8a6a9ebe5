import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { apiPaths, publicPaths } from '../../src/paths.ts';
import { contrast } from './contrast.ts';
import { publicPages } from './pages.ts';
import { describeSite } from './site.ts';

describeSite('a public page', (site) => {
  test('needs one request, nobody else, no cookie, and no JavaScript', async () => {
    const page = await site().page();
    const plain = await site().page(null, { javaScriptEnabled: false });
    const requests: string[] = [];
    page.on('request', (request) =>
      requests.push(`${request.resourceType()} ${request.url().replace(site().url, '')}`),
    );
    for (const { name, path } of await publicPages(site(), 'en')) {
      requests.length = 0;
      const answer = await page.goto(path);
      expect(
        requests.filter((request) => !request.startsWith('fetch ')),
        name,
      ).toEqual([`document ${path}`]);
      expect(
        requests.filter((request) => request.includes('://')),
        name,
      ).toEqual([]);
      expect(await answer?.headerValue('set-cookie'), name).toBeNull();
      await plain.goto(path);
      expect(await plain.locator('main').textContent(), name).toBe(await page.locator('main').textContent());
    }
    expect(await page.context().cookies()).toEqual([]);
    await page.context().close();
    await plain.context().close();
  });

  test('carries at most 3 KB of JavaScript and 10,000 bytes in all', async () => {
    const page = await site().page();
    await page.goto(publicPaths.home('de'));
    const script = await page.evaluate(() => [...document.scripts].map((each) => each.textContent).join(''));
    expect(script.length).toBeGreaterThan(300);
    expect(Buffer.byteLength(script)).toBeLessThanOrEqual(3_072);
    for (const encoding of ['br', 'gzip']) {
      const answer = await fetch(site().url + publicPaths.home('de'), {
        headers: { 'accept-encoding': encoding },
      });
      expect(answer.headers.get('content-encoding')).toBe(encoding);
      expect(Number(answer.headers.get('content-length')), encoding).toBeLessThanOrEqual(10_000);
      await answer.arrayBuffer();
    }
    await page.context().close();
  });

  test('tells of a new publication without moving anything', async () => {
    const page = await site().page();
    await openHome(page);
    const before = await places(page);
    await openIncident(site().context(), {
      category: 'dns',
      occasion: 'investigating',
      slots: { effect: 'dns_changes_delayed', scope: 'unknown' },
    });
    await Promise.all([page.waitForResponse(`**${apiPaths.status}`), page.clock.runFor(61_000)]);
    await page.getByRole('status').waitFor();
    expect(await page.getByRole('status').textContent()).toBe('1 new update – Show');
    expect(await places(page)).toEqual(before);
    await page.getByRole('link', { name: 'Show' }).click();
    await page.getByRole('heading', { name: /^DNS changes take effect late/ }).waitFor();
    await page.context().close();
  });

  test('says that it may be outdated when it is older than 10 minutes and cannot be made anew', async () => {
    const page = await site().page();
    await openHome(page);
    const before = await places(page);
    await page.route(`**${apiPaths.status}`, (route) => route.abort());
    await page.clock.runFor(5 * 60_000);
    expect(await page.getByRole('status').count()).toBe(0);
    await page.clock.runFor(7 * 60_000);
    await page.getByRole('status').waitFor();
    expect(await page.getByRole('status').textContent()).toMatch(/^This page may be outdated\./);
    expect(await places(page)).toEqual(before);
    await page.unroute(`**${apiPaths.status}`);
    await page.clock.runFor(61_000);
    await page.getByRole('status').waitFor({ state: 'hidden' });
    await page.context().close();
  });

  test('prints black on white with every detail and without the way to other pages', async () => {
    const page = await site().page(null, { colorScheme: 'dark' });
    await page.goto(publicPaths.home('en'));
    const folded = page.getByText('Sign-in codes');
    expect(await folded.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const { ink, paper, states } = await page.evaluate(() => {
      const { color: ink, backgroundColor: paper } = getComputedStyle(document.body);
      return {
        ink,
        paper,
        states: [...document.querySelectorAll('.state')].map((each) => getComputedStyle(each).color),
      };
    });
    expect([ink, paper]).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    for (const state of new Set(states)) expect(contrast(state, paper), state).toBeGreaterThanOrEqual(4.5);
    expect(await folded.evaluate((each) => each.checkVisibility({ contentVisibilityAuto: true }))).toBe(true);
    expect(await page.locator('.pages, .foot ul').first().isVisible()).toBe(false);
    expect(await page.getByText('As of').isVisible()).toBe(true);
    expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
    await page.context().close();
  });
});

/** The home page with a clock that stands at the site's time, once it knows the present state. */
async function openHome(page: Page): Promise<void> {
  await Promise.all([page.waitForResponse(`**${apiPaths.status}`), page.goto(publicPaths.home('en'))]);
  await page.waitForLoadState('networkidle');
}

const places = (page: Page): Promise<number[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('main :is(h1, h2, li)')].map((each) => each.getBoundingClientRect().top),
  );
