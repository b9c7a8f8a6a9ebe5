import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { klartext } from '../support/command.ts';
import { freshFile } from '../support/engines.ts';
import { open, statusPage } from '../support/incidents.ts';
import { minutesLater } from '../support/world.ts';
import type { Figure } from './figure.ts';
import { databaseIn, type ServerProcess, startProcess } from './server-process.ts';

const incidents = 20;
const updates = 400;
const writersAtOnce = 4;

/** Updates without a hold, SQLite: processor time of the verb alone, and of a server that also renders what each makes stale. */
export async function benchWrites(): Promise<Figure[]> {
  const verb = await verbSeconds();
  const server = await serverSeconds();
  return [
    {
      name: `processor time of posting one, of ${updates}`,
      value: (verb * 1_000) / updates,
      limit: 12.5,
      unit: 'ms',
    },
    { name: 'writes on one core', value: updates / verb, limit: null, unit: '/s' },
    {
      name: 'processor time of a server for one',
      value: (server * 1_000) / updates,
      limit: null,
      unit: 'ms',
    },
  ];
}

async function verbSeconds(): Promise<number> {
  const { store, remove } = await freshFile();
  try {
    const { csup } = await statusPage(store);
    const ids: string[] = [];
    for (let n = 0; n < incidents; n += 1) ids.push((await open(csup)).id);
    const before = process.cpuUsage();
    for (let n = 0; n < updates; n += 1)
      await postUpdate(minutesLater(csup, n + 1), ids[n % incidents] ?? '', message(n));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000_000;
  } finally {
    await remove();
  }
}

/** Through the API with a person's token. */
async function serverSeconds(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'klartext-bench-'));
  const env = { DATABASE_URL: databaseIn(folder), DATA_DIR: folder, LOG_LEVEL: 'silent' };
  try {
    await klartext(['user', 'add', 'a@example.com', '--role', 'admin', '--role', 'csup'], env);
    const token = (await klartext(['token', 'add', 'a@example.com', '--name', 'bench'], env)).out.trim();
    const server = await startProcess(folder);
    try {
      const ids: string[] = [];
      for (let n = 0; n < incidents; n += 1) {
        const opened = await post(server, token, '/api/v1/incidents', { category: 'api', ...message(n) });
        ids.push((await opened.json()).incident.id);
      }
      const queue = Array.from({ length: updates }, (_, n) => n);
      const before = processorSeconds(server.pid);
      const writer = async (): Promise<void> => {
        for (let n = queue.pop(); n !== undefined; n = queue.pop()) {
          const path = `/api/v1/incidents/${ids[n % incidents]}/updates`;
          await (await post(server, token, path, message(n))).arrayBuffer();
        }
      };
      await Promise.all(Array.from({ length: writersAtOnce }, writer));
      return processorSeconds(server.pid) - before;
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const message = (n: number) => ({
  phase: 'investigating',
  texts: {
    en: { title: 'Requests fail', body: `This is message number ${n} of the measurement.` },
    de: { title: 'Anfragen schlagen fehl', body: `Das ist Nachricht Nummer ${n} der Messung.` },
  },
});

async function post(server: ServerProcess, token: string, path: string, body: object): Promise<Response> {
  const answer = await fetch(server.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer;
}

/** What a process has used so far, of the system's hundredths of a second. */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
