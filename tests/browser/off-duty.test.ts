import { expect, test } from 'vitest';
import { addShift } from '../../src/domain/people/roster/add-shift.ts';
import { adminPaths } from '../../src/paths.ts';
import { spoken } from '../support/in-words.ts';
import { describeSite } from './site.ts';

describeSite('publishing off duty', (site) => {
  test.each(spoken)(
    'asks for a reason and then publishes; nothing is wider than a small phone · %s',
    async (language) => {
      const hours = (count: number) => new Date(site().now().getTime() + count * 3_600_000).toISOString();
      const onCall = await site().person(language, 'csup');
      await addShift(site().context(), { userId: onCall.id, startsAt: hours(-1), endsAt: hours(1) });
      const page = await site().page(await site().person(language, 'csup'), {
        viewport: { width: 320, height: 568 },
      });
      await page.goto(adminPaths.compose({ category: 'dns' }));
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      await page.getByLabel(/off duty|ohne Bereitschaft/).fill('Nobody answers');
      await Promise.all([
        page.waitForURL(/\/admin\/incidents\//),
        page.locator('.publish button:not(.quiet)').click(),
      ]);
      await page.context().close();

      const own = await site().page(onCall);
      await own.goto(adminPaths.compose({ category: 'dns' }));
      expect(await own.getByLabel(/off duty|ohne Bereitschaft/).count()).toBe(0);
      await own.context().close();
    },
  );
});
