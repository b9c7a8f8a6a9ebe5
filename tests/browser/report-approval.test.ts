/** G-24: a manager approves on a phone; the page itself counts what the hand does. And what the document is on paper. */
import { eq } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { ReportState } from '../../db/words.ts';
import { submitReport } from '../../src/domain/reports/reviews/submit-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { adminPaths } from '../../src/paths.ts';
import { describeSite, type Site } from './site.ts';

/** Counts what a hand does, in the page and over its navigations. */
function countInteractions(): void {
  const count = () => sessionStorage.setItem('count', String(Number(sessionStorage.getItem('count')) + 1));
  addEventListener('keydown', count, true);
  addEventListener('pointerdown', count, true);
}
const counted = (page: Page): Promise<number> =>
  page.evaluate(() => Number(sessionStorage.getItem('count') ?? 0));

async function reportIn(site: Site, state: ReportState): Promise<string> {
  const { reports } = site.app.store.tables;
  const [found] = await site.app.store.read.select().from(reports).where(eq(reports.state, state)).limit(1);
  if (!found) throw new Error(`The demo has no report in state ${state}.`);
  return found.id;
}
const phone = { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true };
const aspects = ['content', 'commitments', 'presentation'];

describeSite('G-24, R-082: review on a phone, without JavaScript, and the document on paper', (site) => {
  test('what has the focus is never hidden below the way to the ticks (WCAG 2.4.11)', async () => {
    const page = await site().page(await site().person('de', 'manager'), phone);
    await page.goto(adminPaths.reportReview(await reportIn(site(), 'in_review')));
    const hidden: string[] = [];
    for (let at = 0; at < 80; at += 1) {
      await page.keyboard.press('Tab');
      const covered = await page.evaluate(() => {
        const focused = document.activeElement;
        const bar = document.querySelector('.to-decision');
        if (!focused || focused === document.body) return null;
        if (!bar || bar.contains(focused)) return '';
        const [a, b] = [focused.getBoundingClientRect(), bar.getBoundingClientRect()];
        const isCovered = a.top >= b.top && a.bottom <= b.bottom && a.left < b.right && a.right > b.left;
        return isCovered ? (focused.textContent ?? '').trim().slice(0, 40) : '';
      });
      if (covered === null) break;
      if (covered) hidden.push(covered);
    }
    expect(hidden).toEqual([]);
    await page.context().close();
  });

  test('from the board: review, read, to the ticks, three ticks, approve: six interactions at 320 × 568', async () => {
    const page = await site().page(await site().person('en', 'manager'), phone);
    await page.addInitScript(countInteractions);
    const report = await reportIn(site(), 'in_review');
    const path = adminPaths.reportReview(report);
    await page.goto(adminPaths.reports);
    await page.locator(`a[href="${path}"]`).tap();
    await page.waitForURL(/\/review$/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await page.locator('.to-decision a').tap();
    for (const aspect of aspects) await page.locator(`label:has(#f-ticks-${aspect})`).tap();
    await page.locator('button[value="approve"]').tap();
    await page.waitForURL(/done=approved/);
    expect(await counted(page)).toBe(6);
    expect(await reportIn(site(), 'approved')).toBe(report);
    await page.context().close();
  });

  test('ticks and words survive a refusal, and the approval goes through, without JavaScript', async () => {
    const page = await site().page(await site().person('de', 'manager'), { javaScriptEnabled: false });
    const report = await reportIn(site(), 'approved');
    const text = { en: { text: 'We answered within two minutes.' } };
    await saveReport(site().context(), report, { sections: { response: text } });
    await submitReport(site().context(), report);
    await page.goto(adminPaths.reportReview(report));
    await page.locator('#f-ticks-content').check();
    await page.getByText('Anmerkungen zu Abschnitten').click();
    await page.locator('[name="comments.why"]').fill('Seit wann?');
    await page.locator('button[value="approve"]').click();
    await page.waitForLoadState();
    expect(await page.locator('[role=alert]').textContent()).toContain('Zusagen: Haken Sie das zuerst ab.');
    expect(await page.locator('#f-ticks-content').isChecked()).toBe(true);
    expect(await page.locator('[name="comments.why"]').inputValue()).toBe('Seit wann?');
    for (const aspect of aspects) await page.locator(`#f-ticks-${aspect}`).check();
    await page.locator('button[value="approve"]').click();
    await page.waitForURL(/done=approved/);
    expect(await page.textContent('main')).toContain('Seit wann?');
    await page.context().close();
  });

  test('R-098, R-154: printed inside it is the document alone, with all nine fields and their persons', async () => {
    const page = await site().page(await site().person('en', 'manager'));
    await page.goto(adminPaths.report(await reportIn(site(), 'published')));
    await page.emulateMedia({ media: 'print' });
    const shown = await page.evaluate(() =>
      [...document.querySelectorAll('main > *, header.side')]
        .filter((element) => getComputedStyle(element).display !== 'none')
        .map((element) => element.tagName.toLowerCase()),
    );
    expect(shown).toEqual(['h1', 'section']);
    expect(await page.locator('.document > div:visible').count()).toBe(9);
    expect(await page.locator('.document').textContent()).not.toMatch(/nobody/);
    expect(await page.locator('details:visible').count()).toBe(0);
    await page.context().close();
  });
});
