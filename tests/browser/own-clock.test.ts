import { expect, test } from 'vitest';
import { publicPaths } from '../../src/paths.ts';
import { describeSite } from './site.ts';

describeSite("the reader's own clock", (site) => {
  const beside = async (timezoneId: string, path: string, place: string): Promise<string[]> => {
    const page = await site().page(null, { timezoneId });
    await page.goto(path);
    const texts = await page.locator(place).allTextContents();
    expect(await page.context().cookies()).toEqual([]);
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
    await page.context().close();
    return texts;
  };

  test('stands in the place of UTC, with its day where that is another one', async () => {
    const home = publicPaths.home('en');
    expect(await beside('America/New_York', home, '.as-of [data-at]')).toEqual(['(08:32 your time)']);
    expect(await beside('America/New_York', home, '.planned [data-at]')).toEqual([
      '(23 Nov 2026, 20:00–22:00 your time)',
      '(27 Nov 2026, 19:00–20:30 your time)',
    ]);
    expect(await beside('Pacific/Auckland', publicPaths.home('de'), '.as-of [data-at]')).toEqual([
      '(21. Nov. 2026, 02:32 Ihre Zeit)',
    ]);
  });

  test('is left out where it agrees with the page, and UTC stays where that is the own clock', async () => {
    const home = publicPaths.home('en');
    expect(await beside('Europe/Paris', home, '[data-at]')).toEqual([]);
    expect((await beside('UTC', home, '.as-of [data-at]'))[0]).toBe('(13:32 UTC)');
  });

  test('stands at the updates of an incident too', async () => {
    const { id } = await site().incident('Slow answers');
    const texts = await beside('America/New_York', publicPaths.incident('en', id), '.timeline [data-at]');
    expect(texts.length).toBeGreaterThan(1);
    for (const text of texts) expect(text).toMatch(/^\d\d:\d\d your time$/);
  });
});
