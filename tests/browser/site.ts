/** The demo's company on a free port and a Chromium to look at it: one of each per test file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { demoBegin, loadDemo } from '../../db/demo.ts';
import type { Language, Phase, Role } from '../../db/words.ts';
import { type Application, contextOf } from '../../src/application.ts';
import { parseConfig } from '../../src/config.ts';
import { anonymous, operator } from '../../src/domain/core/authorize.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { signIn } from '../../src/domain/people/sessions/sign-in.ts';
import { addUser } from '../../src/domain/people/users/add-user.ts';
import { openApplication, projectRoot } from '../../src/open-application.ts';
import { startServer } from '../../src/server.ts';
import { launchBrowser } from '../support/browser.ts';
import { offerSpoken } from '../support/server.ts';
import { afternoon } from '../support/world.ts';

export const password = 'seven quiet otters';

export interface Person {
  id: string;
  email: string;
  name: string;
}

export interface Site {
  url: string;
  app: Application;
  browser: Browser;
  /** The machine's operator, for what is set up through verbs. */
  context: () => Context;
  now: () => Date;
  /** Lets that many minutes pass on the server at once. */
  forward: (minutes: number) => void;
  person: (language: Language, ...roles: Role[]) => Promise<Person>;
  /** A page in a context of its own: nobody known, or somebody who is signed in. */
  page: (who?: Person | null, options?: BrowserContextOptions) => Promise<Page>;
  /** What the world gets at `path`, and as JSON. */
  text: (path: string) => Promise<string>;
  publicJson: <T>(path: string) => Promise<T>;
  /** The newest public incident whose English title begins so, in that phase if one is named. */
  incident: (title: string, phase?: Phase) => Promise<{ id: string; updates: string[] }>;
  /** The address of the published report. */
  report: () => Promise<string>;
}

/** Tests against the site. Without a Chromium they are skipped, loudly; where TEST_REQUIRE_ALL is set they fail. */
export function describeSite(name: string, tests: (site: () => Site) => void): void {
  // One site a file, on which each test goes on from what the one before made of it.
  describe.skipIf(!chromium)(name, { timeout: 300_000, shuffle: false }, () => {
    let site: Site & { stop: () => Promise<void> };
    beforeAll(async () => {
      if (chromium) site = await startSite(chromium);
    });
    afterAll(async () => {
      await site?.stop();
      await chromium?.close();
    });
    tests(() => site);
  });
}

const chromium = await launchBrowser().catch((error: Error) => {
  const message = `no Chromium starts here: the tests in a browser (${error.message.split('\n', 1)[0]})`;
  if (process.env.TEST_REQUIRE_ALL)
    throw new Error(`This run must cover everything, but ${message}`, { cause: error });
  process.stderr.write(`\n!!! SKIPPED: ${message}\n\n`);
  return null;
});

async function startSite(browser: Browser): Promise<Site & { stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'klartext-browser-'));
  const env = {
    HOST: '127.0.0.1',
    PORT: '0',
    DATABASE_URL: `file:${join(folder, 'demo.db')}`,
    DATA_DIR: folder,
    LOG_LEVEL: 'silent',
  };
  // The company begins ninety days ago; once its story is told, time goes on by itself.
  let now = () => demoBegin(afternoon);
  const app = await openApplication(parseConfig(env), { now: () => now() });
  await offerSpoken(app);
  await loadDemo({ store: app.store, renderTexts: app.safeHtml.render, now: afternoon }, projectRoot);
  const told = performance.now();
  let passed = 0;
  now = () => new Date(afternoon.getTime() + performance.now() - told + passed);
  const running = await startServer(app);
  const { url } = running;
  const text: Site['text'] = async (path) => (await fetch(url + path)).text();
  const publicJson = async <T>(path: string): Promise<T> => JSON.parse(await text(path)) as T;
  const context = () => contextOf(app, operator('cli'));

  return {
    url,
    app,
    browser,
    context,
    now: () => now(),
    forward(minutes) {
      passed += minutes * 60_000;
    },
    async person(language, ...roles) {
      const name = language === 'de' ? 'Jona Reiter' : 'Robin Reed';
      const email = `${crypto.randomUUID()}@example.com`;
      const { id } = await addUser(context(), { email, name, roles, language, password });
      return { id, email, name };
    },
    async page(who = null, options = {}) {
      const open = await browser.newContext({ baseURL: url, ...options });
      open.setDefaultTimeout(20_000);
      // The clock of the story, whatever day it is here; it runs on by itself.
      await open.clock.install({ time: now() });
      if (who) {
        const { token } = await signIn(contextOf(app, anonymous), { email: who.email, password });
        await open.addCookies([{ name: 'session', value: token, url }]);
      }
      return open.newPage();
    },
    text,
    publicJson,
    async incident(title, phase) {
      const { incidents } = await publicJson<{
        incidents: { id: string; phase: Phase; title: { en?: string }; updates: { id: string }[] }[];
      }>('/api/v1/incidents');
      const found = incidents.find(
        (one) => one.title.en?.startsWith(title) && (phase ?? one.phase) === one.phase,
      );
      if (!found) throw new Error(`The demo has no incident "${title}".`);
      return { id: found.id, updates: found.updates.map((update) => update.id) };
    },
    async report() {
      const { reports } = await publicJson<{ reports: { url: string }[] }>('/api/v1/reports');
      return reports[0]?.url.split('/').at(-1) ?? '';
    },
    async stop() {
      await Promise.all(browser.contexts().map((open) => open.close()));
      running.server.closeAllConnections();
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Opens two incidents beside the three of the demo: as many at once as the pages are measured with. */
export async function openTwoMore(site: Site): Promise<void> {
  for (const [category, effect] of [
    ['dns', 'dns_changes_delayed'],
    ['website-portal', 'website_slow'],
  ] as const) {
    const slots = { effect, scope: 'unknown' };
    await openIncident(site.context(), { category, occasion: 'investigating', slots });
  }
}
