import { expect, test } from 'vitest';
import { publicPaths } from '../../src/paths.ts';
import { describeSite } from './site.ts';

describeSite('a line of ninety days', (site) => {
  const said = 'a.days .day-note:not(:empty)';

  test('tells its days by pointer and by the arrows, and is one stop that leads to their table', async () => {
    const page = await site().page();
    await page.goto(publicPaths.home('en'));
    const line = page.getByRole('link', { name: 'API: the last 90 days' });
    const table = await (await fetch(site().url + publicPaths.category('en', 'api'))).text();
    const days = [...table.matchAll(/data-day="(\d+)"/g)].map(([, day]) => Number(day));
    await line.scrollIntoViewIfNeeded();
    const { x, y, width } = await line.locator('svg').evaluate((each) => each.getBoundingClientRect());
    await page.mouse.move(x + ((days.at(-1) ?? 0) + 0.5) * (width / 90), y + 10);
    await page.locator(said).waitFor();
    const oldest = await page.locator(said).textContent();
    expect(oldest).toMatch(/^\d+ \w+ 2026 · [A-Z][a-z ]+ · \d+ (min|h)/);
    await page.mouse.move(0, 0);
    await page.locator(said).waitFor({ state: 'detached' });

    await line.focus();
    const told: (string | null)[] = [];
    for (const _day of days) {
      await page.keyboard.press('ArrowLeft');
      await page.waitForFunction(
        ([at, before]) => {
          const text = document.querySelector(at ?? '')?.textContent;
          return text && text !== before;
        },
        [said, told.at(-1) ?? ''],
      );
      told.push(await page.locator(said).textContent());
    }
    expect(new Set(told).size).toBe(days.length);
    expect(told.at(-1)).toBe(oldest);
    await page.keyboard.press('Escape');
    await page.locator(said).waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/categories\/api#days$/);
    expect(await page.getByRole('table', { name: 'Days on which something happened' }).isVisible()).toBe(
      true,
    );
    await page.context().close();
  });

  test('tells a day at the first tap, and leads to the table at the second', async () => {
    const page = await site().page(null, { hasTouch: true, viewport: { width: 320, height: 568 } });
    await page.goto(publicPaths.home('de'));
    const line = page.getByRole('link', { name: 'Programmierschnittstelle (API): die letzten 90 Tage' });
    await line.tap();
    await page.locator(said).waitFor();
    expect(page.url()).toBe(`${site().url}/de`);
    const { left, right } = await page.locator(said).evaluate((each) => each.getBoundingClientRect());
    expect([left >= 0, right <= 320]).toEqual([true, true]);
    await line.tap();
    await page.waitForURL(/\/de\/categories\/api#days$/);
    await page.context().close();
  });

  test('leads to the table without JavaScript', async () => {
    const page = await site().page(null, { javaScriptEnabled: false });
    await page.goto(publicPaths.home('en'));
    await page.getByRole('link', { name: 'API: the last 90 days' }).click();
    await page.waitForURL(/\/categories\/api#days$/);
    expect(await page.getByRole('table', { name: 'Days on which something happened' }).isVisible()).toBe(
      true,
    );
    await page.context().close();
  });
});
