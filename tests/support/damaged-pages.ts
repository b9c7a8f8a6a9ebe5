/** Single pages of a database overwritten, as a failing disk does it, and the server started on the result. */
import { closeSync, copyFileSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { klartext } from './command.ts';
import { type Serving, serve } from './serving.ts';

const pageBytes = 4_096;
export type Filling = 'random' | 'zeros';

export interface FilledDatabase {
  pages: number;
  /** Overwrites one page, starts, reads and writes; what went wrong, in sentences. */
  strike: (page: number, filling: Filling) => Promise<Struck>;
  remove: () => void;
}

interface Struck {
  isRefused: boolean;
  wrong: string[];
}

const crawled = ['/', '/history', '/feed.json', '/api/v1/status', '/policy'];

/** The same bytes at each run. */
function bytesOf(filling: Filling, seed: number): Buffer {
  const bytes = Buffer.alloc(pageBytes);
  if (filling === 'zeros') return bytes;
  let state = seed * 2_654_435_761 + 1;
  for (let at = 0; at < pageBytes; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** Texts that are longer than a page spill over into pages of their own, which no check of SQLite's looks into. */
const longBody = 'A body that is longer than a page of the file. '.repeat(300);

/** A database that was set up and filled over HTTP with `incidents`, every fifth of them long. */
export async function fillDatabase(incidents: number): Promise<FilledDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'klartext-damage-'));
  const file = join(folder, 'damage.db');
  const good = join(folder, 'good.copy');
  const env = {
    DATABASE_URL: `file:${file}`,
    DATA_DIR: join(folder, 'data'),
    PUBLIC_URL: 'http://status.example.com',
    LOG_LEVEL: 'warn',
  };
  await klartext(['user', 'add', 'z@example.com', '--role', 'admin', '--role', 'csup'], env);
  const token = (await klartext(['token', 'add', 'z@example.com', '--name', 't'], env)).out.trim();
  const whole = await serve(env);
  await whole.ready();
  for (let n = 0; n < incidents; n += 1)
    await write(whole, token, n % 5 === 0 ? longBody : 'A body that tells enough.');
  const sound = await crawl(whole);
  await whole.end('SIGTERM');
  const connection = new Sqlite(file);
  connection.pragma('wal_checkpoint(TRUNCATE)');
  connection.close();
  copyFileSync(file, good);
  return {
    pages: statSync(good).size / pageBytes,
    async strike(page, filling) {
      for (const ending of ['-wal', '-shm']) rmSync(file + ending, { force: true });
      copyFileSync(good, file);
      const descriptor = openSync(file, 'r+');
      writeSync(descriptor, bytesOf(filling, page), 0, pageBytes, (page - 1) * pageBytes);
      closeSync(descriptor);
      const isSound = (await klartext(['verify'], env)).code === 0;
      return { isRefused: !isSound, wrong: await wrongs(env, token, sound, isSound) };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Where the file is refused, nothing may be answered with 200 and no write taken; else all must be as before. */
async function wrongs(
  env: Record<string, string>,
  token: string,
  sound: ReadonlyMap<string, string>,
  isSound: boolean,
): Promise<string[]> {
  const server = await serve(env);
  try {
    await answering(server);
    if (isSound) await server.ready();
    const pages = await crawl(server);
    const written = await write(server, token);
    const wrong = [...pages]
      .filter(([path, text]) => (isSound ? text !== sound.get(path) : !text.startsWith('503 ')))
      .map(([path, text]) => `${path}: ${text.slice(0, 200)}`);
    if (written !== (isSound ? 201 : 503)) wrong.push(`A write was answered with ${written}.`);
    if (!server.isAlive()) wrong.push(`It ended: ${server.said()}`);
    return wrong;
  } finally {
    await server.end('SIGKILL');
  }
}

async function answering(server: Serving): Promise<void> {
  while ((await server.status('/healthz')) !== 200) {
    if (!server.isAlive()) throw new Error(`It ended: ${server.said()}`);
    await new Promise((done) => setTimeout(done, 50));
  }
  // A start that still examines the file is 503 as well; its verdict is what is asked for.
  for (let tries = 0; tries < 600 && (await server.status('/readyz')) !== 200; tries += 1) {
    if (/damaged|not a Klartext|missing or empty|malformed/.test(server.said())) return;
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Path → status and text, without what names this moment or address. */
async function crawl(server: Serving): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const path of crawled) {
    const answer = await fetch(server.url + path);
    const text = (await answer.text())
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z|\d\d:\d\d(:\d\d)?|\d+ (minutes?|hours?|seconds?|days?)/g, 'TIME')
      .replaceAll(/http:\/\/127\.0\.0\.1:\d+|nonce[-="']+[\w+/=-]+/g, '');
    found.set(path, `${answer.status} ${text}`);
  }
  return found;
}

async function write(server: Serving, token: string, body = 'A body that tells enough.'): Promise<number> {
  const answer = await fetch(`${server.url}/api/v1/incidents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      category: 'api',
      phase: 'investigating',
      texts: { en: { title: 'A title', body } },
    }),
  });
  return answer.status;
}
