import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../support/serving.ts';

export interface ServerProcess {
  url: string;
  pid: number;
  /** Milliseconds from the start of the process to the first whole home page. */
  startMs: number;
  /** Resident memory in megabytes, now and at its highest since the start. */
  memory: () => { now: number; peak: number };
  stop: () => Promise<void>;
}

/** The server as `npm start` runs it, on the SQLite file `bench.db` in `folder`. */
export async function startProcess(folder: string): Promise<ServerProcess> {
  const port = await freePort();
  const env = {
    ...process.env,
    PORT: String(port),
    DATABASE_URL: databaseIn(folder),
    DATA_DIR: folder,
    LOG_LEVEL: 'silent',
  };
  const started = performance.now();
  const child = spawn(process.execPath, ['--max-semi-space-size=8', 'src/start.mjs', 'serve'], {
    env,
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await new Promise((done) => child.once('exit', done));
  };
  const answers = () =>
    fetch(url).then(
      async (answer) => (await answer.text()) !== '' && answer.ok,
      () => false,
    );
  while (!(await answers())) {
    if (performance.now() - started > 20_000) {
      await stop();
      throw new Error('The server did not start.');
    }
    await new Promise((done) => setTimeout(done, 10));
  }
  const startMs = performance.now() - started;
  const pid = child.pid ?? 0;
  return { url, pid, startMs, memory: () => memoryOf(pid), stop };
}

export const databaseIn = (folder: string): string => `file:${join(folder, 'bench.db')}`;

function memoryOf(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string): number =>
    Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1_024;
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}
