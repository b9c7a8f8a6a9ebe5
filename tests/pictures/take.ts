/**
 * `npm run pictures`: takes the pictures of README, "What it looks like", anew. Clock, letters and width are the same in every
 * run, so a picture that changes shows something that changed.
 */
import { writeFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { afternoon } from '../support/world.ts';
import { type Picture, pictureFile, pictureNames, type Story, sizeOf, startStory } from './pictures.ts';

const width = 1280;
/** The menu of the desk needs so much. */
const leastHeight = 800;
/** What is left free around the first and the last element. */
const margin = 32;

const story = await startStory();
const browser = await launchBrowser({ inOwnLetters: true });
try {
  const page = await openPage(browser, story);
  for (const name of pictureNames) {
    const file = pictureFile(name);
    writeFileSync(file, await take(page, story.pictures[name]));
    const { height, bytes } = sizeOf(file);
    process.stdout.write(`${file}: ${width} × ${height}, ${Math.ceil(bytes / 1000)} kB\n`);
  }
} finally {
  await browser.close();
  await story.server.stop();
}

async function openPage(browser: Browser, { server, cookie }: Story): Promise<Page> {
  const context = await browser.newContext({
    baseURL: server.url,
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width, height: 900 },
  });
  // The desk counts down to what is promised: its seconds stand still, too.
  await context.clock.install({ time: new Date(afternoon.getTime() - 1000) });
  await context.clock.pauseAt(afternoon);
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url: server.url }]);
  return context.newPage();
}

/** As high as what it shows, so that the menu beside it ends with it. */
async function take(page: Page, { path, heading, from, until }: Picture): Promise<Buffer> {
  await page.goto(path);
  const said = await page.locator('h1').innerText();
  if (!said.replace(/\s+/g, ' ').includes(heading)) throw new Error(`${path} says "${said}".`);
  const first = from === undefined ? null : await page.locator(from).first().boundingBox();
  const bottom = await page.locator(until).first().evaluate(dropWhatIsBelow);
  const y = first ? Math.floor(first.y + (await page.evaluate(() => scrollY))) - margin : 0;
  const height = Math.max(Math.ceil(bottom) + margin, leastHeight);
  await page.setViewportSize({ width, height });
  await page.evaluate(() => scrollTo(0, 0));
  return page.screenshot({ clip: { x: 0, y, width, height: height - y } });
}

/** No line is cut in two where a picture ends: what lies below goes. Returns where the element ends on the page. */
function dropWhatIsBelow(last: Element): number {
  const { bottom } = last.getBoundingClientRect();
  for (let above: Element | null = last; above; above = above.parentElement)
    for (let next = above.nextElementSibling; next; next = next.nextElementSibling)
      if (next.getBoundingClientRect().top >= bottom && next instanceof HTMLElement)
        next.style.display = 'none';
  return bottom + scrollY;
}
