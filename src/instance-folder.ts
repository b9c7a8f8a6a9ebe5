/** What DATA_DIR knows of the instance beside its database: that it was set up, its key, and the head of its audit. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const files = { marker: 'instance.json', key: 'secret.key', head: 'audit-head.json' } as const;

const markerSchema = z.object({ id: z.string(), since: z.string() });
export type Marker = z.infer<typeof markerSchema>;

const headSchema = z.object({
  sequence: z.number().int(),
  hash: z.string(),
  /** Of the instance; a head of another one says nothing here. */
  instance: z.string(),
  key: z.string(),
  signature: z.string(),
});
export type KeptHead = z.infer<typeof headSchema>;

/** The marker of an instance that was set up; null without one. Throws when there is one that cannot be read. */
export const readMarker = (folder: string): Marker | null => readJson(folder, files.marker, markerSchema);
export const writeMarker = (folder: string, marker: Marker): void => writeJson(folder, files.marker, marker);

export const readKeptHead = (folder: string): KeptHead | null => readJson(folder, files.head, headSchema);
export const writeKeptHead = (folder: string, head: KeptHead): void => writeJson(folder, files.head, head);

/** Sets aside what belongs to the instance before, so that another one can begin. Its key stays. */
export function setMarkerAside(folder: string, now: Date): void {
  for (const name of [files.marker, files.head]) {
    try {
      renameSync(join(folder, name), join(folder, `${name}.${now.toISOString().replace(/[:.]/g, '-')}`));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }
}

/** The key of `SECRET_KEY`'s stead, for its owner alone; null without one. */
export function readKeyFile(folder: string): string | null {
  const text = read(folder, files.key)?.trim();
  return text ? text : null;
}

/** Makes the key; of two starts at once both get the same one. */
export function makeKeyFile(folder: string): string {
  prepare(folder);
  const key = randomBytes(32).toString('base64url');
  try {
    writeFileSync(join(folder, files.key), `${key}\n`, { flag: 'wx', mode: 0o600 });
    return key;
  } catch (error) {
    const found = codeOf(error) === 'EEXIST' ? readKeyFile(folder) : null;
    if (found === null) throw error;
    return found;
  }
}

function readJson<T>(folder: string, name: string, schema: z.ZodType<T>): T | null {
  const text = read(folder, name);
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new Error(`${join(folder, name)} cannot be understood. Restore it from a backup, or remove it.`);
  }
}

function read(folder: string, name: string): string | null {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}

/** Whole or not at all, also when the power fails in between. */
function writeJson(folder: string, name: string, value: object): void {
  prepare(folder);
  const path = join(folder, name);
  const unfinished = `${path}.${process.pid}`;
  try {
    writeFileSync(unfinished, `${JSON.stringify(value)}\n`, { mode: 0o600, flush: true });
    renameSync(unfinished, path);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

const prepare = (folder: string): void => void mkdirSync(folder, { recursive: true, mode: 0o700 });

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null);
