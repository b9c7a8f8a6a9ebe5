/** The numbers of the desk: interactions as the page itself counts them, bytes, and requests. */
import { gzipSync } from 'node:zlib';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { adminPaths } from '../../src/paths.ts';
import { describeSite } from './site.ts';

/** Counts what a hand does: a key (a chord is one), a click, a tap. In the page, over its navigations. */
function countInteractions(): void {
  const count = () => sessionStorage.setItem('count', String(Number(sessionStorage.getItem('count')) + 1));
  const modifiers = ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph'];
  addEventListener('keydown', (event) => !modifiers.includes(event.key) && count(), true);
  // One for each click of a mouse and each tap; what a browser makes of a key or a label comes without it.
  addEventListener('pointerdown', count, true);
}

const counted = (page: Page): Promise<number> =>
  page.evaluate(() => Number(sessionStorage.getItem('count') ?? 0));

interface Hand {
  name: string;
  options: BrowserContextOptions;
  openTile: (page: Page, tile: string) => Promise<void>;
  changeSlot: (page: Page) => Promise<void>;
  followUp: (page: Page, title: string) => Promise<void>;
  resolve: (page: Page, title: string) => Promise<void>;
  explain: (page: Page) => Promise<void>;
  publish: (page: Page) => Promise<void>;
}

const link = (page: Page, what: string, title: string) =>
  page.getByRole('link', { name: `${what}: ${title}` }).first();
const keyOf = async (page: Page, what: string, title: string): Promise<string> =>
  (await link(page, what, title).getAttribute('data-key')) ?? 'none';

const pointing = (act: 'click' | 'tap'): Omit<Hand, 'name' | 'options'> => ({
  openTile: (page, tile) => page.locator('.tile', { hasText: tile })[act](),
  changeSlot: (page) => page.locator('.chip:not(:has(:checked)) >> visible=true').first()[act](),
  followUp: (page, title) => link(page, 'Next update', title)[act](),
  resolve: (page, title) => link(page, 'Resolve', title)[act](),
  explain: (page) => page.getByText('A setting of ours was wrong.')[act](),
  publish: (page) => page.locator('.publish button:not(.quiet)')[act](),
});

const hands: Hand[] = [
  { name: 'mouse', options: {}, ...pointing('click') },
  {
    name: 'touch on a phone',
    options: { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true },
    ...pointing('tap'),
  },
  {
    name: 'keyboard alone',
    options: {},
    async openTile(page, tile) {
      const key = await page.locator('.tile', { hasText: tile }).getAttribute('data-key');
      await page.keyboard.press(key ?? 'none');
    },
    changeSlot: (page) => page.keyboard.press('Alt+ArrowDown'),
    followUp: async (page, title) => page.keyboard.press(await keyOf(page, 'Next update', title)),
    resolve: async (page, title) => page.keyboard.press(`Shift+${await keyOf(page, 'Resolve', title)}`),
    async explain(page) {
      await page.waitForFunction(() => document.activeElement?.matches('input[type=radio]'));
      await page.keyboard.press('Space');
    },
    publish: (page) => page.keyboard.press('Control+Enter'),
  },
];

/** The desk as loaded: nothing was touched yet. */
async function toDesk(page: Page): Promise<void> {
  await page.goto(adminPaths.desk);
  await page.evaluate(() => sessionStorage.removeItem('count'));
}

/** Its address once it is published; the hold is ended outside the count. */
async function afterPublishing(page: Page): Promise<{ interactions: number; path: string; title: string }> {
  await page.waitForURL(/admin\/incidents\/[0-9a-z]{12}$/);
  const interactions = await counted(page);
  const path = new URL(page.url()).pathname.replace('/admin', '');
  const title = (await page.locator('h1').textContent()) ?? '';
  await page.getByRole('button', { name: 'Publish now' }).click();
  await page.waitForURL(/done=published/);
  return { interactions, path, title: title.trim() };
}

