import { resolve } from 'node:path';
import { type Logger, pino } from 'pino';
import { openStore } from '../db/client.ts';
import { migrate } from '../db/migrate.ts';
import { seed } from '../db/seed.ts';
import type { Application } from './application.ts';
import type { Config } from './config.ts';
import { operator } from './domain/access/authorize.ts';
import { signInLimits } from './http/sign-in-limits.ts';
import { startSafeHtml } from './render/safe-html.ts';

/** Where migrations, content, the built site and workers are found: the project's folder. */
export const projectRoot = resolve(import.meta.dirname, '..');

/** Opens the store, brings it to the newest schema and loads the shipped content; the same for server, CLI and demo. */
export async function openApplication(
  config: Config,
  more: { now?: () => Date; log?: Logger } = {},
): Promise<Application> {
  const now = more.now ?? (() => new Date());
  const log = more.log ?? pino({ level: config.logLevel, base: undefined });
  const store = await openStore(config.databaseUrl);
  const safeHtml = startSafeHtml(projectRoot);
  try {
    await migrate(config.databaseUrl, projectRoot);
    await seed({ store, actor: operator('system'), now: now(), renderTexts: safeHtml.render }, projectRoot);
  } catch (error) {
    await store.close();
    throw error;
  }
  return { config, store, log, safeHtml, limits: signInLimits(), now };
}

export async function closeApplication(app: Application): Promise<void> {
  await app.safeHtml.close();
  await app.store.close();
}
