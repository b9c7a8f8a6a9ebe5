/** What is refused before anything of the application runs. */
import type { IncomingMessage } from 'node:http';
import type { Config } from '../config.ts';
import { DomainError } from '../domain/errors.ts';

export const bodyLimitBytes = 100_000;

const readMethods = new Set(['GET', 'HEAD']);
const writeMethods = new Set(['POST', 'PATCH', 'PUT', 'DELETE']);

export class HttpRefusal extends Error {
  readonly status: number;
  readonly error: DomainError;
  constructor(status: number, error: DomainError) {
    super(error.message);
    this.status = status;
    this.error = error;
  }
}

/** The path of a well-formed request target; refuses the rest, so that nobody downstream decodes twice. */
export function readPath(request: IncomingMessage): string {
  const target = request.url ?? '/';
  const [raw = '/'] = target.split(/[?#]/, 1);
  const isPlain = /^\/(?!\/)[\x21-\x7e]*$/.test(raw) && !raw.includes('\\') && !/%2f|%5c|%00|%25/i.test(raw);
  if (!isPlain) throw new HttpRefusal(400, new DomainError('invalid', 'malformed'));
  try {
    const decoded = decodeURIComponent(raw);
    if (/(^|\/)\.{1,2}(\/|$)/.test(decoded)) throw new URIError('dots');
    return decoded.length > 1 ? decoded.replace(/\/+$/, '') || '/' : decoded;
  } catch {
    throw new HttpRefusal(400, new DomainError('invalid', 'malformed'));
  }
}

/** Only the methods we answer. */
export function checkMethod(request: IncomingMessage): void {
  const method = request.method ?? '';
  if (readMethods.has(method) || writeMethods.has(method)) return;
  throw new HttpRefusal(405, new DomainError('invalid', 'method', { params: { method: method.slice(0, 20) } }));
}

export const isRead = (request: IncomingMessage): boolean => readMethods.has(request.method ?? '');

/**
 * A write must come from our own pages, whatever its content type (design §7). A bearer token is proof enough: browsers
 * do not send it by themselves.
 */
export function checkOrigin(request: IncomingMessage, config: Config): void {
  if (isRead(request) || /^bearer /i.test(request.headers.authorization ?? '')) return;
  const { origin, cookie, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const isOwn = origin === config.publicUrl || (!config.isPublicUrlSet && origin?.replace(/^https?:\/\//, '') === host);
  const isSameSite = site === undefined || site === 'same-origin';
  const isAllowed = origin === undefined ? (site === undefined ? cookie === undefined : isSameSite) : isOwn && isSameSite;
  if (!isAllowed) throw new HttpRefusal(403, new DomainError('forbidden', 'cross_origin'));
}

/** The body, read to its end or refused: too large, compressed, or cut short. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const tooLarge = () => new HttpRefusal(413, new DomainError('invalid', 'body_too_large', { params: { max: bodyLimitBytes / 1_000 } }));
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw new HttpRefusal(415, new DomainError('invalid', 'media_type'));
  if (Number(request.headers['content-length'] ?? 0) > bodyLimitBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > bodyLimitBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The client's address: the one our nearest trusted proxies saw, never what a client claims. */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const socket = request.socket.remoteAddress ?? '';
  if (trustedProxies === 0) return socket;
  const hops = String(request.headers['x-forwarded-for'] ?? '').split(',').map((hop) => hop.trim()).filter(Boolean);
  return hops.at(-trustedProxies) ?? socket;
}