describeSite('R-072, G-01, G-03, G-05: interactions from the desk as loaded', (site) => {
  for (const [at, hand] of hands.entries()) {
    test(`first update 2, with another slot 3, follow-up 2, resolved 3 · ${hand.name}`, async () => {
      const page = await site().page(await site().person('en', 'csup'), hand.options);
      await page.addInitScript(countInteractions);
      const tiles = ['Website', 'Payments', 'DNS', 'Network', 'Storage', 'Reports'];
      const began = Date.now();

      await toDesk(page);
      await hand.openTile(page, tiles[2 * at] ?? '');
      await page.waitForURL(/admin\/compose/);
      await hand.publish(page);
      const first = await afterPublishing(page);
      expect(first.interactions).toBe(2);
      expect(await site().text(first.path)).toContain(first.title);
      const seconds = (Date.now() - began) / 1000;

      await toDesk(page);
      await hand.openTile(page, tiles[2 * at + 1] ?? '');
      await page.waitForURL(/admin\/compose/);
      const before = await page.locator('#preview .card h2').first().textContent();
      await hand.changeSlot(page);
      await hand.publish(page);
      const changed = await afterPublishing(page);
      expect(changed.interactions).toBe(3);
      expect(changed.title).not.toBe(before?.trim());

      await toDesk(page);
      await hand.followUp(page, first.title);
      await page.waitForURL(/admin\/compose/);
      await hand.publish(page);
      const followed = await afterPublishing(page);
      expect(followed).toEqual({ ...first, interactions: 2 });
      expect(await site().text(first.path)).toContain('The effect is unchanged');

      await toDesk(page);
      await hand.resolve(page, first.title);
      await page.waitForURL(/occasion=resolved/);
      await hand.explain(page);
      await hand.publish(page);
      const resolved = await afterPublishing(page);
      expect(resolved.interactions).toBeLessThanOrEqual(4);
      expect(resolved.path).toBe(first.path);
      expect(await site().text(first.path)).toMatch(/A setting of ours was wrong|One of our changes/);
      process.stderr.write(
        `\n${hand.name}: first update ${seconds} s, resolved in ${resolved.interactions}\n`,
      );
      await page.context().close();
    });
  }

  test('a key opens a tile only while the tiles have the focus, and arrows reach every tile', async () => {
    const page = await site().page(await site().person('en', 'csup'));
    await page.goto(adminPaths.desk);
    const reached = new Set<string>();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('href') ?? '');
    const count = await page.locator('.tile').count();
    for (let at = 0; at < count; at += 1) {
      reached.add(await focused());
      await page.keyboard.press('ArrowRight');
    }
    expect(reached.size).toBe(count);
    await page.keyboard.press('ArrowUp');
    expect(await focused()).not.toBe([...reached].at(-1));
    await page.locator('.brand a').focus();
    for (const key of ['3', 'a', 'Shift+a']) await page.keyboard.press(key);
    expect(new URL(page.url()).pathname).toBe(adminPaths.desk);
    await page.context().close();
  });
  for (const [name, path] of Object.entries({
    desk: adminPaths.desk,
    composer: adminPaths.compose({ category: 'api' }),
    'composer of an update': '',
    'incident view': '',
  })) {
    test(`${name}: at most 20 kB without JavaScript, 15 kB of JavaScript, nothing from elsewhere`, async () => {
      const who = await site().person('de', 'csup', 'sre', 'manager', 'admin');
      const { id } = await site().incident('Slow answers');
      const at =
        path || (name === 'incident view' ? adminPaths.incident(id) : adminPaths.compose({ incident: id }));
      const weigh = async (javaScriptEnabled: boolean) => {
        const page = await site().page(who, { javaScriptEnabled });
        const sizes: Record<string, number> = {};
        const origins = new Set<string>();
        const reading: Promise<void>[] = [];
        page.on('response', (answer) => {
          const kind = answer.request().resourceType();
          origins.add(new URL(answer.url()).origin);
          const add = (body: Buffer) => {
            sizes[kind] = (sizes[kind] ?? 0) + gzipSync(body).length;
          };
          reading.push(answer.body().then(add));
        });
        await page.goto(at, { waitUntil: 'networkidle' });
        await Promise.all(reading);
        const inline = await page.locator('script:not([src])').allTextContents();
        if (javaScriptEnabled) sizes.script = (sizes.script ?? 0) + gzipSync(inline.join('\n')).length;
        await page.context().close();
        return { sizes, origins: [...origins] };
      };
      const plain = await weigh(false);
      const bytes = (plain.sizes.document ?? 0) + (plain.sizes.stylesheet ?? 0);
      expect(plain.sizes.document).toBeGreaterThan(1_000);
      expect(bytes).toBeLessThanOrEqual(20_000);
      const lively = await weigh(true);
      expect(lively.sizes.script).toBeGreaterThan(300);
      expect(lively.sizes.script).toBeLessThanOrEqual(15_000);
      expect([...plain.origins, ...lively.origins]).toEqual([site().url, site().url]);
      process.stderr.write(`\n${name}: ${bytes} bytes, JavaScript ${lively.sizes.script} bytes\n`);
    });
  }
});
