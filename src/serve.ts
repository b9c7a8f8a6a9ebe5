/**
 * `npm start`: listens at once, opens the application as soon as it can be opened, and goes on whatever fails later. An
 * uncaught error is logged and survived: published bytes need nothing of what failed.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import type { Identity } from '../db/check-file.ts';
import { identify } from '../db/identify.ts';
import { troubleOf } from '../db/store.ts';
import { readConfig } from './config.ts';
import { type Door, openDoor } from './http/door.ts';

const tryAgainMs = 1_000;
/** Reading a whole large file costs something; one that was found damaged is read again at most this often. */
const tryDamagedAgainMs = 3_000;
/** The same reason is not logged each second. */
const logAgainMs = 60_000;

/** Starts the server of this process and ends it on SIGTERM or SIGINT after the requests in flight. */
export async function serve(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...words], options: { new: { type: 'boolean', default: false } } });
  const config = readConfig();
  // A full or closed log must neither end the page nor keep it from ending.
  process.stdout.on('error', () => undefined);
  const log = pino(
    { level: config.logLevel, base: undefined },
    { write: (line) => void process.stdout.write(line) },
  );
  const door = await openDoor(config, log);
  // The last wall. Every timer, listener and job catches its own; published pages need none of what failed.
  process.on('uncaughtException', (err) => log.error({ err }, 'went on after an unexpected failure'));
  process.on('unhandledRejection', (err) => log.error({ err }, 'went on after an unexpected failure'));
  const ending = new AbortController();
  let stop = async (): Promise<void> => {
    await new Promise((done) => door.server.close(done).closeAllConnections());
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'draining');
      ending.abort();
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
  // Examined in a thread of its own while the modules load.
  let identity: Promise<Identity | null> | undefined = identify(config.databaseUrl);
  identity.catch(() => undefined);
  const { contextOf } = await import('./application.ts');
  const { operator } = await import('./domain/core/authorize.ts');
  const { createSetupLink } = await import('./domain/instance/setup/setup-link.ts');
  const { openApplication } = await import('./open-application.ts');
  const { startServer } = await import('./server.ts');
  const { adminPaths } = await import('./paths.ts');

  const open = async () => {
    const app = await openApplication(config, { log, isNew: values.new, identity });
    try {
      const link = await createSetupLink(contextOf(app, operator('system')));
      return { app, link };
    } catch (error) {
      await app.store.close();
      throw error;
    }
  };
  const opened = await whenPossible(open, door, log, ending.signal, () => {
    identity = undefined;
  });
  if (!opened) return;
  const { app, link } = opened;
  const running = await startServer(app, door);
  stop = running.stop;
  if (link) {
    process.stderr.write(
      `Set up the first administrator (valid for 24 hours, once): ${config.publicUrl}${adminPaths.setup(link)}\n`,
    );
  }
  log.info({ url: config.publicUrl, listening: running.url }, 'ready');
}

/** Tries until it works; null when the process is to end meanwhile. */
async function whenPossible<T>(
  open: () => Promise<T>,
  door: Door,
  log: pino.Logger,
  signal: AbortSignal,
  beforeNext: () => void,
): Promise<T | null> {
  let told = { message: '', at: 0 };
  while (!signal.aborted) {
    try {
      return await open();
    } catch (error) {
      const trouble = troubleOf(error);
      door.waitFor(trouble);
      const message = error instanceof Error ? error.message : String(error);
      if (message !== told.message || performance.now() > told.at + logAgainMs) {
        told = { message, at: performance.now() };
        log.error(
          { trouble, listening: door.url, err: error },
          'the database cannot be used yet; trying again',
        );
      }
      beforeNext();
      const wait = trouble === 'damaged' ? tryDamagedAgainMs : tryAgainMs;
      await pause(wait, undefined, { signal }).catch(() => undefined);
    }
  }
  return null;
}
