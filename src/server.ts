/** Owns the HTTP server: limits, guards, published bytes, static files, Astro, and a clean end. */

import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { troubleOf } from '../db/store.ts';
import type { Application } from './application.ts';
import type { Config } from './config.ts';
import { DomainError } from './domain/core/errors.ts';
import { feedFormats } from './feed-formats.ts';
import { type Door, openDoor } from './http/door.ts';
import { presentAddress } from './http/former-names.ts';
import {
  bodyLimitOf,
  checkMethod,
  checkOrigin,
  checkTarget,
  clientAddress,
  HttpRefusal,
  isOurs,
  isRead,
  readBody,
  readPath,
  readRefused,
} from './http/guard.ts';
import { closedPolicy, commonHeaders } from './http/headers.ts';
import { Lane } from './http/published/lane.ts';
import { keepWarm, PublishedBytes } from './http/published/published.ts';
import { type AstroHandler, siteOf } from './http/published/render-page.ts';
import { refusalOf, statusOf } from './http/refused/error-response.ts';
import { askedBy } from './http/refused/plain-page.ts';
import { refused, wantsPage } from './http/refused/refused.ts';
import { answerUnavailable } from './http/refused/unavailable.ts';
import { isOwnRoute } from './http/route-policies.ts';
import { sendStatic } from './http/static-files.ts';
import { startJobs } from './jobs/runner.ts';
import { keepInstance } from './keep-instance.ts';
import { closeApplication, projectRoot } from './open-application.ts';
import { keptAddress } from './public-routes.ts';

export interface RunningServer {
  app: Application;
  server: Server;
  published: PublishedBytes;
  /** The address it listens on, for tests that ask for port 0. */
  url: string;
  stop: () => Promise<void>;
}

/** Serves an open application through `door`, or a new one; resolves once it listens. */
export async function startServer(app: Application, door?: Door): Promise<RunningServer> {
  const astro = await loadBuiltSite();
  const hot = () => hotPaths(app);
  const published = new PublishedBytes(siteOf(app, astro), app.log, app.now, { hot });
  const strangers = new Lane(2);
  const warming = keepWarm(published, hot);
  const stopListening = app.store.onChange((tags) => {
    if (tags === null || tags.has('all')) app.offered.renew();
    published.drop(tags);
    warming.soon();
  });
  const stopTelling = app.store.onTrouble((trouble) => {
    if (trouble)
      app.log.error({ trouble: trouble.trouble, err: trouble.cause }, 'the database is lost; pages stay');
    else app.log.info('the database is back');
  });
  const jobs = startJobs(app);
  const keeping = keepInstance(app);

  const { server, url, answerWith } = door ?? (await openDoor(app.config, app.log));
  answerWith(async (request, response) => {
    const kept: Kept = { body: null };
    try {
      await answer({ app, astro, published, strangers, kept }, request, response);
    } catch (error) {
      refuse(app, request, response, error, kept.body ?? (await typedIn(request, error)));
    }
  });

  return {
    app,
    server,
    published,
    url,
    async stop() {
      const jobsEnded = jobs.stop();
      const closed = new Promise<void>((done) => server.close(() => done()));
      // Connections that fall idle while the others finish.
      const sweep = setInterval(() => server.closeIdleConnections(), 50);
      const force = setTimeout(() => server.closeAllConnections(), 8_000);
      await closed;
      clearInterval(sweep);
      clearTimeout(force);
      warming.stop();
      keeping.stop();
      stopListening();
      stopTelling();
      await jobsEnded;
      await closeApplication(app);
    },
  };
}

const hotPaths = ({ offered: { languages, paths } }: Application): string[] =>
  languages.flatMap((language) => [
    paths.home(language),
    ...feedFormats.map((format) => paths.feed(language, format)),
  ]);

interface Parts {
  app: Application;
  astro: AstroHandler;
  published: PublishedBytes;
  /** Who asks for what is no public page and does not say who he is gets a refusal; thousands of them take turns. */
  strangers: Lane;
  kept: Kept;
}

/** What a form sent, for the case that it cannot be taken. */
interface Kept {
  body: Buffer | null;
}

