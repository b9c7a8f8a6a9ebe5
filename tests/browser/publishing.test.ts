import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { endUserSessions } from '../../src/domain/people/sessions/end-user-sessions.ts';
import { feedFormats } from '../../src/feed-formats.ts';
import { adminPaths, publicPaths } from '../../src/paths.ts';
import { describeSite, type Person, password, type Site } from './site.ts';

const explanation = {
  en: 'One of our name servers ran out of memory. We restarted it and doubled its memory.',
  de: 'Einem unserer Nameserver ging der Speicher aus. Wir haben ihn neu gestartet und den Speicher verdoppelt.',
};

describeSite('the desk', (site) => {
  for (const { on, options, tile, title } of [
    {
      on: 'a screen',
      options: {},
      tile: 'DNS',
      title: 'DNS changes take effect late; existing records still answer',
    },
    {
      on: 'a small phone without JavaScript',
      options: { javaScriptEnabled: false, hasTouch: true, viewport: { width: 320, height: 568 } },
      tile: 'Storage',
      title: 'Reading and saving data takes longer than usual',
    },
  ]) {
    test(`leads from sign-in to a resolved and corrected incident on ${on}`, async () => {
      const page = await site().page(null, options);
      const who = await site().person('en', 'csup');
      await page.goto(adminPaths.desk);
      await signInOn(page, who);

      await page.locator('.tile', { hasText: tile }).click();
      const shown = await page.locator('#preview .card h2').first().textContent();
      await publish(page);
      expect(shown).toContain(title);
      const path = publicPath(page);
      expect(await said(site(), title, path)).toEqual(everywhere);

      await page.goto(adminPaths.desk);
      await page.getByRole('link', { name: `Next update: ${title}` }).click();
      await page.getByText('What we do (optional)').first().click();
      await page.getByLabel('We are rolling back a change').check();
      await publish(page);
      expect(await said(site(), 'We are rolling back a change', path)).toEqual(everywhere);
      expect(await phaseOf(site(), path)).toBe('investigating');

      await page.getByRole('link', { name: 'Next update' }).click();
      await page.getByRole('button', { name: 'Resolved' }).click();
      await page.waitForURL(/occasion=resolved/);
      await ownExplanation(page).check();
      await page.getByRole('textbox', { name: 'English' }).fill(explanation.en);
      await page.getByRole('textbox', { name: 'Deutsch' }).fill(explanation.de);
      await publish(page);
      expect(await said(site(), explanation.en, path)).toEqual({ ...everywhere, home: false });
      expect(await site().text(`/de${path}`)).toContain(explanation.de);
      expect(await phaseOf(site(), path)).toBe('resolved');

      const entries = await entryCount(site());
      await page.getByRole('link', { name: /^Correct: Resolved/ }).click();
      const body = page.getByLabel('Text', { exact: true }).first();
      await body.fill((await body.inputValue()).replace('doubled', 'tripled'));
      await page.getByLabel('What was corrected, for readers').first().fill('It is three times the memory.');
      await page.getByLabel('I correct one language only').check();
      await page.getByRole('button', { name: 'Save correction' }).click();
      await page.waitForURL(/admin\/incidents/);
      expect(await site().text(path)).toMatch(
        /tripled its memory[\s\S]*Corrected[\s\S]*It is three times the memory[\s\S]*doubled its memory/,
      );
      expect(await said(site(), 'tripled its memory', path)).toEqual({ ...everywhere, home: false });
      expect(await entryCount(site())).toBe(entries);
      await page.context().close();
    });
  }

  test('publishes with the keyboard alone: tile, then Publish', async () => {
    const page = await site().page(await site().person('en', 'csup'));
    await page.goto(adminPaths.desk);
    await tabTo(page, '.tile');
    await page.keyboard.press('8');
    await page.waitForURL(/category=reports-analytics/);
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toMatch(/^Publish/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/admin\/incidents/);
    await endHold(page);
    expect(await said(site(), 'Reports are delayed', publicPath(page))).toEqual(everywhere);
    await page.context().close();
  });

  test('shows what is chosen in the preview, and Ctrl+Enter publishes it', async () => {
    const page = await site().page(await site().person('de', 'csup'));
    await page.goto(adminPaths.compose({ category: 'support-channels' }));
    expect(await page.locator('#preview').textContent()).not.toContain('Support-Telefon (Ausfall)');
    await page.getByLabel('Support-Telefon').selectOption({ label: 'Ausfall' });
    await page.locator('#preview', { hasText: 'Support-Telefon (Ausfall)' }).waitFor();
    await page.getByRole('radiogroup', { name: 'Was nicht geht' }).getByLabel('Eigene Worte …').check();
    await page
      .getByRole('group', { name: 'Eigene Worte: Was nicht geht' })
      .getByLabel('Deutsch')
      .fill('Unsere Leitung rauscht');
    await page.locator('#preview', { hasText: 'Unsere Leitung rauscht' }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/admin\/incidents/);
    await endHold(page);
    expect(await site().text(publicPaths.home('de'))).toContain('Unsere Leitung rauscht');
    await page.context().close();
  });

  test('asks for own words only once they are chosen', async () => {
    const page = await site().page(await site().person('en', 'csup'), { javaScriptEnabled: false });
    await page.goto(adminPaths.compose({ category: 'api' }));
    expect(await ownWords(page).isVisible()).toBe(false);
    await page.getByRole('radiogroup', { name: 'What fails' }).getByLabel('Own words …').check();
    expect(await ownWords(page).isVisible()).toBe(true);
    await page.context().close();
  });

  test('makes one incident of a double click', async () => {
    const page = await site().page(await site().person('en', 'csup'));
    const before = await incidentCount(site());
    await page.goto(adminPaths.compose({ category: 'payments-partners' }));
    // A browser may give up the first of two requests when the server has it already: both arrive, whatever it does.
    const arrived: Promise<unknown>[] = [];
    await page.route('**/admin/compose**', async (route) => {
      const answer = route.fetch({ maxRedirects: 0 });
      arrived.push(answer);
      await Promise.all([answer, route.continue()]);
    });
    await page.locator(publishButton).dblclick();
    // Which of the two navigations wins is the browser's to say; waiting for one of them fails when the other does.
    await expect.poll(() => page.url(), { timeout: 20_000 }).toMatch(/admin\/incidents/);
    await Promise.all(arrived);
    expect(await incidentCount(site())).toBe(before + 1);
    await page.context().close();
  });

  for (const javaScriptEnabled of [true, false]) {
    test(`keeps what was typed when the session ends · JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async () => {
      const who = await site().person('en', 'csup');
      const page = await site().page(who, { javaScriptEnabled });
      await page.goto(adminPaths.compose({ category: 'configuration-dashboard' }));
      await page.getByRole('radiogroup', { name: 'What fails' }).getByLabel('Own words …').check();
      const words = `Buttons "do" nothing & <b>nobody</b> knows why, ${javaScriptEnabled}`;
      await ownWords(page).fill(words);
      await endUserSessions(site().context(), who.id);
      await page.locator(publishButton).click();
      await page.getByText('Nothing you typed is lost').waitFor();
      const before = await incidentCount(site());
      await signInOn(page, who);
      await page.getByText('Nothing was sent yet').waitFor();
      expect(await ownWords(page).inputValue()).toBe(words);
      expect(await incidentCount(site())).toBe(before);
      await publish(page);
      expect(await incidentCount(site())).toBe(before + 1);
      expect(await page.locator('main').textContent()).toContain(words);
      await page.context().close();
    });
  }

  test('shows the second of two people both texts and loses neither', async () => {
    const { id } = await site().incident('Slow answers');
    const path = adminPaths.compose({ incident: id });
    const [first, second] = await Promise.all([
      site().page(await site().person('en', 'csup')),
      site().page(await site().person('en', 'csup')),
    ]);
    await Promise.all([first.goto(path), second.goto(path)]);
    await second.getByRole('button', { name: 'Edit text' }).click();
    await second.getByLabel('Text').first().fill('Mine: searches are fast again in Amsterdam.');
    await first.getByRole('button', { name: 'Edit text' }).click();
    await first.getByLabel('Text').first().fill('Theirs: searches are fast again in Frankfurt.');
    await publish(first);

    const [answer] = await Promise.all([
      second.waitForResponse((each) => each.request().isNavigationRequest()),
      second.locator(publishButton).click(),
    ]);
    expect(answer.status()).toBe(409);
    const conflict = second.locator('section', { hasText: 'Somebody posted meanwhile' });
    await conflict.waitFor();
    expect(await conflict.textContent()).toMatch(/Theirs: searches[\s\S]*Mine: searches/);
    expect(await second.getByLabel('Text').first().inputValue()).toContain('Mine: searches');
    expect(await site().text(`/incidents/${id}`)).not.toContain('Mine: searches');
    await publish(second);
    expect(await site().text(`/incidents/${id}`)).toMatch(/Mine: searches[\s\S]*Theirs: searches/);
    await Promise.all([first.context().close(), second.context().close()]);
  });

  test('ties what is wrong to its field and keeps what was typed', async () => {
    const { id } = await site().incident('Slow answers');
    const page = await site().page(await site().person('en', 'csup'), { javaScriptEnabled: false });
    const path = adminPaths.compose({ incident: id, occasion: 'resolved' });
    await page.goto(path);
    await page.locator(publishButton).click();
    await page.getByRole('alert').waitFor();
    const fields = [
      page.getByRole('textbox', { name: 'English' }),
      page.getByRole('textbox', { name: 'Deutsch' }),
    ];
    const choice = page.getByRole('radiogroup', { name: 'What was wrong' });
    expect(await refusalOf(choice)).toBe('Please fill in this field.');

    await ownExplanation(page).check();
    for (const field of fields) expect(await refusalOf(field)).toBe('');
    await page.getByRole('textbox', { name: 'English' }).fill('It works again.');
    await page.locator(publishButton).click();
    await page.getByRole('alert').waitFor();
    expect(await refusalOf(page.getByRole('textbox', { name: 'English' }))).toMatch(/at least 40 characters/);
    expect(await refusalOf(page.getByRole('textbox', { name: 'Deutsch' }))).toBe('');
    expect(await page.getByRole('textbox', { name: 'English' }).inputValue()).toBe('It works again.');

    await page.goto(adminPaths.compose({ category: 'api', occasion: 'scheduled' }));
    await page.getByLabel('Begins').fill('2026-12-01T03:00');
    await page.getByLabel('Ends').fill('2026-12-01T02:00');
    await page.locator(publishButton).click();
    await page.getByRole('alert').waitFor();
    expect(await refusalOf(page.getByLabel('Ends'))).toBe('The end lies before the start.');
    expect(await page.getByLabel('Begins').inputValue()).toBe('2026-12-01T03:00');
    await page.context().close();
  });

  test('does not let the next update change the phase by accident', async () => {
    const { id } = await site().incident('E-mails arrive late', 'investigating');
    const page = await site().page(await site().person('en', 'csup'));
    await page.goto(adminPaths.compose({ incident: id }));
    expect(await page.locator('.switch [aria-current]').textContent()).toContain('No news yet');
    await page.context().close();
  });
});

const everywhere = { home: true, incident: true, rss: true, atom: true, json: true };

/** Where the world reads these words: the home page, the incident's own page, and all three feeds. */
async function said(site: Site, words: string, path: string): Promise<Record<string, boolean>> {
  const places = { home: publicPaths.home('en'), incident: path };
  const feeds = feedFormats.map((format) => [format, publicPaths.feed('en', format)] as const);
  const found = [...Object.entries(places), ...feeds].map(
    async ([name, at]) => [name, (await site.text(at)).includes(words)] as const,
  );
  return Object.fromEntries(await Promise.all(found));
}

/** The public page of the incident that the desk shows. */
const publicPath = (page: Page): string => new URL(page.url()).pathname.replace('/admin', '');

async function phaseOf(site: Site, path: string): Promise<string> {
  const { incident } = await site.publicJson<{ incident: { phase: string } }>(`/api/v1${path}`);
  return incident.phase;
}

const ownWords = (page: Page) =>
  page.getByRole('group', { name: 'Own words: What fails', includeHidden: true }).getByLabel('English');

const incidentCount = async (site: Site): Promise<number> => {
  const { store } = site.app;
  return (await store.read.select({ id: store.tables.incidents.id }).from(store.tables.incidents)).length;
};

const entryCount = async (site: Site): Promise<number> =>
  (await site.publicJson<{ items: unknown[] }>(publicPaths.feed('en', 'json'))).items.length;

async function signInOn(page: Page, who: Person): Promise<void> {
  await page.getByLabel('E-mail address').fill(who.email);
  await page.getByLabel('Password').fill(password);
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Sign in' }).click()]);
}

const publishButton = '.publish button:not(.quiet)';

async function publish(page: Page): Promise<void> {
  await page.locator(publishButton).click();
  await page.waitForURL(/admin\/incidents/);
  await endHold(page);
}

/** Nobody waits for the hold in a test that is not about it. */
async function endHold(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Publish now|Jetzt veröffentlichen/ }).click();
  await page.waitForURL(/done=published/);
}

const ownExplanation = (page: Page) =>
  page.getByRole('radiogroup', { name: 'What was wrong' }).getByLabel('Own words …');

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let at = 0; at < 60; at += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`Tab never reaches ${selector}.`);
}

/** What a screen reader says is wrong with a field; nothing for a valid one. */
const refusalOf = (field: ReturnType<Page['locator']>): Promise<string> =>
  field.evaluate((element) => {
    if (element.getAttribute('aria-invalid') !== 'true') return '';
    const ids = (element.getAttribute('aria-describedby') ?? '').split(' ');
    return ids.map((id) => document.getElementById(id)?.textContent?.trim() ?? `no #${id}`).join(' ');
  });
