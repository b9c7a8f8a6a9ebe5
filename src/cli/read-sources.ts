import { readFile } from 'node:fs/promises';
import type { StatuspageSource } from '../domain/imports/read-statuspage.ts';
import { readStandardInput, textOf } from './terminal.ts';

const limitMs = 30_000;
const limitBytes = 50_000_000;
const redirects = 5;

/** Reads the named files, `-` for standard input, and http(s) addresses, one after the other. */
export async function* readSources(names: readonly string[]): AsyncGenerator<StatuspageSource> {
  for (const name of names) yield { name, text: await readSource(name) };
}

async function readSource(name: string): Promise<string> {
  if (/^https?:\/\//i.test(name)) return fetchText(name);
  if (name === '-') return textOf(await readStandardInput(limitBytes), 'Standard input');
  try {
    return textOf(await readFile(name), name);
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new Error(`${name} cannot be read: ${error.code}.`);
    throw error;
  }
}

async function fetchText(address: string): Promise<string> {
  const signal = AbortSignal.timeout(limitMs);
  try {
    const response = await follow(new URL(address), signal);
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > limitBytes) throw new Error(`it is larger than ${limitBytes / 1_000_000} MB`);
      chunks.push(chunk);
    }
    return textOf(Buffer.concat(chunks), address);
  } catch (error) {
    const reason = signal.aborted ? `no complete answer within ${limitMs / 1_000} seconds` : reasonOf(error);
    throw new Error(`${address} cannot be read: ${reason}.`);
  }
}

/** Follows redirects on the same host only: what was named is what is read. */
async function follow(url: URL, signal: AbortSignal, left = redirects): Promise<Response> {
  const response = await fetch(url, { redirect: 'manual', signal, headers: { accept: 'application/json' } });
  const location = response.headers.get('location');
  if (response.status < 300 || response.status >= 400 || location === null) return response;
  await response.body?.cancel();
  const target = new URL(location, url);
  if (target.host !== url.host || (url.protocol === 'https:' && target.protocol !== 'https:')) {
    throw new Error(`it redirects to ${target.origin}; name that address if you trust it`);
  }
  if (left === 0) throw new Error('it redirects too often');
  return follow(target, signal, left - 1);
}

/** `fetch` says "fetch failed" and hides why in its cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return cause.message || ('code' in cause ? String(cause.code) : cause.name);
}
