/** An outage that is over, told through the composer: by keyboard and pointer, with and without JavaScript. */
import { expect, test } from 'vitest';
import { adminPaths, publicPaths } from '../../src/paths.ts';
import { describeSite } from './site.ts';

describeSite('an outage that is over', (site) => {
  for (const javaScriptEnabled of [true, false]) {
    test(`can be told truly: one hour of yesterday published today is one hour · JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async () => {
      const page = await site().page(await site().person('en', 'csup'), { javaScriptEnabled });
      const read = async (path: string): Promise<string> => (await fetch(site().url + path)).text();
      const headline = async (path: string) => /<h1[^>]*>(.*?)<\/h1>/s.exec(await read(path))?.[1];
      const before = [await headline(publicPaths.home('en')), await headline(publicPaths.home('de'))];
      await page.goto(adminPaths.compose({ category: 'dns', occasion: 'resolved' }));
      expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('startedAt:local');
      await page.getByLabel('One of our changes was faulty.', { exact: false }).check();
      await page.getByLabel('Ended').fill('2026-11-19T13:00');
      await page.getByLabel('Started').fill('2026-11-19T14:00');
      await page.locator('.publish button:not(.quiet)').click();
      await page.waitForSelector('[aria-invalid="true"]');
      expect(await page.getByLabel('Started').inputValue()).toBe('2026-11-19T14:00');
      await page.getByLabel('Ended').fill('2026-11-19T15:00');
      await page.locator('.publish button:not(.quiet)').click();
      await page.waitForURL(/admin\/incidents\/[0-9a-z]{12}/);
      const path = new URL(page.url()).pathname.replace('/admin', '');
      await page.getByRole('button', { name: 'Publish now' }).click();
      await page.getByText('Published.', { exact: true }).waitFor();
      expect(await read(path)).toContain('<dd>1 h</dd>');
      expect(await read(`/de${path}`)).toContain('<dd>1 Std.</dd>');
      expect([await headline(publicPaths.home('en')), await headline(publicPaths.home('de'))]).toEqual(
        before,
      );
      await page.context().close();
    });
  }
});
