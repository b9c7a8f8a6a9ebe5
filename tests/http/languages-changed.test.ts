/** What stood before the page offered other languages: nothing of it is lost, and nothing that nobody reads any more blocks. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Language } from '../../db/words.ts';
import { changeSettings } from '../../src/domain/core/settings/change-settings.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { addLogEntry } from '../../src/domain/incidents/log/add-log-entry.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { readReport } from '../../src/domain/reports/read-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { addTemplateVersion } from '../../src/domain/wording/templates/add-version.ts';
import { approveTemplates } from '../../src/domain/wording/templates/approve-templates.ts';
import { Offered } from '../../src/offered.ts';
import { openApplication } from '../../src/open-application.ts';
import { startServer } from '../../src/server.ts';
import { type Api, apiOf } from '../support/api.ts';
import { type Insider, insideOf, insider, signInAgain } from '../support/inside.ts';
import { postgresUrl } from '../support/postgres.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let person: Insider;
let german: Insider;
let api: Api;
const { as, show, send } = insideOf(() => server);
const offer = (...offered: Language[]) => changeSettings(server.context(), { languages: offered });
const later = (minutes: number) => new Date(server.clock.now.getTime() + minutes * 60_000).toISOString();
const both = {
  en: { title: 'Mail is late', body: 'Mail arrives late. We look for the cause.' },
  de: { title: 'E-Mail verspätet', body: 'E-Mails kommen spät an. Wir suchen die Ursache.' },
};

beforeAll(async () => {
  server = await startTestServer();
  await approveTemplates(server.context());
  person = await insider(server, 'engineer', 'sre', 'csup', 'manager', 'admin');
  german = await insider(server, 'engineer', 'sre', 'csup');
  await send(german, '/admin/account', 'account.changeLanguage', { language: 'de' });
  api = apiOf(server, await server.token(['csup', 'admin', 'manager']));
});
beforeEach(async () => {
  await signInAgain(server, person, german);
  await offer('en', 'de');
});
afterAll(() => server?.stop());

/** An outage told in both languages, over, and its report. */
async function reported() {
  const { id } = await openIncident(as(person), { category: 'api', phase: 'investigating', texts: both });
  await classifyIncident(as(person), id, { priority: 'P1', reason: 'All is down.' });
  server.clock.forward(30);
  await postUpdate(as(person), id, { phase: 'resolved', texts: both });
  const { report } = await readReport(as(person), id);
  return { id, report };
}

test('a maintenance that was planned before the change says its start in the languages of the page', async () => {
  const { id } = await openIncident(server.context(), {
    category: 'api',
    occasion: 'scheduled',
    slots: { effect: { en: 'New routers', de: 'Neue Router' } },
    scheduledFor: later(60),
    scheduledUntil: later(120),
    isAutomatic: true,
  });
  const planned = async () =>
    (await readIncident(server.context(), id)).planned.map(({ texts }) => Object.keys(texts).sort());
  await offer('en');
  expect(await planned()).toEqual([['en'], ['en']]);
  await offer('en', 'de');
  expect(await planned()).toEqual([
    ['de', 'en'],
    ['de', 'en'],
  ]);
  await offer('de');
  expect(await planned()).toEqual([['de'], ['de']]);
});

test('of two changes the later one counts, however late the first is read', async () => {
  const { store } = server.app;
  let lateMs = 200;
  const late = async (table: typeof store.tables.settings) => {
    const ms = lateMs;
    const rows = await store.read.select().from(table);
    await new Promise((done) => setTimeout(done, ms));
    return rows;
  };
  const read = {
    select: () => ({
      from: (table: typeof store.tables.settings) => ({ prepare: () => ({ execute: () => late(table) }) }),
    }),
  };
  const offered = new Offered({ ...store, read: read as unknown as typeof store.read });
  await offer('de');
  const first = offered.renew();
  lateMs = 0;
  await offer('en');
  await Promise.all([first, offered.renew()]);
  await offered.settled;
  expect(offered.languages).toEqual(['en']);
});

test('security.txt prefers the languages of the page, in its order', async () => {
  await changeSettings(server.context(), { security_contact: 'safe@acme.test' });
  await offer('de', 'en');
  expect(await server.text('/.well-known/security.txt')).toContain('Preferred-Languages: de, en\n');
  await offer('en');
  expect(await server.text('/.well-known/security.txt')).toContain('Preferred-Languages: en\n');
});

test('a refusal at a public address speaks a language of the page, and at the desk that of its reader', async () => {
  await offer('en');
  const refused = async (path: string) => {
    const headers = { accept: 'text/html', 'accept-language': 'de' };
    const answer = await server.fetch(path, { method: 'DELETE', headers });
    return [answer.status, /<html lang="(\w+)"/.exec(await answer.text())?.[1]];
  };
  expect(await refused('/')).toEqual([405, 'en']);
  expect(await refused('/de/history')).toEqual([405, 'en']);
  expect(await refused('/admin')).toEqual([401, 'de']);
  await offer('de');
  expect(await refused('/')).toEqual([405, 'de']);
  await offer('en', 'de');
  expect(await refused('/')).toEqual([405, 'de']);
});

