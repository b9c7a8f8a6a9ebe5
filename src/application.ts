import type { Logger } from 'pino';
import type { Store } from '../db/store.ts';
import type { Config } from './config.ts';
import { consequences } from './domain/consequences.ts';
import type { Seal } from './domain/core/audit/seal.ts';
import { type Actor, anonymous } from './domain/core/authorize.ts';
import type { Context } from './domain/core/context.ts';
import type { SignInLimits } from './http/desk/sign-in-limits.ts';
import type { Offered } from './offered.ts';
import type { SafeHtml } from './render/safe-html.ts';

/** Which installation it is, and what DATA_DIR keeps of it. */
export interface Instance {
  id: string;
  /** Null for the demo, of which nothing is kept. */
  folder: string | null;
  /** Null when there is neither SECRET_KEY nor a folder to keep one in. */
  seal: Seal | null;
}

/** What one process holds; travels into Astro in `locals`, because the built site is a module graph of its own. */
export interface Application {
  config: Config;
  store: Store;
  log: Logger;
  safeHtml: SafeHtml;
  instance: Instance;
  limits: SignInLimits;
  /** The languages of the page, and its addresses. */
  offered: Offered;
  /** The clock; tests set it. */
  now: () => Date;
}

/** The context of one act by `actor`, now. */
export const contextOf = (app: Application, actor: Actor = anonymous): Context => ({
  store: app.store,
  actor,
  now: app.now(),
  clock: app.now,
  offered: app.offered.languages,
  seal: app.instance.seal,
  renderTexts: app.safeHtml.render,
  consequences,
});
