/** What happens around publishing: hold and undo, drafts, no network, tickets, corrections. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { changeSettings } from '../../src/domain/core/settings/change-settings.ts';
import { endUserSessions } from '../../src/domain/people/sessions/end-user-sessions.ts';
import { adminPaths, publicPaths } from '../../src/paths.ts';
import { describeSite, password } from './site.ts';

const publishButton = '.publish button:not(.quiet)';
const group = (page: Page, name: string) => page.getByRole('radiogroup', { name });
const ownWords = (page: Page) =>
  page.getByRole('group', { name: 'Own words: What fails' }).getByLabel('English');

async function typeOwnWords(page: Page, words: string): Promise<void> {
  await group(page, 'What fails').getByLabel('Own words …').check();
  await ownWords(page).fill(words);
}

async function publish(page: Page): Promise<string> {
  await page.locator(publishButton).click();
  await page.waitForURL(/admin\/incidents\/[0-9a-z]{12}/);
  return new URL(page.url()).pathname.replace('/admin', '');
}

const status = (page: Page, said: string) => page.locator('#status', { hasText: said }).waitFor();

describeSite('composing', (site) => {
  for (const javaScriptEnabled of [true, false]) {
    test(`R-072, G-06: an update is held, can be taken back, and comes back as it was typed · JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async () => {
      const page = await site().page(await site().person('en', 'csup'), { javaScriptEnabled });
      const before = await site().text(publicPaths.home('en'));
      await page.goto(adminPaths.compose({ category: 'data-centre-region' }));
      const words = `The “lights” flicker-${javaScriptEnabled} & <i>hum</i>`;
      await typeOwnWords(page, words);
      const path = await publish(page);
      const strip = page.locator('.held');
      await page.waitForFunction(() => document.activeElement?.matches('.held'));
      expect(await strip.textContent()).toMatch(
        javaScriptEnabled ? /Publishing “[^”]*“lights”.*in \d+ s/s : /at \d\d:\d\d:\d\d CET/,
      );
      expect(await site().text(publicPaths.home('en'))).not.toContain(`flicker-${javaScriptEnabled}`);
      expect((await fetch(site().url + path)).status).toBe(404);
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Undo');
      await page.keyboard.press('Enter');
      await page.getByText('Undone: nothing of it was public.').waitFor();
      expect(page.url()).toContain('/admin/compose?incident=');
      expect(await ownWords(page).inputValue()).toBe(words);
      expect((await fetch(site().url + path)).status).toBe(404);
      const after = await site().text(publicPaths.home('en'));
      expect(after.length).toBe(before.length);

      await publish(page);
      await page.getByRole('button', { name: 'Publish now' }).click();
      await page.getByText('Published.', { exact: true }).waitFor();
      expect(await site().text(path)).toContain(`flicker-${javaScriptEnabled} &amp; &lt;i&gt;hum&lt;/i&gt;`);
      expect(await page.locator('.held').count()).toBe(0);
      const timer = await page.locator('.timer').textContent();
      expect(timer).toMatch(
        javaScriptEnabled
          ? /Next public update in \d\d:\d\d \(by \d\d:\d\d CET\)/
          : /Next public update by \d\d:\d\d CET/,
      );
      await page.goto(adminPaths.compose({ incident: path.split('/').at(-1) ?? '' }));
      expect(await page.locator('.draft').count()).toBe(0);
      await page.context().close();
    });
  }

  test('the hold runs out on the screen and on the page; after that undoing is refused with the way to correct', async () => {
    const admin = { ...site().context(), actor: { ...site().context().actor } };
    await changeSettings(admin, { hold_seconds: 6 });
    const page = await site().page(await site().person('en', 'csup'));
    const stale = await page.context().newPage();
    await page.goto(adminPaths.compose({ category: 'support-channels' }));
    const path = await publish(page);
    await stale.goto(page.url());
    expect(await stale.locator('.held').count()).toBe(1);
    await page.evaluate(() => document.querySelector<HTMLElement>('.held button')?.focus());
    await page.locator('.held', { hasText: 'Published. It is on the public page.' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('held');
    expect(await site().text(path)).toContain('Investigating');
    // Its own clock hides the buttons too, and must have done so before they are shown again.
    await stale.locator('.held', { hasText: 'Published. It is on the public page.' }).waitFor();
    await stale.evaluate(() => {
      for (const form of document.querySelectorAll<HTMLElement>('.held form')) form.hidden = false;
    });
    await stale.getByRole('button', { name: 'Undo' }).click();
    await stale.getByText('This is already published. Write a correction instead.').waitFor();

    await changeSettings(admin, { hold_seconds: 0 });
    await page.goto(adminPaths.compose({ category: 'payments-partners' }));
    expect(await page.locator('#preview').textContent()).toContain('as soon as you publish');
    const atOnce = await publish(page);
    expect(await page.locator('.held').count()).toBe(0);
    expect((await fetch(site().url + atOnce)).status).toBe(200);
    await changeSettings(admin, { hold_seconds: 10 });
    await page.context().close();
  });

  test('the desk shows what is held, with its undo; a tile of an active category leads there too', async () => {
    const page = await site().page(await site().person('en', 'csup'));
    await page.goto(adminPaths.compose({ category: 'dns' }));
    await publish(page);
    await page.goto(adminPaths.desk);
    expect(await page.locator('.held').first().textContent()).toContain('DNS');
    const there = page.locator('.tiles li', { hasText: 'DNS' }).locator('.there');
    await there.click();
    await page.waitForURL(/compose\?incident=/);
    await page.goto(adminPaths.compose({ category: 'dns' }));
    await page.getByText('This category already has an open incident').waitFor();
    await page.goto(adminPaths.desk);
    await page.locator('.held').first().getByRole('button', { name: 'Undo' }).click();
    await page.waitForURL(/done=undone/);
    await page.context().close();
  });

  test('a draft saves itself, waits for its author alone, and can be discarded', async () => {
    const who = await site().person('en', 'csup');
    const page = await site().page(who);
    const at = adminPaths.compose({ category: 'sign-in-accounts' });
    await page.goto(at);
    await typeOwnWords(page, 'Half a thought');
    await status(page, 'Draft saved.');
    await page.goto(adminPaths.desk);
    await page.locator('.drafts a', { hasText: 'Sign-in' }).click();
    expect(await ownWords(page).inputValue()).toBe('Half a thought');
    expect(await page.locator('.draft').textContent()).toMatch(/Draft of \d\d:\d\d CET/);
    const other = await site().page(await site().person('en', 'csup', 'manager', 'admin', 'security'));
    for (const place of [at, adminPaths.desk]) {
      await other.goto(place);
      expect(await other.content()).not.toContain('Half a thought');
      expect(await other.locator('.drafts, .draft').count()).toBe(0);
    }
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByText('Draft discarded.').waitFor();
    expect(await page.content()).not.toContain('Half a thought');
    await Promise.all([page.context().close(), other.context().close()]);
  });

  test('a draft is saved by its button without JavaScript, and survives another occasion', async () => {
    const page = await site().page(await site().person('en', 'csup'), { javaScriptEnabled: false });
    const at = adminPaths.compose({ category: 'sign-in-accounts' });
    await page.goto(at);
    await typeOwnWords(page, 'Nobody gets in');
    await page.getByRole('button', { name: 'Monitoring' }).click();
    await page.waitForURL(/occasion=monitoring/);
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('Draft saved. Only you see it.').waitFor();
    await page.getByRole('button', { name: 'Investigating' }).click();
    await page.waitForURL(/occasion=investigating/);
    expect(await ownWords(page).inputValue()).toBe('Nobody gets in');
    await publish(page);
    await page.getByRole('button', { name: 'Publish now' }).click();
    await page.waitForURL(/done=published/);
    expect(await site().text(publicPaths.home('en'))).toContain('Nobody gets in');
    await page.goto(at);
    expect(await page.locator('.draft').count()).toBe(0);
    await page.context().close();
  });

  test('a lost network says so, loses nothing on publishing, and is made good when it is back', async () => {
    const page = await site().page(await site().person('en', 'csup'));
    const at = adminPaths.compose({ category: 'network-delivery' });
    await page.goto(at);
    await page.context().setOffline(true);
    await typeOwnWords(page, 'Packets get lost');
    await status(page, 'No connection. Your draft is kept on this device.');
    await page.locator(publishButton).click();
    await status(page, 'No connection. Your draft is kept on this device.');
    expect(await ownWords(page).inputValue()).toBe('Packets get lost');
    await page.context().setOffline(false);
    await status(page, 'Draft saved.');
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    await page.goto(at);
    expect(await ownWords(page).inputValue()).toBe('Packets get lost');
    await publish(page);
    await page.context().close();
  });

  test('a draft that only this device has is offered, not forced; a server that is gone counts as no network', async () => {
    const page = await site().page(await site().person('en', 'csup'));
    const at = adminPaths.compose({ category: 'reports-analytics' });
    await page.goto(at);
    await page.route('**/admin/compose**', (route) => route.abort());
    await page.route('**/healthz', (route) => route.abort());
    await typeOwnWords(page, 'Figures are missing');
    await status(page, 'No connection.');
    await page.locator(publishButton).click();
    expect(await ownWords(page).inputValue()).toBe('Figures are missing');
    await page.unrouteAll();
    await page.goto(at);
    expect(await page.content()).not.toContain('Figures are missing');
    await page.getByRole('button', { name: 'Use it' }).click();
    expect(await ownWords(page).inputValue()).toBe('Figures are missing');
    await status(page, 'Draft saved.');
    await page.context().close();
  });

  test('nothing restricted is kept on the device', async () => {
    const page = await site().page(await site().person('en', 'csup', 'security'));
    await page.goto(adminPaths.compose({ category: 'security' }));
    await page.context().setOffline(true);
    await page.getByText('Own words …').first().click();
    await page.locator('input[name^="ownWords"] >> visible=true').first().fill('A secret');
    await status(page, 'Nothing was sent; leave this page open');
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    await page.context().close();
  });

  test('an expired session is told while typing, and returns to the filled form', async () => {
    const who = await site().person('en', 'csup');
    const page = await site().page(who);
    await page.goto(adminPaths.compose({ category: 'email-notifications' }));
    await endUserSessions(site().context(), who.id);
    await typeOwnWords(page, 'Mails bounce');
    await status(page, 'Your session has ended.');
    await page.locator(publishButton).click();
    await page.getByLabel('E-mail address').fill(who.email);
    await page.getByLabel('Password').fill(password);
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Sign in' }).click()]);
    expect(await ownWords(page).inputValue()).toBe('Mails bounce');
    await publish(page);
    await page.context().close();
  });

  test('R-073, R-136: what is copied for a ticket is the published text, its permalink and the label', async () => {
    const page = await site().page(await site().person('en', 'csup'));
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const { id, updates } = await site().incident('E-mails arrive late', 'resolved');
    await page.goto(adminPaths.incident(id));
    await page.getByText('Copy for support ticket').first().click();
    await page.getByRole('button', { name: 'Copy' }).first().click();
    await page.getByText('Copied.').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const { incident } = await site().publicJson<{
      incident: { updates: { id: string; texts: { en: { title: string; html: string } } }[] };
    }>(`/api/v1/incidents/${id}`);
    const update = incident.updates.find((each) => each.id === updates[0]);
    expect(copied.split('\n')[0]).toBe(update?.texts.en.title);
    const said = update?.texts.en.html.replace(/<[^>]*>/g, '').trim() ?? 'nothing';
    expect(copied.replace(/\s+/g, ' ')).toContain(said.replace(/\s+/g, ' '));
    const { publicUrl } = site().app.config;
    expect(copied).toContain(`${publicUrl}${publicPaths.update('en', id, updates[0] ?? '')}`);
    expect(copied.split('\n').at(-1)).toMatch(/^Label: \S/);
    await page.context().close();
  });

  test('R-075: a correction takes its note from the two statements and makes no new entry', async () => {
    const page = await site().page(await site().person('en', 'csup'), { javaScriptEnabled: false });
    const { id, updates } = await site().incident('Slow answers');
    const entries = async () =>
      (await site().publicJson<{ items: unknown[] }>(publicPaths.feed('en', 'json'))).items.length;
    const before = await entries();
    await page.goto(adminPaths.compose({ incident: id }));
    expect(await page.locator('.switch').textContent()).not.toContain('Correction');
    await page.goto(adminPaths.correct(updates[0] ?? ''));
    const body = page.getByLabel('Text', { exact: true }).first();
    await body.fill(`${await body.inputValue()} Only in Frankfurt.`);
    await page.getByLabel('This earlier statement was wrong').first().fill('It is everywhere');
    await page.getByRole('button', { name: 'Save correction' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('This earlier statement was wrong').first().inputValue()).toBe(
      'It is everywhere',
    );
    await page.getByLabel('The correct statement is').first().fill('It is in Frankfurt only');
    await page.getByLabel('I correct one language only').check();
    await page.getByRole('button', { name: 'Save correction' }).click();
    await page.waitForURL(/admin\/incidents/);
    expect(await site().text(`/incidents/${id}`)).toMatch(
      /The correct statement is: It is in Frankfurt only\. This earlier statement was wrong: “It is everywhere”/,
    );
    expect(await entries()).toBe(before);
    await page.context().close();
  });

  test('a missing translation delays nothing, and the desk leads to where it is added', async () => {
    const page = await site().page(await site().person('en', 'csup'));
    await page.goto(adminPaths.compose({ category: 'configuration-dashboard' }));
    await typeOwnWords(page, 'Buttons do nothing');
    await page.locator('#preview', { hasText: 'Buttons do nothing' }).waitFor();
    await publish(page);
    await page.getByRole('button', { name: 'Publish now' }).click();
    await page.waitForURL(/done=published/);
    expect(await site().text(publicPaths.home('de'))).toContain('Buttons do nothing');
    await page.goto(adminPaths.desk);
    await page.getByRole('link', { name: 'Add the missing translation: Buttons do nothing' }).click();
    await page.getByText('Add the missing language here.').waitFor();
    const german = page.getByRole('group', { name: 'Deutsch' });
    await german.getByLabel('Title').fill('Knöpfe tun nichts');
    await german.getByLabel('Text', { exact: true }).fill('Knöpfe tun nichts. Wir suchen die Ursache.');
    await page.getByRole('button', { name: 'Save correction' }).click();
    await page.waitForURL(/admin\/incidents/);
    expect(await site().text(publicPaths.home('de'))).toContain('Knöpfe tun nichts');
    await page.goto(adminPaths.desk);
    expect(await page.getByRole('link', { name: /missing translation: Buttons/ }).count()).toBe(0);
    await page.context().close();
  });

  test('R-060: nothing to advise is pointed out and hinders nobody; an earlier time is shown in the preview', async () => {
    const page = await site().page(await site().person('en', 'csup'));
    const { id } = await site().incident('Slow answers');
    await page.goto(adminPaths.compose({ incident: id }));
    await page.getByRole('button', { name: 'Edit text' }).click();
    await page.getByLabel('What you can do').fill('');
    await page.getByLabel('Was Sie tun können').fill('');
    await page.locator('#checks', { hasText: 'Customers are not told what they can do.' }).waitFor();
    await page.getByText('Times and impact').click();
    await page.getByLabel('It was true at').fill('2026-11-20T14:20');
    await page.locator('#preview', { hasText: 'It was true at: 14:20 CET' }).waitFor();
    expect(await publish(page)).toBe(`/incidents/${id}`);
    await page.context().close();
  });
});
