/** The HTTP server itself: its limits, its sockets, and who answers: while the application opens, a page that says so. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Trouble } from '../../db/store.ts';
import type { Config } from '../config.ts';
import { bodyLimitOf, isRead, readBody } from './guard.ts';
import { answerUnavailable } from './refused/unavailable.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface Door {
  server: Server;
  /** The address it listens on, for tests that ask for port 0. */
  url: string;
  /** Why the application is not open yet, for whoever asks meanwhile. */
  waitFor: (trouble: Trouble) => void;
  /** From now on this answers. */
  answerWith: (answer: Answer) => void;
}

/** Listens at once; resolves when it does, and rejects when the port is taken. */
export async function openDoor(config: Config, log: Logger): Promise<Door> {
  let trouble: Trouble = 'starting';
  let answer: Answer = (request, response) => answerWaiting(request, response, trouble, config);
  const server = createServer({
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 1_000,
    maxHeaderSize: 16_384,
  });
  server.maxConnections = 10_000;
  server.on('request', (request, response) => {
    answer(request, response).catch((error) => {
      log.error({ method: request.method, err: error }, 'request failed');
      response.destroy();
    });
  });
  // Whoever asks first is told at once that the body is too large.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    const [path = ''] = (request.url ?? '').split('?', 1);
    if (Number(request.headers['content-length'] ?? 0) <= bodyLimitOf(path)) response.writeContinue();
    server.emit('request', request, response);
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(config.port, config.host, () => {
      server.off('error', fail);
      done();
    });
  });
  // Too many open files, for example: the next connection may be taken again.
  server.on('error', (error) => log.error({ err: error }, 'a connection could not be taken'));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  return {
    server,
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    waitFor(next) {
      trouble = next;
    },
    answerWith(next) {
      answer = next;
    },
  };
}

async function answerWaiting(
  request: IncomingMessage,
  response: ServerResponse,
  trouble: Trouble,
  config: Config,
): Promise<void> {
  const isHttps = config.publicUrl.startsWith('https:');
  const [path = '/'] = (request.url ?? '/').split('?', 1);
  if (path === '/healthz' || path === '/readyz') {
    const isWell = path === '/healthz';
    response.writeHead(isWell ? 200 : 503, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
    response.end(JSON.stringify({ status: isWell ? 'ok' : 'unavailable' }));
    return;
  }
  const body = isRead(request) ? null : await readBody(request, bodyLimitOf(path)).catch(() => null);
  // What was not read of a body would be taken for the next request.
  if (!isRead(request)) response.shouldKeepAlive = false;
  answerUnavailable(request, response, { trouble, isHttps, body });
}
