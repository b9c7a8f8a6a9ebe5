import { resolve } from 'node:path';
import { type Logger, pino } from 'pino';
import type { Identity } from '../db/check-file.ts';
import { openStore } from '../db/client.ts';
import { identify } from '../db/identify.ts';
import { migrate } from '../db/migrate.ts';
import { seed } from '../db/seed.ts';
import { type Application, contextOf, type Instance } from './application.ts';
import type { Config } from './config.ts';
import { sealFrom } from './domain/core/audit/seal.ts';
import { operator } from './domain/core/authorize.ts';
import { ensureInstanceId } from './domain/instance/setup/instance.ts';
import { signInLimits } from './http/desk/sign-in-limits.ts';
import { type Marker, makeKeyFile, readKeyFile, readMarker, setMarkerAside } from './instance-folder.ts';
import { keepOnce } from './keep-instance.ts';
import { Offered } from './offered.ts';
import { refuseLost } from './refuse-lost.ts';
import { startSafeHtml } from './render/safe-html.ts';

/** Where migrations, content, the built site and workers are found: the project's folder. */
export const projectRoot = resolve(import.meta.dirname, '..');

export interface OpenOptions {
  now?: () => Date;
  log?: Logger;
  /** Begin a new instance although DATA_DIR knows another one (`--new`). */
  isNew?: boolean;
  /** The demo: made anew each time, so nothing is kept of it or asked about it. */
  isDemo?: boolean;
  /** An examination that is under way already. */
  identity?: Promise<Identity | null>;
}

/**
 * Opens the store, brings it to the newest schema and loads the shipped content; the same for server, CLI and demo. Throws,
 * having written nothing, when the database is damaged, or not the one that DATA_DIR knows.
 */
export async function openApplication(config: Config, options: OpenOptions = {}): Promise<Application> {
  const now = options.now ?? (() => new Date());
  const log = options.log ?? pino({ level: config.logLevel, base: undefined });
  const folder = options.isDemo ? null : resolve(config.dataDir);
  const marker = folder === null ? null : readMarker(folder);
  const found = await (options.identity ?? identify(config.databaseUrl));
  if (folder !== null && marker)
    settleMarker({ folder, marker, found, now: now(), isNew: options.isNew ?? false });
  const bringUpToDate = () => migrate(config.databaseUrl, projectRoot);
  await bringUpToDate();
  const store = await openStore(config.databaseUrl);
  const safeHtml = startSafeHtml(projectRoot);
  try {
    const wanted = found?.isSetUp && found.id === null ? (marker?.id ?? null) : null;
    const id = await ensureInstanceId(store, now(), wanted);
    store.admitOnly(id, bringUpToDate);
    const seal = sealOf(config, folder, log);
    const instance: Instance = { id, folder, seal };
    const offered = new Offered(store);
    const app: Application = { config, store, log, safeHtml, instance, limits: signInLimits(), offered, now };
    await seed(contextOf(app, operator('system')), projectRoot);
    await offered.renew();
    await keepOnce(app);
    return app;
  } catch (error) {
    await safeHtml.close();
    await store.close();
    throw error;
  }
}

interface Settling {
  folder: string;
  marker: Marker;
  found: Identity | null;
  now: Date;
  isNew: boolean;
}

function settleMarker({ folder, marker, found, now, isNew }: Settling): void {
  const isOurs = found?.id === marker.id || (found?.isSetUp && found.id === null);
  if (isOurs) return;
  if (!isNew) refuseLost(folder, marker, found);
  setMarkerAside(folder, now);
}

function sealOf(config: Config, folder: string | null, log: Logger): Instance['seal'] {
  if (config.secretKey !== null) return sealFrom(config.secretKey);
  if (folder === null) return null;
  try {
    return sealFrom(readKeyFile(folder) ?? makeKeyFile(folder));
  } catch (error) {
    log.warn(
      { err: error },
      `No key can be kept in DATA_DIR (${folder}), so the end of the audit is not signed. Set SECRET_KEY, or let it be written to.`,
    );
    return null;
  }
}

export async function closeApplication(app: Application): Promise<void> {
  await app.safeHtml.close();
  await app.store.close();
}
