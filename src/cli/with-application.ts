import { pino } from 'pino';
import { type Application, contextOf } from '../application.ts';
import { readConfig } from '../config.ts';
import { operator } from '../domain/access/authorize.ts';
import type { Context } from '../domain/context.ts';
import { closeApplication, openApplication } from '../open-application.ts';

/** The log of a command, away from stdout. */
export const logToStderr = (level: string) => pino({ level, base: undefined }, pino.destination(2));

/** Opens the database of the environment, does `work` as the operator, and closes it again. */
export async function withApplication<T>(
  work: (context: Context, app: Application) => Promise<T>,
  kind: 'cli' | 'import' = 'cli',
): Promise<T> {
  const config = readConfig();
  const app = await openApplication(config, { log: logToStderr(config.logLevel) });
  try {
    return await work(contextOf(app, operator(kind)), app);
  } finally {
    await closeApplication(app);
  }
}
