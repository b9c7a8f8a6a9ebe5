/** Writes over HTTP while the server is killed again and again; what was acknowledged must be stored, and nothing else. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { klartext } from './command.ts';
import { type Serving, serve } from './serving.ts';

export interface KillCount {
  acknowledged: number;
  kills: number;
  /** In flight when the process was killed, and sent again under the same key. */
  sentAgain: number;
  /** Acknowledged and not stored. */
  lost: number;
  /** Stored and never acknowledged. */
  unasked: number;
  /** Starts after which the audit chain or its head did not verify. */
  broken: number;
}

const writersAtOnce = 4;

/** At least `writes` acknowledged incidents over `kills` SIGKILLs, each with writes in flight; on SQLite unless a PostgreSQL is given. */
export async function killLoop(writes: number, kills: number, postgres?: string): Promise<KillCount> {
  const folder = mkdtempSync(join(tmpdir(), 'klartext-kill-'));
  const database = postgres ? await newDatabase(postgres) : null;
  const file = join(folder, 'kill.db');
  const env = { DATABASE_URL: database?.url ?? `file:${file}`, DATA_DIR: folder, LOG_LEVEL: 'warn' };
  let server: Serving | null = null;
  try {
    await klartext(['user', 'add', 'a@example.com', '--role', 'admin', '--role', 'csup'], env);
    const token = (await klartext(['token', 'add', 'a@example.com', '--name', 'kill'], env)).out.trim();
    const acknowledged = new Set<string>();
    let unanswered: number[] = [];
    let next = 0;
    let sentAgain = 0;
    let broken = 0;
    const perRound = Math.ceil(writes / kills);
    for (let round = 0; round <= kills; round += 1) {
      server = await serve(env);
      await server.ready();
      if ((await klartext(['verify'], env)).code !== 0) broken += 1;
      sentAgain += unanswered.length;
      for (const number of unanswered) acknowledged.add(await writeSurely(server.url, token, number));
      unanswered = [];
      if (round === kills) break;
      const running = server;
      const enough = acknowledged.size + perRound;
      const writer = async () => {
        while (running.isAlive()) {
          const number = next;
          next += 1;
          const id = await write(running.url, token, number);
          if (id === null) unanswered.push(number);
          else acknowledged.add(id);
          if (acknowledged.size >= enough) await running.end('SIGKILL');
        }
      };
      await Promise.all(Array.from({ length: writersAtOnce }, writer));
    }
    await server?.end('SIGKILL');
    const stored = new Set(database ? await database.stored() : storedIn(file));
    return {
      acknowledged: acknowledged.size,
      kills,
      sentAgain,
      lost: [...acknowledged].filter((id) => !stored.has(id)).length,
      unasked: [...stored].filter((id) => !acknowledged.has(id)).length,
      broken,
    };
  } finally {
    await server?.end('SIGKILL');
    await database?.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The new incident's id; null when the connection broke before an answer came. */
async function write(url: string, token: string, number: number): Promise<string | null> {
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(`${url}/api/v1/incidents`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': `write-${number}`,
      },
      body: JSON.stringify({
        category: 'api',
        phase: 'investigating',
        texts: { en: { title: `Write ${number}`, body: 'A body that tells enough.' } },
      }),
    });
    text = await answer.text();
  } catch {
    return null;
  }
  if (answer.status !== 201) throw new Error(`Write ${number}: ${answer.status} ${text}`);
  const { incident }: { incident: { id: string } } = JSON.parse(text);
  return incident.id;
}

async function writeSurely(url: string, token: string, number: number): Promise<string> {
  const id = await write(url, token, number);
  if (id === null) throw new Error(`Write ${number} was not answered by a running server.`);
  return id;
}

function storedIn(file: string): string[] {
  const connection = new Sqlite(file);
  try {
    return connection.prepare<[], string>('select id from incidents').pluck().all();
  } finally {
    connection.close();
  }
}

async function newDatabase(postgres: string) {
  const name = `klartext_kill_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  const url = new URL(postgres);
  url.pathname = `/${name}`;
  const ask = async (connectionString: string, sql: string) => {
    const client = new pg.Client({ connectionString });
    await client.connect();
    const { rows } = await client.query<{ id: string }>(sql);
    await client.end();
    return rows;
  };
  await ask(postgres, `create database ${name}`);
  return {
    url: url.href,
    stored: async () => (await ask(url.href, 'select id from incidents')).map(({ id }) => id),
    remove: () => ask(postgres, `drop database if exists ${name} with (force)`),
  };
}
