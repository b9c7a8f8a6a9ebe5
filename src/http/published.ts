/** Published bytes: public pages rendered once per change and served from memory in front of Astro (design §1, §8.3). */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';
import type { Logger } from 'pino';

/** What a public page says of itself while it is rendered. */
export interface Publication {
  /** What it shows; a commit that touches one of them makes it stale. */
  tags: string[];
  /** When time alone changes it. */
  validUntil: Date | null;
  /** The last change of its content, for feeds. */
  lastModified?: Date | null;
}

export interface Rendered {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  publication: Publication | null;
}

type Encoding = 'identity' | 'gzip' | 'br';
interface Variant {
  body: Buffer;
  headers: string[];
}

interface Entry {
  status: number;
  tags: ReadonlySet<string>;
  validUntil: number;
  isStale: boolean;
  /** Digest of the uncompressed bytes; every variant's ETag begins with it. */
  digest: string;
  lastModified: string | null;
  variants: Record<Encoding, Variant>;
  size: number;
}

/** All entries together; the least recently used go first. */
const memoryLimit = 64 * 1024 * 1024;
/** Smaller bodies gain nothing from compression. */
const compressFrom = 200;

export class PublishedBytes {
  readonly #entries = new Map<string, Entry>();
  readonly #rendering = new Map<string, { promise: Promise<Entry | Rendered>; revision: number }>();
  readonly #render: (path: string) => Promise<Rendered>;
  readonly #log: Logger;
  readonly #now: () => Date;
  #revision = 0;
  #size = 0;

  constructor(render: (path: string) => Promise<Rendered>, log: Logger, now: () => Date) {
    this.#render = render;
    this.#log = log;
    this.#now = now;
  }

  /** Makes stale what shows one of the tags; null means anything may have changed. Old bytes stay for the case that rendering fails. */
  drop(tags: ReadonlySet<string> | null): void {
    this.#revision += 1;
    for (const entry of this.#entries.values()) {
      if (tags === null || tags.has('all') || [...entry.tags].some((tag) => tags.has(tag))) entry.isStale = true;
    }
  }

  /** Renders a path anew if it is not fresh; for hot pages after a change. */
  async warm(path: string): Promise<void> {
    if (!this.#fresh(path)) await this.#once(path).catch(() => undefined);
  }

  /** Answers a GET or HEAD of a public path. */
  async serve(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const found = this.#fresh(path) ?? (await this.#renderOrKeep(path));
    if (!('variants' in found)) return sendOnce(found, request, response);
    send(found, request, response);
  }

  #fresh(path: string): Entry | null {
    const entry = this.#entries.get(path);
    if (!entry || entry.isStale || entry.validUntil <= this.#now().getTime()) return null;
    // The map's order is the order of use.
    this.#entries.delete(path);
    this.#entries.set(path, entry);
    return entry;
  }

  async #renderOrKeep(path: string): Promise<Entry | Rendered> {
    const old = this.#entries.get(path);
    try {
      const found = await this.#once(path);
      if (found.status < 500 || !old) return found;
    } catch (error) {
      if (!old) throw error;
      this.#log.error({ path, err: error }, 'rendering failed');
    }
    this.#log.warn({ path }, 'kept the old bytes of a page that could not be rendered');
    return old;
  }

