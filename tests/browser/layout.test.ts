import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { adminPaths, publicPaths } from '../../src/paths.ts';
import { spoken } from '../support/in-words.ts';
import { contrast } from './contrast.ts';
import { adminPages, publicPages, type Shown } from './pages.ts';
import { describeSite, type Site } from './site.ts';

const phone = { width: 320, height: 568 };
const screen = { width: 1280, height: 900 };

describeSite('layout', (site) => {
  // First, while the page is that of the demo: other tests add incidents.
  test('the first incident is at most 3 tab stops away, the whole home page 40', async () => {
    const page = await site().page();
    await page.goto(publicPaths.home('en'));
    const stops: string[] = [];
    for (let at = 0; at < 60; at += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const { activeElement: active } = document;
        return active === document.body || !active ? '' : (active.getAttribute('href') ?? active.tagName);
      });
      if (stop === '') break;
      stops.push(stop);
    }
    expect(stops.findIndex((stop) => stop.includes('/incidents/')) + 1).toBeLessThanOrEqual(3);
    expect(stops.length).toBeGreaterThan(20);
    expect(stops.length).toBeLessThanOrEqual(40);
    await page.context().close();
  });

  for (const language of spoken) {
    test(`nothing overflows or is cut, with larger text and wider spacing too · public · ${language}`, async () => {
      await measureAll(site(), await publicPages(site(), language));
    });
    test(`nothing overflows or is cut, with larger text and wider spacing too · admin · ${language}`, async () => {
      await measureAll(site(), await adminPages(site(), language), smallTargets);
    });

    test(`the answer is read without scrolling on a small phone · ${language}`, async () => {
      const page = await site().page(null, { viewport: phone });
      await page.goto(publicPaths.home(language));
      const box = await page.locator('h1').boundingBox();
      expect((box?.y ?? 0) + (box?.height ?? Number.NaN)).toBeLessThanOrEqual(phone.height);
      await page.context().close();
    });

    test(`answer, incident and next update come first for who listens · ${language}`, async () => {
      const page = await site().page();
      await page.goto(publicPaths.home(language));
      const said = await page
        .locator('main')
        .evaluate((main) =>
          [...main.querySelectorAll<HTMLElement>('h1, h2, h3, p, .promise')]
            .filter((each) => each.offsetParent)
            .map((each) => `${each.tagName} ${each.textContent}`),
        );
      expect(said[0]).toMatch(/^H1 .*(is degraded|ist einge\u00adschränkt)/s);
      expect(said.slice(0, 5).findIndex((text) => text.startsWith('H2'))).toBeGreaterThan(0);
      expect(said.slice(0, 5).join('\n')).toMatch(/Next update by|Nächste Meldung bis/);
      await page.context().close();
    });
  }

  for (const viewport of [phone, screen]) {
    test(`the focus is never hidden below the publish bar · ${viewport.width} px`, async () => {
      const who = await site().person('en', 'csup');
      const page = await site().page(who, { viewport });
      await page.goto(adminPaths.compose({ category: 'api' }));
      await page.evaluate(() => {
        for (const each of document.querySelectorAll('details')) each.open = true;
      });
      await page.locator('.brand a').focus();
      const hidden: string[] = [];
      let seen = 0;
      for (; seen < 80; seen += 1) {
        await page.keyboard.press('Tab');
        const focus = await page.evaluate(() => {
          const { activeElement: active } = document;
          const bar = document.querySelector('.publish');
          if (!active || !bar || active === document.body) return null;
          if (bar.contains(active)) return { name: '', isHidden: false };
          const [own, over] = [active.getBoundingClientRect(), bar.getBoundingClientRect()];
          return {
            name: active.id || active.textContent,
            isHidden: own.bottom > over.top && own.right > over.left,
          };
        });
        if (!focus) break;
        if (focus.isHidden) hidden.push(String(focus.name));
      }
      expect(seen).toBeGreaterThan(15);
      expect(hidden).toEqual([]);
      await page.context().close();
    });
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`marks stand out 3:1 from the paper · ${colorScheme}`, async () => {
      const page = await site().page(null, { colorScheme });
      await page.goto(publicPaths.home('en'));
      const colours = await page.evaluate(() => {
        const style = (selector: string, name: 'fill' | 'borderBottomColor' | 'color', pseudo?: string) =>
          [...document.querySelectorAll(selector)].map((each) => getComputedStyle(each, pseudo)[name]);
        const marks = [
          ...style('.days path', 'fill'),
          ...style('.days', 'borderBottomColor'),
          ...style('.state', 'color', '::before'),
        ];
        return { paper: getComputedStyle(document.body).backgroundColor, marks: [...new Set(marks)] };
      });
      expect(colours.marks.length).toBeGreaterThan(4);
      for (const mark of colours.marks) expect(contrast(mark, colours.paper), mark).toBeGreaterThanOrEqual(3);
      await page.context().close();
    });
  }
});

