import { createRequire } from 'node:module';
import { AxeBuilder } from '@axe-core/playwright';
import { HtmlValidate } from 'html-validate';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Language } from '../../db/words.ts';
import { createSetupLink } from '../../src/domain/instance/setup/setup-link.ts';
import { adminPaths, publicPaths } from '../../src/paths.ts';
import { validated } from '../support/html.ts';
import { spoken } from '../support/in-words.ts';
import { startTestServer } from '../support/server.ts';
import { adminPages, publicPages, type Shown } from './pages.ts';
import { describeSite, type Site } from './site.ts';

const html = new HtmlValidate(validated);
/** The builder would put axe into the page twice for each question; here it comes once with each page. */
const { source: axe }: { source: string } = createRequire(import.meta.resolve('@axe-core/playwright'))(
  'axe-core',
);
const isThere = ';';

describeSite('every page', (site) => {
  for (const language of spoken) {
    test(`is accessible and valid in both schemes · public · ${language}`, async () => {
      await look(site(), await publicPages(site(), language), language);
    });

    test(`is accessible and valid in both schemes · admin · ${language}`, async () => {
      await look(site(), await adminPages(site(), language), language);
    });

    test(`is accessible and valid when reading fails · ${language}`, async () => {
      const { store } = site().app;
      const { read } = store;
      Object.defineProperty(store, 'read', { get: unreadable, configurable: true });
      try {
        await look(
          site(),
          [{ name: 'error', path: publicPaths.historyMonth(language, '2026-09'), who: null }],
          language,
          500,
        );
      } finally {
        Object.defineProperty(store, 'read', { value: read, configurable: true });
      }
    });
  }

  test('is accessible and valid at the first start', async () => {
    const server = await startTestServer();
    const link = adminPaths.setup((await createSetupLink(server.context())) ?? '');
    await look(site(), [{ name: 'set-up', path: server.url + link, who: null }], 'en');
    await server.stop();
  });

  test('is accessible with forced colours', async () => {
    const page = await site().page(null, { forcedColors: 'active' });
    await page.goto(publicPaths.home('en'));
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
});

const unreadable = (): never => {
  throw new Error('The database is gone.');
};

/** Fails with all that is wrong with these pages; one browser page for each visitor. */
async function look(site: Site, pages: Shown[], language: Language, status = 200): Promise<void> {
  const faults: string[] = [];
  const opened = new Map<Shown['who'], Page>();
  for (const { name, path, who, act } of pages) {
    const page = opened.get(who) ?? (await site.page(who, { locale: language }));
    opened.set(who, page);
    await page.emulateMedia({ colorScheme: 'light' });
    const first = await page.goto(path);
    const answer = act ? await act(page) : first;
    if (!answer || (status === 500) !== answer.status() >= 500)
      faults.push(`${name}: answered ${answer?.status()}`);
    const text = (await answer?.text()) ?? '';
    const found = await Promise.all([violations(page), invalid(text)]);
    faults.push(...found.flat().map((fault) => `${name}: ${fault}`));
    await page.emulateMedia({ colorScheme: 'dark' });
    faults.push(...(await violations(page, ['color-contrast'])).map((fault) => `${name}, dark: ${fault}`));
  }
  await Promise.all([...opened.values()].map((page) => page.context().close()));
  expect(faults).toEqual([]);
}

async function invalid(text: string): Promise<string[]> {
  const { results } = await html.validateString(text);
  return results.flatMap(({ messages }) =>
    messages.map((m) => `HTML ${m.line}:${m.column} ${m.ruleId}: ${m.message}`),
  );
}

/** All of axe, with the target size that it leaves out by itself; or only some rules. */
async function violations(page: Page, only?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const builder = new AxeBuilder({ page, axeSource: isThere }).setLegacyMode(true);
  const rules = { 'target-size': { enabled: true } };
  builder.options({ resultTypes: ['violations'], ...(only ? { runOnly: only } : { rules }) });
  const { violations: found } = await builder.analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id} ${node.target.join(' ')}: ${node.failureSummary?.split('\n')[1]?.trim()}`),
  );
}
