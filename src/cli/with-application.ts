import { pino } from 'pino';
import { type Application, contextOf } from '../application.ts';
import { readConfig } from '../config.ts';
import { operator } from '../domain/core/authorize.ts';
import type { Context } from '../domain/core/context.ts';
import { keepOnce } from '../keep-instance.ts';
import { closeApplication, openApplication } from '../open-application.ts';

/** The log of a command, away from stdout. */
export const logToStderr = (level: string) => pino({ level, base: undefined }, pino.destination(2));

/** Opens the database of the environment, does `work` as the operator, and closes it again. */
export async function withApplication<T>(
  work: (context: Context, app: Application) => Promise<T>,
  kind: 'cli' | 'import' = 'cli',
  { isNew = false }: { isNew?: boolean } = {},
): Promise<T> {
  const config = readConfig();
  const app = await openApplication(config, { log: logToStderr(config.logLevel), isNew });
  try {
    const result = await work(contextOf(app, operator(kind)), app);
    await keepOnce(app);
    return result;
  } finally {
    await closeApplication(app);
  }
}