  /** Single flight: whoever comes while a render of the present revision runs waits for that one. */
  #once(path: string): Promise<Entry | Rendered> {
    const running = this.#rendering.get(path);
    if (running && running.revision === this.#revision) return running.promise;
    const flight = { revision: this.#revision, promise: this.#renderFresh(path) };
    this.#rendering.set(path, flight);
    const finish = () => {
      if (this.#rendering.get(path) === flight) this.#rendering.delete(path);
    };
    flight.promise.then(finish, finish);
    return flight.promise;
  }

  /** A render that began before a commit may show the state before it: it is neither stored nor served. */
  async #renderFresh(path: string): Promise<Entry | Rendered> {
    for (let attempt = 1; ; attempt += 1) {
      const revision = this.#revision;
      const rendered = await this.#render(path);
      if (revision !== this.#revision && attempt < 5) continue;
      const isKeepable = rendered.status === 200 && rendered.publication !== null && revision === this.#revision;
      return isKeepable && rendered.publication ? this.#keep(path, rendered, rendered.publication) : rendered;
    }
  }

  #keep(path: string, rendered: Rendered, publication: Publication): Entry {
    const entry = makeEntry(rendered, publication);
    this.#forget(path);
    this.#entries.set(path, entry);
    this.#size += entry.size;
    for (const oldest of this.#entries.keys()) {
      if (this.#size <= memoryLimit || oldest === path) break;
      this.#forget(oldest);
    }
    void squeeze(entry, rendered).catch((error) => this.#log.warn({ err: error }, 'compression failed'));
    return entry;
  }

  #forget(path: string): void {
    this.#size -= this.#entries.get(path)?.size ?? 0;
    this.#entries.delete(path);
  }
}

function makeEntry(rendered: Rendered, publication: Publication): Entry {
  const { body } = rendered;
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  const lastModified = publication.lastModified?.toUTCString() ?? null;
  const variant = variantMaker(rendered, digest, lastModified);
  const identity = variant('identity', body, '');
  const isSmall = body.length < compressFrom;
  const zipped = isSmall ? identity : variant('gzip', gzipSync(body, { level: 6 }), '-g');
  const brotli = isSmall ? identity : variant('br', brotliCompressSync(body, quality(5, body)), '-b');
  return {
    status: rendered.status,
    tags: new Set(publication.tags),
    validUntil: publication.validUntil?.getTime() ?? Number.POSITIVE_INFINITY,
    isStale: false,
    digest,
    lastModified,
    variants: { identity, gzip: zipped, br: brotli },
    size: identity.body.length + zipped.body.length + brotli.body.length,
  };
}

const quality = (level: number, body: Buffer) => ({
  params: { [constants.BROTLI_PARAM_QUALITY]: level, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
});

/** Replaces the quick compression by the best one when that is ready; other bytes, so another strong ETag. */
async function squeeze(entry: Entry, rendered: Rendered): Promise<void> {
  if (rendered.body.length < compressFrom) return;
  const variant = variantMaker(rendered, entry.digest, entry.lastModified);
  const zipped = await promisify(gzip)(rendered.body, { level: 9 });
  const brotli = await promisify(brotliCompress)(rendered.body, quality(11, rendered.body));
  entry.variants = {
    ...entry.variants,
    gzip: variant('gzip', zipped, '-g9'),
    br: variant('br', brotli, '-b11'),
  };
}

function variantMaker(rendered: Rendered, digest: string, lastModified: string | null) {
  return (encoding: Encoding, body: Buffer, suffix: string): Variant => {
    const headers = Object.entries(rendered.headers).flat();
    if (encoding !== 'identity') headers.push('content-encoding', encoding);
    headers.push('content-length', String(body.length), 'etag', `"${digest}${suffix}"`, 'vary', 'accept-encoding');
    if (lastModified) headers.push('last-modified', lastModified);
    return { body, headers };
  };
}

function send(entry: Entry, request: IncomingMessage, response: ServerResponse): void {
  const variant = entry.variants[chooseEncoding(request.headers['accept-encoding'])];
  if (isUnchanged(entry, request)) {
    response.writeHead(304, withoutBody(variant.headers)).end();
    return;
  }
  response.writeHead(entry.status, variant.headers);
  response.end(request.method === 'HEAD' ? undefined : variant.body);
}

/** If-None-Match wins over If-Modified-Since (RFC 9110 §13.2.2); the tag matches whatever the encoding. */
function isUnchanged(entry: Entry, request: IncomingMessage): boolean {
  const tags = request.headers['if-none-match'];
  if (tags !== undefined) {
    return tags.trim() === '*' || tags.split(',').some((tag) => tag.trim().replace(/^W\//, '').startsWith(`"${entry.digest}`));
  }
  const since = request.headers['if-modified-since'];
  return since !== undefined && entry.lastModified !== null && Date.parse(entry.lastModified) <= Date.parse(since);
}

function withoutBody(headers: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at] ?? '';
    if (!/^content-(length|encoding|type)$/.test(name)) kept.push(name, headers[at + 1] ?? '');
  }
  return kept;
}

/** br, else gzip, else none; `q=0` excludes (RFC 9110 §12.5.3). */
export function chooseEncoding(accept: string | string[] | undefined): Encoding {
  const offers = String(accept ?? '').toLowerCase().split(',');
  const accepts = (encoding: string): boolean =>
    offers.some((offer) => {
      const [name, ...parameters] = offer.split(';').map((piece) => piece.trim());
      return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    });
  if (accepts('br')) return 'br';
  return accepts('gzip') ? 'gzip' : 'identity';
}

function sendOnce(rendered: Rendered, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(rendered.status, { ...rendered.headers, 'content-length': rendered.body.length });
  response.end(request.method === 'HEAD' ? undefined : rendered.body);
}
