import { expect, test } from 'vitest';
import { adminPaths } from '../../src/paths.ts';
import { describeSite } from './site.ts';

describeSite('R-063: the desk', (site) => {
  test('what is owed still stands there after the clocks of the promises have ticked', async () => {
    const page = await site().page(await site().person('en', 'manager', 'csup'));
    await page.goto(adminPaths.desk);
    const timer = page.locator('.timer[data-seconds]').first();
    const before = await timer.textContent();
    await page.waitForFunction(
      (text) => document.querySelector('.timer[data-seconds]')?.textContent !== text,
      before,
    );
    expect(await page.locator('.asked [data-state=overdue]').first().textContent()).toMatch(
      /overdue since \d\d:\d\d CET/,
    );
    for (const due of await page.locator('li[data-due]').all())
      expect(await due.textContent()).toMatch(/\d\d:\d\d|–/);
    await page.context().close();
  });
});
