/** Planning a maintenance in a browser, with and without JavaScript, down to a small phone. */
import { expect, test } from 'vitest';
import { adminPaths } from '../../src/paths.ts';
import { describeSite } from './site.ts';

const small = { hasTouch: true, viewport: { width: 320, height: 568 } };

describeSite('planning a maintenance', (site) => {
  test.each([
    ['on a screen', {}],
    ['on a small phone without JavaScript', { ...small, javaScriptEnabled: false }],
  ])(
    'R-020, U-19: leads from the desk to its page, asks about an overlap, and says what comes by itself %s',
    async (_on, options) => {
      const page = await site().page(await site().person('en', 'csup'), options);
      const plan = async (): Promise<void> => {
        await page.goto(adminPaths.desk);
        await page.getByText('Plan maintenance').click();
        await page.locator('.plan').getByRole('link', { name: 'DNS', exact: true }).click();
        await page.getByLabel('Begins').fill('2027-03-28T01:30');
        await page.getByLabel('Ends').fill('2027-03-28T03:30');
      };
      const publish = () => page.locator('.publish button:not(.quiet)').click();
      await plan();
      if (!('javaScriptEnabled' in options)) {
        await page.getByText('planned maintenance').waitFor();
        expect(await page.locator('#preview').textContent()).toContain('28 Mar 2027, 01:30–03:30 CET/CEST');
      }
      await publish();
      await page.locator('#f-allowOverlap-refusal, #plan').waitFor();
      if (await page.getByRole('alert').isVisible()) {
        // The one of the other run: both may be.
        expect(await page.locator('#f-allowOverlap-refusal').textContent()).toContain(
          '28 Mar 2027, 01:30–03:30',
        );
        expect(await page.getByLabel('Ends').inputValue()).toBe('2027-03-28T03:30');
        await page.getByLabel('Both may run at once').check();
        await publish();
      }
      await page.getByRole('link', { name: 'Reschedule' }).waitFor();
      const said = (await page.locator('#plan').textContent())?.replaceAll(/\s+/g, ' ') ?? '';
      expect(said).toContain('Starts by itself: 28 Mar 2027, 01:30 CET');
      expect(said).toContain('Completes by itself: 28 Mar 2027, 03:30 CEST');
      await page.getByRole('button', { name: 'Switch off' }).click();
      await page.getByText('Nothing happens by itself').waitFor();
      // The announcement is held like every update of the desk.
      await page.getByRole('button', { name: 'Publish now' }).click();
      await page.getByRole('status').filter({ hasText: 'Published' }).waitFor();
      await page.goto('/maintenance');
      expect(await page.locator('main').textContent()).toContain(
        '28 Mar 2027, 01:30–03:30 CET/CEST (00:30–01:30 UTC)',
      );
      const wider = await page.evaluate('document.documentElement.scrollWidth - innerWidth').catch(() => 0);
      expect(wider).toBeLessThanOrEqual(0);
      await page.context().close();
    },
  );
});
