/** What is refused before anything of the application runs. */
import type { IncomingMessage } from 'node:http';
import type { Config } from '../config.ts';
import { DomainError, unreadable } from '../domain/core/errors.ts';
import { isPublicAddress } from '../public-routes.ts';

export const bodyLimitBytes = 100_000;

/**
 * A whole report is saved at once: a dozen sections in two languages with their timeline. A refusal would lose what was typed.
 */
const reportLimitBytes = 1_000_000;
const wholeReport = /^\/(admin\/reports\/[^/]+\/text|api\/v1\/reports\/[^/]+)$/;

/** How many bytes a body sent to this path may have. */
export const bodyLimitOf = (path: string): number =>
  wholeReport.test(path) ? reportLimitBytes : bodyLimitBytes;

const readMethods = new Set(['GET', 'HEAD']);
const writeMethods = new Set(['POST', 'PATCH', 'PUT', 'DELETE']);

export class HttpRefusal extends Error {
  readonly status: number;
  readonly error: DomainError;
  readonly headers: Record<string, string>;
  constructor(status: number, error: DomainError, headers: Record<string, string> = {}) {
    super(error.message);
    this.status = status;
    this.error = error;
    this.headers = headers;
  }
}

/** The path of a well-formed request target; refuses the rest, so that nobody downstream decodes twice. */
export function readPath(request: IncomingMessage): string {
  const target = request.url ?? '/';
  const [raw = '/'] = target.split(/[?#]/, 1);
  if (hostCount(request) > 1) throw new HttpRefusal(400, unreadable('malformed'));
  const isPlain = /^\/(?!\/)[\x21-\x7e]*$/.test(raw) && !raw.includes('\\') && !/%2f|%5c|%00|%25/i.test(raw);
  if (!isPlain) throw new HttpRefusal(400, unreadable('malformed'));
  try {
    const decoded = decodeURIComponent(raw);
    if (/(^|\/)\.{1,2}(\/|$)/.test(decoded)) throw new URIError('dots');
    return decoded.length > 1 ? decoded.replace(/\/+$/, '') || '/' : decoded;
  } catch {
    throw new HttpRefusal(400, unreadable('malformed'));
  }
}

/** Two hosts in one request are a trick on whoever stands in front (RFC 9112 §3.2). */
function hostCount({ rawHeaders }: IncomingMessage): number {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.length === 4 && rawHeaders[at]?.toLowerCase() === 'host') count += 1;
  }
  return count;
}

const notAllowed = (method: string, allow: Iterable<string>): HttpRefusal =>
  new HttpRefusal(405, unreadable('method', { method: method.slice(0, 20) }), {
    allow: [...allow].join(', '),
  });

/** Only the methods we answer. */
export function checkMethod({ method = '' }: IncomingMessage): void {
  if (readMethods.has(method) || writeMethods.has(method)) return;
  throw notAllowed(method, [...readMethods, ...writeMethods]);
}

/** Only the admin area and the API are written to, so that no action can be sent to a public page. */
export function checkTarget(request: IncomingMessage, path: string): void {
  if (isRead(request) || /^\/(admin|api)(\/|$)/.test(path)) return;
  const isPage = isPublicAddress(path) || path === '/healthz' || path === '/readyz';
  throw isPage
    ? notAllowed(request.method ?? '', readMethods)
    : new HttpRefusal(404, new DomainError('not_found', 'not_found'));
}

export const isRead = (request: IncomingMessage): boolean => readMethods.has(request.method ?? '');

/**
 * True for a request that a page of ours sent: the browser itself says so (`Sec-Fetch-Site`, which no page can set and no
 * proxy makes), whatever became of its other headers on the way; a browser too old, or a page without TLS, has only the origin.
 */
export function isOurs({ headers }: Pick<IncomingMessage, 'headers'>, config: Config): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  return (
    origin === config.publicUrl || (!config.isPublicUrlSet && origin?.replace(/^https?:\/\//, '') === host)
  );
}

/**
 * A write must come from our own pages, whatever its content type. A bearer token is proof enough: browsers do not send it by
 * themselves. A program without a cookie sends neither mark. `Sec-Fetch-Site: same-origin` is believed over Origin and Host,
 * because no page can set it and no proxy makes it.
 */
export function checkOrigin(request: IncomingMessage, config: Config): void {
  if (isRead(request) || /^bearer /i.test(request.headers.authorization ?? '')) return;
  if (isOurs(request, config)) return;
  const { origin, cookie, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (site === undefined && origin === undefined && cookie === undefined) return;
  const params = {
    own: config.publicUrl,
    from: (origin === 'null' ? undefined : origin) ?? host ?? '?',
    isMarked: site === undefined ? 0 : 1,
  };
  throw new HttpRefusal(403, new DomainError('forbidden', 'cross_origin', { params }));
}

/** What was typed is given back up to here, also where less would have been taken. */
const givenBackBytes = 1_000_000;

/** What a refused form sent, for the page that says why; null for what another site sent or what is no form. */
export async function readRefused(request: IncomingMessage): Promise<Buffer | null> {
  const site = request.headers['sec-fetch-site'];
  const isForm = /^application\/x-www-form-urlencoded/i.test(request.headers['content-type'] ?? '');
  if (isRead(request) || !isForm || (site !== undefined && site !== 'same-origin')) return null;
  // Browsers announce how long a form is; of what is not announced a part may be read already.
  if (request.headers['content-length'] === undefined) return null;
  return readBody(request, givenBackBytes).catch(() => null);
}

/** The body, read to its end or refused: too large, compressed, or cut short. */
export async function readBody(request: IncomingMessage, limit = bodyLimitBytes): Promise<Buffer> {
  const tooLarge = () => new HttpRefusal(413, unreadable('body_too_large', { max: limit / 1_000 }));
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw new HttpRefusal(415, unreadable('media_type'));
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  // Left open on the way out, so that the refusal can still be told.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The client's address: the one our nearest trusted proxies saw, never what a client claims. */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const socket = withoutMapping(request.socket.remoteAddress ?? '');
  if (trustedProxies === 0) return socket;
  const hops = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((hop) => hop.trim())
    .filter(Boolean);
  return withoutMapping(hops.at(-trustedProxies) ?? socket);
}

/**
 * A socket that listens on `::` tells IPv4 readers as `::ffff:192.0.2.1` (RFC 4291 §2.5.5.2); as IPv6 all of them would
 * be one network. Also as two groups of hexadecimal digits, and with leading zeros.
 */
function withoutMapping(address: string): string {
  const [, dotted, high = '', low = ''] =
    /^(?:::|(?:0{1,4}:){5})ffff:(?:(\d+\.\d+\.\d+\.\d+)|([\da-f]{1,4}):([\da-f]{1,4}))$/i.exec(address) ?? [];
  if (dotted !== undefined) return dotted;
  if (!high) return address;
  return [high, low]
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
}
