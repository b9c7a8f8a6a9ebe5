import { expect, test } from 'vitest';
import { adminPaths } from '../../src/paths.ts';
import { describeSite, openTwoMore, type Site } from './site.ts';

const ways = 'a[href^="/admin/incidents/"]';

/** How often the main part of the desk leads to an incident's page. */
async function places(site: Site, language: 'en' | 'de', roles: ('csup' | 'manager')[]): Promise<string[]> {
  const page = await site.page(await site.person(language, ...roles));
  await page.goto(adminPaths.desk);
  const hrefs = await page
    .locator(`main ${ways}`)
    .evaluateAll((links) => links.map((each) => each.getAttribute('href') ?? ''));
  await page.context().close();
  // What one does about it is a way of the same entry: briefing, escalating, giving a reason.
  return hrefs.filter((href) => !href.includes('#'));
}

describeSite('the desk at first sight', (site) => {
  test.each(['en', 'de'] as const)(
    'says each open incident once, also to who manages: %s',
    async (language) => {
      for (const roles of [['csup'], ['manager'], ['csup', 'manager']] as const) {
        const hrefs = await places(site(), language, [...roles]);
        expect(hrefs.length).toBeGreaterThan(3);
        expect(
          hrefs.filter((href, at) => hrefs.indexOf(href) !== at),
          roles.join(),
        ).toEqual([]);
      }
    },
  );

  test.each(['en', 'de'] as const)(
    'its first tile is at most 400 px down on a phone, and nothing is wider: %s',
    async (language) => {
      const page = await site().page(await site().person(language, 'csup'), {
        viewport: { width: 320, height: 568 },
      });
      await page.goto(adminPaths.desk);
      const tile = await page
        .locator('.tile')
        .first()
        .evaluate((each) => each.getBoundingClientRect());
      expect(tile.bottom).toBeLessThanOrEqual(400);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      await page.context().close();
    },
  );

  test('with five open incidents no tile needs scrolling at 1280 × 800', async () => {
    await openTwoMore(site());
    const page = await site().page(await site().person('de', 'csup'), {
      viewport: { width: 1280, height: 800 },
    });
    await page.goto(adminPaths.desk);
    expect(await page.locator('.open').count()).toBeGreaterThanOrEqual(5);
    const bottoms = await page
      .locator('.tile')
      .evaluateAll((tiles) => tiles.map((each) => each.getBoundingClientRect().bottom));
    expect(Math.max(...bottoms)).toBeLessThanOrEqual(800);
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.context().close();
  });
});