describe('a correction on an English-only page', () => {
  test('does not ask whether German that nobody reads is still right, and keeps it', async () => {
    const { id } = await openIncident(as(person), { category: 'api', phase: 'investigating', texts: both });
    await offer('en');
    const { updates, version } = await readIncident(as(person), id);
    const texts = { en: { title: 'Mail is slow', body: 'Mail arrives slowly. We look for the cause.' } };
    const answer = await api.send('PATCH', `/updates/${updates[0]?.id}`, { texts, version });
    expect([answer.status, answer.body.error?.fields]).toEqual([200, undefined]);
    const now = (await readIncident(as(person), id)).updates[0];
    expect([now?.texts.en?.title, now?.texts.de?.title]).toEqual(['Mail is slow', 'E-Mail verspätet']);
  });

  test('keeps what was typed of what was wrong in German', async () => {
    const { id } = await openIncident(as(person), { category: 'api', phase: 'investigating', texts: both });
    await offer('en');
    const { updates, version } = await readIncident(as(person), id);
    const update = updates[0]?.id ?? '';
    const sent = await send(person, `/admin/updates/${update}`, 'incidents.correct', {
      update,
      'version:number': String(version),
      'texts.en.title': both.en.title,
      'texts.en.body': both.en.body,
      'texts.de.title': both.de.title,
      'texts.de.body': 'E-Mails kommen am Abend an. Wir suchen die Ursache.',
      'slots.wrong.de': 'E-Mails kommen spät an',
      'slots.right.de': 'E-Mails kommen am Abend an',
      'isOtherRight:flag': 'true',
    });
    expect([sent.status, sent.location]).toEqual([303, `/admin/incidents/${id}`]);
    expect((await readIncident(as(person), id)).updates[0]?.texts.de?.note).toContain('am Abend');
  });

  test('does not speak of another language where there is none', async () => {
    await offer('en');
    const { id } = await openIncident(as(person), {
      category: 'api',
      phase: 'investigating',
      texts: { en: both.en },
    });
    const { updates } = await readIncident(as(person), id);
    const { html } = await show(person, `/admin/updates/${updates[0]?.id}`);
    expect([html.includes('name="texts.en.title"'), html.includes('isOtherRight')]).toEqual([true, false]);
  });
});

