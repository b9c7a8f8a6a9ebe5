/** One published page: its bytes in every encoding, its validators, and how it answers a request. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';

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

export interface Entry {
  status: number;
  tags: ReadonlySet<string>;
  validUntil: number;
  isStale: boolean;
  /** After a failed render the old bytes go out until this instant of the process's clock. */
  retryAt: number;
  /** Digest of the uncompressed bytes; every variant's ETag begins with it. */
  digest: string;
  /** When the content changed, in seconds, for feeds. */
  modified: number | null;
  variants: Record<Encoding, Variant>;
  size: number;
}

/** Smaller bodies gain nothing from compression. */
const compressFrom = 200;

export function makeEntry(
  rendered: Rendered,
  publication: Publication,
  at: { old: Entry | undefined; now: Date },
): Entry {
  const { body } = rendered;
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  const modified = modifiedOf(publication, digest, at);
  const variant = variantMaker(rendered, digest, modified);
  const identity = variant('identity', body, '');
  const isSmall = body.length < compressFrom;
  const zipped = isSmall ? identity : variant('gzip', gzipSync(body, { level: 6 }), '-g');
  const brotli = isSmall ? identity : variant('br', brotliCompressSync(body, quality(5, body)), '-b');
  return {
    status: rendered.status,
    tags: new Set(publication.tags),
    validUntil: publication.validUntil?.getTime() ?? Number.POSITIVE_INFINITY,
    isStale: false,
    retryAt: 0,
    digest,
    modified,
    variants: { identity, gzip: zipped, br: brotli },
    size: identity.body.length + zipped.body.length + brotli.body.length,
  };
}

/** Feed readers that ask by date alone must not miss a change: other bytes have a later second than the ones before. */
function modifiedOf(
  publication: Publication,
  digest: string,
  { old, now }: { old: Entry | undefined; now: Date },
): number | null {
  if (!publication.lastModified) return null;
  const second = secondOf(publication.lastModified);
  const before = old?.modified ?? null;
  if (before === null || before < second) return second;
  return old?.digest === digest ? before : Math.max(before + 1, secondOf(now));
}

const secondOf = (at: Date): number => Math.floor(at.getTime() / 1_000);

const quality = (level: number, body: Buffer) => ({
  params: { [constants.BROTLI_PARAM_QUALITY]: level, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
});

/** Replaces the quick compression by the best one when that is ready; other bytes, so another strong ETag. */
export async function squeeze(entry: Entry, rendered: Rendered): Promise<void> {
  if (rendered.body.length < compressFrom) return;
  const variant = variantMaker(rendered, entry.digest, entry.modified);
  const zipped = await promisify(gzip)(rendered.body, { level: 9 });
  const brotli = await promisify(brotliCompress)(rendered.body, quality(11, rendered.body));
  entry.variants = {
    ...entry.variants,
    gzip: variant('gzip', zipped, '-g9'),
    br: variant('br', brotli, '-b11'),
  };
}

function variantMaker(rendered: Rendered, digest: string, modified: number | null) {
  return (encoding: Encoding, body: Buffer, suffix: string): Variant => {
    const headers = Object.entries(rendered.headers).flat();
    if (encoding !== 'identity') headers.push('content-encoding', encoding);
    headers.push('content-length', String(body.length), 'vary', 'accept-encoding');
    if (rendered.status === 200) headers.push('etag', `"${digest}${suffix}"`);
    if (modified !== null) headers.push('last-modified', new Date(modified * 1_000).toUTCString());
    return { body, headers };
  };
}

export function send(entry: Entry, now: Date, request: IncomingMessage, response: ServerResponse): void {
  const variant = entry.variants[chooseEncoding(request.headers['accept-encoding'])];
  // A second that is still to come is not told (RFC 9110 §8.8.2.1).
  const isDated = entry.modified === null || entry.modified <= secondOf(now);
  const headers = isDated ? variant.headers : without(/^last-modified$/, variant.headers);
  if (entry.status === 200 && isUnchanged(entry, isDated, request)) {
    response.writeHead(304, without(/^content-(length|encoding|type)$/, headers)).end();
    return;
  }
  response.writeHead(entry.status, headers);
  response.end(request.method === 'HEAD' ? undefined : variant.body);
}

/** If-None-Match wins over If-Modified-Since (RFC 9110 §13.2.2); the tag matches whatever the encoding. */
function isUnchanged(entry: Entry, isDated: boolean, request: IncomingMessage): boolean {
  const tags = request.headers['if-none-match'];
  if (tags !== undefined) {
    return (
      tags.trim() === '*' ||
      tags.split(',').some((tag) => tag.trim().replace(/^W\//, '').startsWith(`"${entry.digest}`))
    );
  }
  const since = request.headers['if-modified-since'];
  return (
    since !== undefined && isDated && entry.modified !== null && entry.modified * 1_000 <= Date.parse(since)
  );
}

function without(names: RegExp, headers: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at] ?? '';
    if (!names.test(name)) kept.push(name, headers[at + 1] ?? '');
  }
  return kept;
}

/** br, else gzip, else none; `q=0` excludes (RFC 9110 §12.5.3). */
export function chooseEncoding(accept: string | string[] | undefined): Encoding {
  const offers = String(accept ?? '')
    .toLowerCase()
    .split(',');
  const accepts = (encoding: string): boolean =>
    offers.some((offer) => {
      const [name, ...parameters] = offer.split(';').map((piece) => piece.trim());
      return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    });
  if (accepts('br')) return 'br';
  return accepts('gzip') ? 'gzip' : 'identity';
}

export function sendOnce(rendered: Rendered, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(rendered.status, { ...rendered.headers, 'content-length': rendered.body.length });
  response.end(request.method === 'HEAD' ? undefined : rendered.body);
}
