/** What a request to the API says: its token, its input and its headers, checked for form before any verb sees them. */
import { DomainError, invalid, unreadable } from '../../domain/core/errors.ts';
import { HttpRefusal } from '../guard.ts';
import type { Operation } from './operation.ts';

type Input = Record<string, unknown>;

/** The bearer token; null without an Authorization header. Anything else in that header is refused. */
export function readBearer(headers: Headers): string | null {
  const header = headers.get('authorization');
  if (header === null) return null;
  const [, token] = /^bearer (klx_[\w-]{20,100})$/i.exec(header) ?? [];
  if (token === undefined) throw new DomainError('unauthenticated', 'bad_token');
  return token;
}

/** The query of a GET, the body of any other method, with the version of If-Match. */
export async function readInput(
  operation: Operation,
  request: Request,
  query: URLSearchParams,
): Promise<Input> {
  if (operation.method === 'GET') return readQuery(query, operation);
  const version = readVersion(request.headers.get('if-match'));
  const input = operation.input ? await readJson(request) : {};
  if (version === null) return input;
  if (!operation.input || !('version' in operation.input.shape)) throw invalid('If-Match', 'unknown_field');
  if (input.version !== undefined && input.version !== version) throw invalid('version', 'wrong_value');
  return { ...input, version };
}

/** Numbers as numbers; ids are longer than nine digits. Every parameter at most once, and only known ones. */
function readQuery(query: URLSearchParams, operation: Operation): Input {
  const input: Input = {};
  for (const [name, value] of query) {
    if (!operation.input || !Object.hasOwn(operation.input.shape, name))
      throw invalid(name.slice(0, 100), 'unknown_field');
    if (name in input) throw invalid(name, 'repeated');
    input[name] = /^\d{1,9}$/.test(value) ? Number(value) : value;
  }
  return input;
}

async function readJson(request: Request): Promise<Input> {
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength === 0) return {};
  if (!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(request.headers.get('content-type') ?? '')) {
    throw new HttpRefusal(415, unreadable('media_type'));
  }
  const value = parseJson(decode(bytes));
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid('', 'wrong_type', { type: 'object' });
  refuseStrange(value, []);
  return { ...value };
}

function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new HttpRefusal(400, unreadable('not_utf8'));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpRefusal(400, unreadable('not_json'));
  }
}

/** No input of ours is deeper than this; a deep one would overflow the stack of whoever walks it. */
const depthLimit = 12;
const strangeKeys = new Set(['__proto__', 'constructor', 'prototype']);

function refuseStrange(value: object, path: readonly string[]): void {
  if (path.length > depthLimit) throw new HttpRefusal(400, unreadable('malformed'));
  for (const [key, inner] of Object.entries(value)) {
    if (strangeKeys.has(key)) throw invalid([...path, key].join('.'), 'unknown_field');
    if (typeof inner === 'object' && inner !== null) refuseStrange(inner, [...path, key]);
  }
}

/** `If-Match: "3"` or `3`. */
function readVersion(header: string | null): number | null {
  if (header === null) return null;
  const [, , digits] = /^("?)([1-9]\d{0,8})\1$/.exec(header) ?? [];
  if (digits === undefined) throw invalid('If-Match', 'wrong_format');
  return Number(digits);
}

/** The Idempotency-Key of a POST; null without one. */
export function readKey(operation: Operation, headers: Headers): string | null {
  const key = operation.method === 'POST' ? headers.get('idempotency-key') : null;
  if (key !== null && !/^[\x21-\x7e]{1,200}$/.test(key)) throw invalid('Idempotency-Key', 'wrong_format');
  return key;
}