describe('a report on an English-only page', () => {
  test('keeps the German words of its timeline when the editor is saved', async () => {
    const { id, report } = await reported();
    const text = { en: 'Disk full.', de: 'Platte voll.' };
    await saveReport(as(person), report.id, { entries: [{ at: later(-20), text }], version: report.version });
    await offer('en');
    const { entries, report: now } = await readReport(as(person), id);
    const row = entries[0]?.id ?? '';
    const fields = {
      report: report.id,
      'version:number': String(now.version),
      'title.en:text': 'Mail was late',
      [`entries.${row}.at:local`]: '',
      [`entries.${row}.text.en:text`]: 'The disk was full.',
      'sections.why.en.text:text': '',
    };
    const local = later(-25).slice(0, 16);
    const sent = await send(person, `/admin/reports/${report.id}/text`, 'reportText.save', {
      ...fields,
      [`entries.${row}.at:local`]: local,
    });
    expect(sent.status).toBe(303);
    const saved = await readReport(as(person), id);
    expect(saved.entries.map((entry) => entry.text)).toMatchObject([
      { en: 'The disk was full.', de: 'Platte voll.' },
    ]);
  });

  test('leads its German reader to the fields that are there', async () => {
    const { report } = await reported();
    await saveReport(as(person), report.id, { authorReason: 'Knows it.', version: report.version });
    await offer('en');
    const { html } = await show(german, `/admin/reports/${report.id}/text`);
    const [, missing = ''] = /<div id="missing"[^>]*>([\s\S]*?)<\/div>/.exec(html) ?? [];
    const aims = [...missing.matchAll(/href="#([^"]+)"/g)].map(([, aim = '']) => aim);
    expect(aims.length).toBeGreaterThan(8);
    expect(aims.filter((aim) => !html.includes(`id="${aim}"`))).toEqual([]);
    expect(html).toContain('<html lang="de"');
    const [, version = ''] = /name="version:number" value="(\d+)"/.exec(html) ?? [];
    const refused = await send(german, `/admin/reports/${report.id}`, 'reports.submit', {
      report: report.id,
      'version:number': version,
    });
    const ways = [...refused.html.matchAll(/\/text#([\w-]+)"/g)].map(([, aim = '']) => aim);
    expect(ways.length).toBeGreaterThan(8);
    expect(ways.filter((aim) => !html.includes(`id="${aim}"`))).toEqual([]);
  });

  test('offers its German reader a note of the log for a field that is there', async () => {
    const { id, report } = await reported();
    await addLogEntry(as(german), id, { text: 'gw-7 antwortet nicht' });
    await offer('en');
    const { html } = await show(german, `/admin/reports/${report.id}/text`);
    expect(html).toMatch(/name="entries\.from-[^"]+\.text\.en:text"[^>]*>\s*gw-7 antwortet nicht/);
  });

  test('is not held up by a placeholder in a German text that its editor does not show', async () => {
    const { report } = await reported();
    const why = { en: { text: 'The disk was full.' }, de: { text: 'Es war {cause}.' } };
    await saveReport(as(person), report.id, { sections: { why }, version: report.version });
    const leftovers = async () =>
      (await readReport(as(person), report.id)).missing.filter(({ key }) => key === 'leftover');
    expect(await leftovers()).toHaveLength(1);
    await offer('en');
    expect(await leftovers()).toEqual([]);
    const { report: now } = await readReport(as(person), report.id);
    await saveReport(as(person), report.id, {
      sections: { why: { en: { text: '' } } },
      version: now.version,
    });
    // Where it is the only text, it is what readers get.
    expect(await leftovers()).toHaveLength(1);
  });
});

test('a template is not behind a language that the page does not offer, and nobody is asked whether both say the same', async () => {
  const behind = 'Behind the other language';
  const marked = (html: string): boolean => /class="one-language stale"/.test(html);
  const english = { title: 'Mail', body: 'Something new is said here.', workaround: '' };
  const cell = { category: null, occasion: 'no_news' as const };
  await addTemplateVersion(as(person), { ...cell, texts: { en: english } });
  await approveTemplates(server.context());
  const pages = ['/admin/templates/base/no_news', '/admin/templates'];
  const [both = '', matrix = ''] = await Promise.all(
    pages.map(async (path) => (await show(person, path)).html),
  );
  expect([both.includes('isSame'), both.includes(behind), marked(matrix)]).toEqual([true, true, true]);
  await offer('de');
  const [alone = '', all = ''] = await Promise.all(
    pages.map(async (path) => (await show(person, path)).html),
  );
  expect([alone.includes('isSame'), alone.includes(behind), marked(all)]).toEqual([false, false, false]);
});

test('what was typed in German while an administrator took it off the page is not lost', async () => {
  await offer('en');
  const sent = await send(person, '/admin/compose?category=api&occasion=investigating', 'incidents.open', {
    category: 'api',
    occasion: 'investigating',
    'editText:flag': 'true',
    'texts.en.title': 'Print is late',
    'texts.en.body': 'Prints come out late. We look for the cause.',
    'texts.de.title': 'Druck verspätet',
    'texts.de.body': 'Drucke kommen spät. Wir suchen die Ursache.',
  });
  expect(sent.status).toBe(422);
  expect(sent.html).toContain('The page does not offer this language.');
  expect(sent.html).toContain('Drucke kommen spät. Wir suchen die Ursache.');
});

describe.skipIf(!postgresUrl)('two servers on one database', () => {
  test('change their addresses at the same time, and neither serves what it kept', async () => {
    const first = await startTestServer(postgresUrl ? { postgres: postgresUrl } : {});
    const app = await openApplication(first.app.config, { now: () => first.clock.now, log: first.app.log });
    const second = await startServer(app);
    const ask = (path: string) => fetch(second.url + path, { redirect: 'manual' });
    try {
      expect(await (await ask('/')).text()).toContain('<html lang="en"');
      expect((await ask('/de/feed.json')).status).toBe(200);
      await changeSettings(first.context(), { languages: ['de', 'en'] });
      const until = performance.now() + 3_000;
      while (performance.now() < until && app.offered.languages[0] !== 'de')
        await new Promise((done) => setTimeout(done, 20));
      expect(await (await ask('/')).text()).toContain('<html lang="de"');
      const moved = await ask('/de/feed.json');
      expect([moved.status, moved.headers.get('location')]).toEqual([301, '/feed.json']);
      expect((await ask('/en/history')).status).toBe(200);
      await changeSettings(first.context(), { languages: ['en'] });
      await changeSettings(first.context(), { languages: ['de'] });
      await changeSettings(first.context(), { languages: ['en'] });
      while (performance.now() < until && app.offered.languages.join() !== 'en')
        await new Promise((done) => setTimeout(done, 20));
      const [map, german] = [await (await ask('/sitemap.xml')).text(), await ask('/de/history')];
      expect([map.includes('/de'), german.status, german.headers.get('location')]).toEqual([
        false,
        301,
        '/history',
      ]);
      expect(await (await ask('/nothing-here')).text()).toContain('<html lang="en"');
    } finally {
      await second.stop();
      await first.stop();
    }
  });
});
