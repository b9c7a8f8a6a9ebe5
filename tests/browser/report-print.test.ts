/** The report on paper: A4, the nine fields, the timeline and the promises whole, no navigation. */
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { wordsIn } from '../../src/i18n/words.ts';
import { publicPaths } from '../../src/paths.ts';
import { spoken } from '../support/in-words.ts';
import { describeSite } from './site.ts';

/** Width of an A4 page without its margins, in CSS pixels. */
const printed = { width: 658, height: 970 };
const a4 = [595, 842];

describeSite('a report on paper', (site) => {
  test.each(spoken)('R-098: shows all nine fields and nothing to click · %s', async (language) => {
    const words = wordsIn[language].reports;
    const page = await site().page(null, { viewport: printed });
    await page.emulateMedia({ media: 'print' });
    const path = publicPaths.report(language, await site().report());
    await page.goto(path);
    const fields = page.locator('.document > div');
    expect(await fields.locator('dt').allTextContents()).toEqual([
      words.document,
      words.organisation,
      words.owner,
      words.author,
      words.approvedBy,
      words.revision,
      words.status,
      words.classification,
      words.lastChange,
    ]);
    for (const field of await fields.locator('dd').all()) {
      expect(await field.isVisible()).toBe(true);
      expect((await field.textContent())?.trim()).not.toBe('');
    }
    for (const hidden of ['nav.pages', '.foot', '.crumbs', '.skip', '.screen-only'])
      for (const each of await page.locator(hidden).all())
        expect([hidden, await each.isVisible()]).toEqual([hidden, false]);
    expect(await page.locator('.entries tbody tr:visible').count()).toBe(16);
    expect(await page.locator('.commitments tbody tr:visible').count()).toBe(5);
    // Who holds the paper finds the page.
    expect(await page.locator('.print-only').textContent()).toBe(`${site().app.config.publicUrl}${path}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(printed.width);
    // No word is cut: everything lies inside the page.
    const cut = await page.evaluate(
      (width) =>
        [...document.querySelectorAll('.document dd, .entries td, .commitments td, .milestones span, h2, p')]
          .filter((element) => {
            const { left, right } = element.getBoundingClientRect();
            return left < 0 || right > width + 1 || element.scrollWidth > element.clientWidth + 1;
          })
          .map((element) => element.textContent),
      printed.width,
    );
    expect(cut).toEqual([]);
    await page.context().close();
  });

  test('is a PDF of a few A4 pages with page numbers and text', async () => {
    const page = await site().page();
    await page.goto(publicPaths.report('en', await site().report()));
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const boxes = [...pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)];
    expect(boxes.length).toBeGreaterThanOrEqual(3);
    expect(boxes.length).toBeLessThanOrEqual(5);
    for (const [, width, height] of boxes)
      expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual(a4);
    // Text, not a picture: fonts with a table back to letters.
    const streams = [...pdf.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].flatMap(([, bytes = '']) => {
      try {
        return [inflateSync(Buffer.from(bytes, 'latin1')).toString('latin1')];
      } catch {
        return [];
      }
    });
    expect(streams.some((stream) => stream.includes('beginbfchar') || stream.includes('beginbfrange'))).toBe(
      true,
    );
    await page.context().close();
  });
});
