/** One published page: its bytes in the encodings that were asked for, its validators, and how it answers a request. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import {
  brotliCompress,
  brotliCompressSync,
  brotliDecompressSync,
  constants,
  gunzipSync,
  gzipSync,
} from 'node:zlib';
import type { Tag } from '../../../db/store.ts';

/** What a public page says of itself while it is rendered. */
export interface Publication {
  /** What it shows; a commit that touches one of them makes it stale. */
  tags: Tag[];
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

export type Encoding = 'identity' | 'gzip' | 'br';
interface Variant {
  /** Bytes as a string of one byte each: kept in the heap that V8 compacts, where buffers would fragment the other. */
  body: string;
  headers: string[];
}

const bytesOf = ({ body }: Variant): Buffer => Buffer.from(body, 'latin1');

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
  /** Of the page, without those that differ by encoding. */
  headers: string[];
  /** Only in encodings that somebody asked for; the others are made from one of these. Never empty. */
  variants: Partial<Record<Encoding, Variant>>;
  /** Whether it is counted: in the map, not replaced or let go. */
  isKept: boolean;
  /** How often it was asked for since it was rendered. */
  asked: number;
  /** Smaller bodies gain nothing from compression and go out as they are. */
  isSmall: boolean;
  /** Bytes it takes in memory: bodies, headers and what surrounds them. */
  size: number;
}

const compressFrom = 200;
/** Measured: an entry of the map with its objects, and a buffer with its headers. */
const entryBytes = 2_000;
const variantBytes = 600;

/** `encoding` is the one that is asked for now. */
export function makeEntry(
  rendered: Rendered,
  publication: Publication,
  { old, now, encoding }: { old: Entry | undefined; now: Date; encoding: Encoding },
): Entry {
  const { body, status } = rendered;
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  const modified = modifiedOf(publication, digest, { old, now });
  const headers = Object.entries(rendered.headers).flat();
  headers.push('vary', 'accept-encoding');
  if (modified !== null) headers.push('last-modified', new Date(modified * 1_000).toUTCString());
  const tags = new Set(publication.tags);
  const entry: Entry = {
    status,
    tags,
    validUntil: publication.validUntil?.getTime() ?? Number.POSITIVE_INFINITY,
    isStale: false,
    retryAt: 0,
    digest,
    modified,
    headers,
    variants: {},
    isKept: false,
    asked: 1,
    isSmall: body.length < compressFrom,
    size: entryBytes + lengthOf(headers) + lengthOf([...tags]),
  };
  add(entry, entry.isSmall ? 'identity' : encoding, compress(body, entry.isSmall ? 'identity' : encoding));
  return entry;
}

const lengthOf = (words: readonly string[]): number => words.reduce((sum, word) => sum + word.length + 16, 0);

/** The bytes in this encoding, made of others when nobody asked for it before; then the entry is larger. */
function variantIn(entry: Entry, wanted: Encoding): Variant {
  const encoding = entry.isSmall ? 'identity' : wanted;
  return entry.variants[encoding] ?? add(entry, encoding, compress(plainOf(entry), encoding));
}

function plainOf({ variants: { identity, gzip, br } }: Entry): Buffer {
  if (identity) return bytesOf(identity);
  if (gzip) return gunzipSync(bytesOf(gzip));
  return br ? brotliDecompressSync(bytesOf(br)) : Buffer.alloc(0);
}

function compress(body: Buffer, encoding: Encoding): Buffer {
  if (encoding === 'br') return brotliCompressSync(body, quality(5, body));
  return encoding === 'gzip' ? gzipSync(body, { level: 9 }) : body;
}

const suffixes = { identity: '', gzip: '-g', br: '-b' } as const;

function add(entry: Entry, encoding: Encoding, bytes: Buffer, suffix: string = suffixes[encoding]): Variant {
  const body = bytes.toString('latin1');
  const headers = encoding === 'identity' ? [] : ['content-encoding', encoding];
  headers.push('content-length', String(body.length));
  if (entry.status === 200) headers.push('etag', `"${entry.digest}${suffix}"`);
  const before = entry.variants[encoding];
  const variant = { body, headers };
  entry.variants[encoding] = variant;
  entry.size += body.length - (before ? before.body.length : -variantBytes);
  return variant;
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

/** The window need not be larger than the text: the usual one takes megabytes. */
const quality = (level: number, body: Buffer) => ({
  params: {
    [constants.BROTLI_PARAM_QUALITY]: level,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    [constants.BROTLI_PARAM_LGWIN]: Math.min(22, Math.max(12, Math.ceil(Math.log2(body.length + 16)))),
  },
});

/** Replaces the quick compression by the best one when that is ready; other bytes, so another strong ETag. */
export async function squeeze(entry: Entry): Promise<void> {
  if (entry.isSmall) return;
  const plain = plainOf(entry);
  add(entry, 'br', await promisify(brotliCompress)(plain, quality(11, plain)), '-b11');
}

export function send(entry: Entry, now: Date, request: IncomingMessage, response: ServerResponse): void {
  const variant = variantIn(entry, encodingOf(request));
  // A second that is still to come is not told (RFC 9110 §8.8.2.1).
  const isDated = entry.modified === null || entry.modified <= secondOf(now);
  const common = isDated ? entry.headers : without(/^last-modified$/, entry.headers);
  const headers = [...common, ...variant.headers];
  if (entry.status === 200 && isUnchanged(entry, isDated, request)) {
    response.writeHead(304, without(/^content-(length|encoding|type)$/, headers)).end();
    return;
  }
  response.writeHead(entry.status, headers);
  if (request.method === 'HEAD') response.end();
  else response.end(variant.body, 'latin1');
}

export const encodingOf = (request: IncomingMessage): Encoding =>
  chooseEncoding(request.headers['accept-encoding']);

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