type Check = (page: Page) => Promise<string[]>;

/** Each page on a phone and on a screen; as it is, with text twice as large, and with the spacing of WCAG 1.4.12. */
async function measureAll(site: Site, pages: Shown[], more?: Check): Promise<void> {
  const faults: string[] = [];
  const opened = new Map<Shown['who'], Page>();
  for (const { name, path, who, act } of pages) {
    const page = opened.get(who) ?? (await site.page(who));
    opened.set(who, page);
    await page.setViewportSize(screen);
    await page.goto(path);
    if (act) await act(page);
    for (const viewport of [screen, phone]) {
      await page.setViewportSize(viewport);
      for (const [wish, sheet] of Object.entries(wishes)) {
        await page.evaluate((css) => {
          const wished = new CSSStyleSheet();
          wished.replaceSync(css);
          document.adoptedStyleSheets = [wished];
        }, sheet);
        faults.push(
          ...(await page.evaluate(overflowing)).map(
            (fault) => `${name}, ${viewport.width} px, ${wish}: ${fault}`,
          ),
        );
      }
      await page.evaluate(() => {
        document.adoptedStyleSheets = [];
      });
      if (more) faults.push(...(await more(page)).map((fault) => `${name}, ${viewport.width} px: ${fault}`));
    }
  }
  await Promise.all([...opened.values()].map((page) => page.context().close()));
  expect(faults).toEqual([]);
}

const wishes = {
  'as it is': '',
  'text at 200 %': 'html { font-size: 200% }',
  'wide spacing':
    '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
};

/** Runs in the page: what makes it wider than the window, and what text is cut off. */
function overflowing(): string[] {
  const { clientWidth, scrollWidth } = document.documentElement;
  const name = (each: Element): string =>
    `${each.tagName.toLowerCase()}.${each.className} "${each.textContent?.trim().slice(0, 30)}"`;
  const scrolls = (each: Element | null): boolean =>
    each !== null && (getComputedStyle(each).overflowX === 'auto' || scrolls(each.parentElement));
  const all = [...document.body.querySelectorAll('*')];
  const wide =
    scrollWidth <= clientWidth
      ? []
      : all.filter(
          (each) =>
            each.getBoundingClientRect().right > clientWidth + 1 &&
            !scrolls(each) &&
            each.childElementCount === 0,
        );
  const isCut = (each: Element): boolean => {
    // What only screen readers get is a pixel wide on purpose.
    if (each.matches('select, input, svg, svg *, textarea') || each.clientWidth <= 1) return false;
    const { overflowX, overflowY } = getComputedStyle(each);
    const cutsAcross = overflowX === 'hidden' || overflowX === 'clip';
    const cutsDown = overflowY === 'hidden' || overflowY === 'clip';
    return (
      (cutsAcross && each.scrollWidth > each.clientWidth + 1) ||
      (cutsDown && each.scrollHeight > each.clientHeight + 1)
    );
  };
  const excess = scrollWidth <= clientWidth ? [] : [`${scrollWidth} px wide`];
  return [
    ...excess,
    ...wide.slice(0, 3).map((each) => `too wide ${name(each)}`),
    ...all.filter(isCut).map((each) => `cut ${name(each)}`),
  ];
}

/** Targets of the admin area below 44 px; a link inside a sentence is as high as its line (WCAG 2.5.8). */
const smallTargets: Check = (page) =>
  page.evaluate(() => {
    const isInSentence = (each: Element): boolean =>
      getComputedStyle(each).display === 'inline' &&
      [...(each.parentElement?.childNodes ?? [])].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
      );
    const area = (each: Element): Element =>
      (each.matches('[type=checkbox], [type=radio]') && each.closest('label')) || each;
    return [
      ...document.querySelectorAll<HTMLElement>(
        'a, button, input:not([type=hidden]), select, textarea, summary',
      ),
    ]
      .filter((each) => each.checkVisibility() && !each.matches('.skip') && !isInSentence(each))
      .map((each) => ({ each, box: area(each).getBoundingClientRect() }))
      .filter(({ box }) => box.height < 43.5 || box.width < 24)
      .map(
        ({ each, box }) =>
          `${Math.round(box.width)} × ${Math.round(box.height)} px: ${each.tagName.toLowerCase()} "${(each.textContent || each.id).trim().slice(0, 40)}"`,
      );
  });
