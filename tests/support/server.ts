/** The built server on a free port with a database, a clock and people of its own. Needs `npm run build` first. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { newId } from '../../db/ids.ts';
import type { Store } from '../../db/store.ts';
import type { Role } from '../../db/words.ts';
import { type Application, contextOf } from '../../src/application.ts';
import { parseConfig } from '../../src/config.ts';
import { operator } from '../../src/domain/core/authorize.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { addToken } from '../../src/domain/people/tokens/add-token.ts';
import { addUser } from '../../src/domain/people/users/add-user.ts';
import { openApplication } from '../../src/open-application.ts';
import { type RunningServer, startServer } from '../../src/server.ts';
import { spoken } from './in-words.ts';
import { newDatabase } from './postgres.ts';
import { night } from './world.ts';

export const password = 'seven quiet otters';

export interface TestPerson {
  id: string;
  email: string;
  name: string;
  roles: Role[];
}

export interface TestServer {
  /** Where it listens; `publicUrl` is what it believes to be called. */
  url: string;
  publicUrl: string;
  app: Application;
  running: RunningServer;
  /** Stands still until a test moves it. */
  clock: { now: Date; forward: (minutes: number) => Date };
  /** What the server logged, one JSON object a line. */
  log: string[];
  /** The machine's operator, for set-up through verbs. */
  context: () => Context;
  addPerson: (...roles: Role[]) => Promise<TestPerson>;
  /** A new token of a new person with these roles, or of `person`. */
  token: (who: Role[] | TestPerson) => Promise<string>;
  /** Signs a person in through the form; the value of a Cookie header. */
  cookie: (who: Role[] | TestPerson) => Promise<string>;
  fetch: (path: string, init?: RequestInit) => Promise<Response>;
  /** What the world gets at `path`, whatever its status. */
  text: (path: string) => Promise<string>;
  stop: () => Promise<void>;
}

export interface TestServerOptions {
  /** A PostgreSQL to make a database in; without one it is a SQLite file. */
  postgres?: string;
  publicUrl?: string;
  now?: Date;
  env?: Record<string, string>;
  /** Nobody has an account yet, so its page says that it is being set up. */
  isFresh?: boolean;
  /** The page offers every language of the product, not only those in which the tests have words. */
  offersAll?: boolean;
  /** Fills the empty database before the server opens it. */
  fill?: (url: string) => Promise<void>;
}

/** Starts it; `stop` also removes its database. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'klartext-data-'));
  const database = options.postgres ? newDatabase(options.postgres) : makeFile();
  await database.create();
  await options.fill?.(database.url);
  const publicUrl = options.publicUrl ?? 'https://status.example.com';
  const env = {
    HOST: '127.0.0.1',
    PORT: '0',
    PUBLIC_URL: publicUrl,
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    ...options.env,
  };
  const clock = {
    now: options.now ?? night,
    forward(minutes: number) {
      clock.now = new Date(clock.now.getTime() + minutes * 60_000);
      return clock.now;
    },
  };
  const log: string[] = [];
  const logger = pino({ base: undefined }, { write: (line) => void log.push(line) });
  const app = await openApplication(parseConfig(env), { now: () => clock.now, log: logger });
  if (!options.offersAll) await offerSpoken(app);
  const running = await startServer(app);
  if (!options.isFresh) await addFormerPerson(app.store);

  const context = () => contextOf(app, operator('cli'));
  const addPerson = async (...roles: Role[]): Promise<TestPerson> => {
    const person = { email: `${newId()}@example.com`, name: `Robin ${newId()}`, roles };
    const { id } = await addUser(context(), { ...person, password });
    return { id, ...person };
  };
  const asPerson = async (who: Role[] | TestPerson) => (Array.isArray(who) ? addPerson(...who) : who);
  const ask: TestServer['fetch'] = (path, init) => fetch(running.url + path, { redirect: 'manual', ...init });
  // Client and server share a thread: where a busy machine lets both wait for ten seconds, the server gives a connection up
  // on which the client is about to ask. As a browser does, what only reads is asked once more.
  const fetchHere: TestServer['fetch'] = (path, init) =>
    ask(path, init).catch((error: Error) => {
      const isGivenUp = (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ECONNRESET';
      if (isGivenUp && (init?.method ?? 'GET') === 'GET') return ask(path, init);
      throw error;
    });

  return {
    url: running.url,
    publicUrl,
    app,
    running,
    clock,
    log,
    context,
    addPerson,
    async token(who) {
      const person = await asPerson(who);
      const { token } = await addToken(context(), { name: 'Test', roles: person.roles, userId: person.id });
      return token;
    },
    async cookie(who) {
      const { email } = await asPerson(who);
      const answer = await fetchHere('/admin/sign-in?_action=sessions.signIn', {
        method: 'POST',
        headers: { origin: publicUrl },
        body: new URLSearchParams({ email, password }),
      });
      const [cookie] = answer.headers.getSetCookie();
      if (!cookie) throw new Error(`Signing in answered ${answer.status} without a cookie.`);
      return cookie.split(';')[0] ?? '';
    },
    fetch: fetchHere,
    text: async (path) => (await fetchHere(path)).text(),
    async stop() {
      running.server.closeAllConnections();
      await running.stop();
      await database.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The first administrator, long gone: the page is set up, and nobody is there yet. */
export const addFormerPerson = (store: Store): Promise<unknown> =>
  store.transaction(({ db, tables }) =>
    db.insert(tables.users).values({
      id: newId(),
      email: `${newId()}@example.com`,
      name: 'Formerly Here',
      passwordHash: 'none',
      roles: ['admin'],
      language: 'en',
      createdAt: night,
      disabledAt: night,
    }),
  );

/** The page offers the languages that the tests speak, as an administrator would have chosen before anything else happened. */
export async function offerSpoken({ store, offered }: Application): Promise<void> {
  const { settings } = store.tables;
  await store.transaction(({ db }) =>
    db.update(settings).set({ value: spoken }).where(eq(settings.key, 'languages')),
  );
  await offered.renew();
}

function makeFile() {
  const folder = mkdtempSync(join(tmpdir(), 'klartext-server-'));
  return {
    url: `file:${join(folder, 'test.db')}`,
    create: async () => undefined,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
