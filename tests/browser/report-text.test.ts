/** The editor of a report in Chromium: it saves itself, tells of a conflict, loses nothing, and fits a small phone. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Role } from '../../db/words.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { addLogEntry } from '../../src/domain/incidents/log/add-log-entry.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { readReport } from '../../src/domain/reports/read-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { adminPaths } from '../../src/paths.ts';
import { actingAs } from '../support/inside.ts';
import { describeSite, type Person, type Site } from './site.ts';

const roles: Role[] = ['csup', 'sre', 'engineer'];
const as = (site: Site, who: Person, minutes = 0): Context => actingAs(site, { ...who, roles }, minutes);

/** A resolved P0 whose report nobody has begun; the incident's id. */
async function owed(site: Site, who: Person): Promise<string> {
  const at = (minutes: number): string => new Date(site.now().getTime() + minutes * 60_000).toISOString();
  const then = (minutes: number) => as(site, who, minutes);
  const say = (en: string, de: string) => ({
    texts: {
      en: { title: 'Object storage is unavailable', body: en },
      de: { title: 'Objektspeicher nicht erreichbar', body: de },
    },
  });
  const { id } = await openIncident(then(-93), {
    category: 'api',
    phase: 'investigating',
    startedAt: at(-95),
    ...say(
      'Reading and writing objects fails. We look into it.',
      'Lesen und Schreiben schlägt fehl. Wir suchen den Grund.',
    ),
  });
  await classifyIncident(then(-92), id, { priority: 'P0', reason: 'Everything is down.' });
  await addLogEntry(then(-89), id, {
    text: 'The write probe fails twice; gw-berlin-1 refuses the handshake.',
    at: at(-90),
  });
  await postUpdate(then(-70), id, {
    phase: 'identified',
    ...say(
      'A certificate is not trusted. We take it back.',
      'Einem Zertifikat wird nicht vertraut. Wir nehmen es zurück.',
    ),
  });
  await postUpdate(then(-35), id, {
    phase: 'resolved',
    ...say(
      'All requests work again. A check is added.',
      'Alle Anfragen gelingen wieder. Eine Prüfung ist ergänzt.',
    ),
  });
  return id;
}

const status = (page: Page) => page.locator('#status');
const publicText = (page: Page, section: string) => page.locator(`[name="sections.${section}.en.text:text"]`);

describeSite('the editor of a report', (site) => {
  test('saves itself on a pause and keeps its version; a conflict shows both texts and loses neither', async () => {
    const who = await site().person('en', ...roles);
    const incident = await owed(site(), who);
    const page = await site().page(who);
    await page.goto(adminPaths.reportText(incident));
    expect(await page.locator('[name="title.en:text"]').inputValue()).toBe('Object storage is unavailable');

    await publicText(page, 'why').fill('The trust store was old.');
    await expect.poll(() => status(page).textContent(), { timeout: 15_000 }).toMatch(/^Saved \d\d:\d\d/);
    await publicText(page, 'why').fill('The trust store was old. It will be renewed by 24 December 2026.');
    await expect
      .poll(() => page.locator('#findings mark').allTextContents(), { timeout: 15_000 })
      .toContain('will');
    const saved = await readReport(as(site(), who), incident);
    expect(saved.report.state).toBe('draft');
    expect(saved.texts.find(({ section, language }) => section === 'why' && language === 'en')?.text).toMatch(
      /renewed/,
    );

    const other = await site().person('en', ...roles);
    await saveReport(as(site(), other), incident, {
      sections: { why: { en: { text: 'Somebody else was here.' } } },
    });
    await publicText(page, 'summary').fill('Objects could not be read.');
    await expect.poll(() => status(page).textContent(), { timeout: 15_000 }).toMatch(/Somebody else saved/);
    await Promise.all([page.waitForURL(/_action/), page.locator('.bar button').click()]);
    const both = page.locator('.difference', { hasText: 'Why it happened, for readers, in English' });
    expect(await both.textContent()).toContain('Somebody else was here.');
    expect(await both.textContent()).toContain('The trust store was old.');
    expect(await publicText(page, 'summary').inputValue()).toBe('Objects could not be read.');
    await both.getByLabel(/Keep theirs/).check();
    await Promise.all([page.waitForURL(/done=saved/), page.locator('.bar button').click()]);
    expect(await publicText(page, 'why').inputValue()).toBe('Somebody else was here.');
    expect(await publicText(page, 'summary').inputValue()).toBe('Objects could not be read.');
    await page.context().close();
  });
});