/** The way of a request: guards, health, published bytes, static files, Astro. */
async function answer(
  { app, astro, published, strangers, kept }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.url) request.url = presentAddress(request.url);
  const path = readPath(request);
  checkMethod(request);
  checkTarget(request, path);
  // Only the API knows tokens; on a page the header would only go round the published bytes.
  const isTeam = request.headers.authorization !== undefined && path.startsWith('/api/');
  const publicAddress = keptAddress(path, request.url ?? '');
  if (isRead(request) && !isTeam && publicAddress !== null) {
    request.resume();
    return published.serve(publicAddress, request, response);
  }
  await app.offered.settled;
  const requestId = randomUUID();
  for (const [name, value] of Object.entries(commonHeaders(app.config.publicUrl.startsWith('https:')))) {
    response.setHeader(name, value);
  }
  response.setHeader('x-request-id', requestId);
  if (path === '/healthz' || path === '/readyz') return health(app, path, response);
  if (/^\/(_image|_server-islands|_actions)(\/|$)/.test(path))
    throw new HttpRefusal(404, new DomainError('not_found', 'not_found'));
  if (isRead(request) && (await sendStatic(path, request, response))) return;
  if (isRead(request) && !isOwnRoute(path)) return published.serveMissing(path, request, response);
  response.setHeader('cache-control', 'no-store');

  checkOrigin(request, app.config);
  const body = isRead(request) ? null : await readBody(request, bodyLimitOf(path));
  kept.body = body;
  // SQLite would write on into a file that has no name any more.
  if (body) await app.store.ping();
  const address = clientAddress(request, app.config.trustedProxies);
  straighten(request, app.config);
  if (body) Object.assign(request, { body });
  const started = performance.now();
  response.once('finish', () => {
    const ms = Math.round(performance.now() - started);
    app.log.info(
      { requestId, method: request.method, path: withoutToken(path), status: response.statusCode, ms },
      'request',
    );
  });
  const give = () =>
    astro(
      request,
      response,
      () =>
        refuse(app, request, response, new HttpRefusal(404, new DomainError('not_found', 'not_found')), body),
      { app, requestId, clientAddress: address, publication: null, body },
    );
  const isStranger =
    isRead(request) && ![request.headers.authorization, request.headers.cookie].some(Boolean);
  await (isStranger ? strangers.run(give) : give());
}

/** A form that was refused before it was read is read now, so that its page can give it back. */
const typedIn = async (request: IncomingMessage, error: unknown): Promise<Buffer | null> =>
  error instanceof HttpRefusal && wantsPage(askedBy(request)) ? readRefused(request) : null;

/** Whoever reads the log must not be able to open what a token in an address opens. */
const withoutToken = (path: string): string =>
  path.replace(/(\/reports\/link|\/admin\/setup)\/[^/]+/, '$1/…');

/** Astro believes Host and X-Forwarded-*; it gets those of PUBLIC_URL and nothing a client sent. */
export function straighten(request: Pick<IncomingMessage, 'headers'>, config: Config): void {
  for (const name of Object.keys(request.headers)) {
    if (name.startsWith('x-forwarded') || name === 'forwarded' || name === '__proto__')
      delete request.headers[name];
  }
  request.headers.host = new URL(config.publicUrl).host;
}

async function health(app: Application, path: string, response: ServerResponse): Promise<void> {
  const isReady =
    path === '/healthz' ||
    (await app.store.probeWrite().then(
      () => true,
      () => false,
    ));
  response.writeHead(isReady ? 200 : 503, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': closedPolicy,
  });
  response.end(JSON.stringify({ status: isReady ? 'ok' : 'unavailable' }));
}

function refuse(
  app: Application,
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  body: Buffer | null,
): void {
  // Who broke off in the middle of a body waits for no answer.
  if (request.destroyed && !request.complete) return void response.destroy();
  const refusal = error instanceof HttpRefusal ? error.error : refusalOf(error);
  const status = error instanceof HttpRefusal ? error.status : statusOf(refusal);
  if (status >= 500) app.log.error({ method: request.method, err: error }, 'request failed');
  if (response.headersSent) return void response.destroy();
  const isHttps = app.config.publicUrl.startsWith('https:');
  const offered = app.offered.languages;
  if (refusal.code === 'unavailable')
    return void answerUnavailable(request, response, { trouble: troubleOf(error), isHttps, body, offered });
  // What was not read of a refused body would be taken for the next request.
  response.shouldKeepAlive = false;
  const answer = refused(askedBy(request, offered), {
    status,
    error: refusal,
    isHttps,
    body,
    isOurs: isOurs(request, app.config),
    ...(error instanceof HttpRefusal ? { headers: error.headers } : {}),
  });
  response.writeHead(status, answer.headers);
  response.end(request.method === 'HEAD' ? undefined : answer.text);
}

async function loadBuiltSite(): Promise<AstroHandler> {
  const entry = resolve(projectRoot, 'dist/server/entry.mjs');
  if (!existsSync(entry)) throw new Error('The site is not built yet. Run "npm run build" first.');
  const built: { handler: AstroHandler } = await import(pathToFileURL(entry).href);
  return built.handler;
}
