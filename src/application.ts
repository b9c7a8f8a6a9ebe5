import type { Logger } from 'pino';
import type { Store } from '../db/store.ts';
import type { Config } from './config.ts';
import { type Actor, anonymous } from './domain/access/authorize.ts';
import type { Context } from './domain/context.ts';
import type { SignInLimits } from './http/sign-in-limits.ts';
import type { SafeHtml } from './render/safe-html.ts';

/** What one process holds; travels into Astro in `locals`, because the built site is a module graph of its own (design §8.12). */
export interface Application {
  config: Config;
  store: Store;
  log: Logger;
  safeHtml: SafeHtml;
  limits: SignInLimits;
  /** The clock; tests set it. */
  now: () => Date;
}

/** The context of one act by `actor`, now. */
export const contextOf = (app: Application, actor: Actor = anonymous): Context => ({
  store: app.store,
  actor,
  now: app.now(),
  clock: app.now,
  renderTexts: app.safeHtml.render,
});
