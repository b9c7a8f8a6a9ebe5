import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { publicPaths } from '../../src/paths.ts';
import { describeSite, openTwoMore } from './site.ts';

const languages = ['en', 'de'] as const;
const screens = [
  [320, 568],
  [390, 844],
  [1280, 800],
] as const;

describeSite('the home page at first sight', (site) => {
  const home = async (language: 'en' | 'de', width: number, height: number): Promise<Page> => {
    const page = await site().page(null, { viewport: { width, height }, javaScriptEnabled: false });
    await page.goto(publicPaths.home(language));
    return page;
  };

  describe.each(languages)('%s', (language) => {
    test.each(screens)(
      'the first screen of %i × %i answers: is it me, until when, what can I do',
      async (width, height) => {
        const page = await home(language, width, height);
        const worst = page.locator('.card').first();
        for (const answer of [
          page.locator('h1'),
          worst.locator('.promise'),
          worst.locator('.facts dd').first(),
        ]) {
          const { top, bottom } = await answer.evaluate((each) => each.getBoundingClientRect());
          expect(top).toBeGreaterThan(0);
          expect(bottom).toBeLessThanOrEqual(height);
        }
        expect(await worst.locator('.facts dt').first().textContent()).toBe(
          language === 'en' ? 'What you can do' : 'Was Sie tun können',
        );
        await page.context().close();
      },
    );

    test('on a small phone the ways take one line, planned work stands within two screens, and nothing is wider', async () => {
      const page = await home(language, 320, 568);
      const tops = await page
        .locator('.pages li:not(.language)')
        .evaluateAll((each) => each.map((li) => li.getBoundingClientRect().top));
      expect(tops.length).toBe(4);
      expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(8);
      const planned = page.getByText(
        language === 'en' ? 'Network work at the Frankfurt site' : 'Netzwerkarbeiten am Standort Frankfurt',
      );
      expect(await planned.evaluate((each) => each.getBoundingClientRect().top)).toBeLessThan(2 * 568);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      await page.context().close();
    });

    test('says each thing once: no date of today, one line for what works, only days on which something ended', async () => {
      const page = await home(language, 320, 568);
      const shown = await page.locator('body').innerText();
      expect(shown).not.toMatch(/20 Nov|20\. Nov/);
      expect(shown.match(language === 'en' ? /last 90 days/g : /letzte 90 Tage/g)).toHaveLength(1);
      expect(shown).toContain(language === 'en' ? '9 areas work' : '9 Bereiche funktionieren');
      expect(shown).not.toMatch(language === 'en' ? /^DNS$|No incidents/m : /^DNS$|Keine Störung/m);
      await page.getByText(language === 'en' ? '9 areas work' : '9 Bereiche funktionieren').click();
      expect(await page.locator('body').innerText()).toMatch(/^DNS$/m);
      await page.context().close();
    });

    test('a card that is folded is one line that opens', async () => {
      const page = await home(language, 1280, 800);
      const folded = page.locator('details.card').first();
      expect(await folded.evaluate((each) => each.getBoundingClientRect().height)).toBeLessThan(60);
      expect(await folded.locator('.prose').isVisible()).toBe(false);
      await folded.locator('summary').click();
      expect(await folded.locator('.prose').isVisible()).toBe(true);
      await page.context().close();
    });
  });

  test.each(languages)(
    'with three incidents it is at most 3,000 px long on a small phone: %s',
    async (language) => {
      const page = await home(language, 320, 568);
      expect(await page.locator('.card').count()).toBe(3);
      expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(3_000);
      await page.context().close();
    },
  );

  describe('with five', () => {
    beforeAll(() => openTwoMore(site()));
    test.each(languages)('it is at most 4,000 px long: %s', async (language) => {
      const page = await home(language, 320, 568);
      expect(await page.locator('.card').count()).toBe(5);
      expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(4_000);
      await page.context().close();
    });
  });
});
