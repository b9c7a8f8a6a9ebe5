/** `klartext serve` as a process of its own, to be killed or hurt. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

export interface Serving {
  url: string;
  said: () => string;
  isAlive: () => boolean;
  /** Null when nothing answers. */
  status: (path: string) => Promise<number | null>;
  /** Waits until `/readyz` is 200. */
  ready: () => Promise<void>;
  end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
}

/** As another user when `uid` is given. */
export async function serve(env: Record<string, string>, uid?: number): Promise<Serving> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child: ChildProcess = spawn(process.execPath, ['src/start.mjs', 'serve'], {
    env: { PATH: process.env.PATH ?? '', PUBLIC_URL: url, PORT: `${port}`, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const closed = once(child, 'close');
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  const status: Serving['status'] = (path) =>
    fetch(url + path, { redirect: 'manual' }).then(
      async (answer) => {
        await answer.text();
        return answer.status;
      },
      () => null,
    );
  return {
    url,
    said: () => said,
    isAlive,
    status,
    async ready() {
      for (let tries = 0; tries < 1_200; tries += 1) {
        if ((await status('/readyz')) === 200) return;
        if (!isAlive()) throw new Error(`It ended: ${said}`);
        await new Promise((done) => setTimeout(done, 50));
      }
      throw new Error(`It was never ready: ${said}`);
    },
    async end(signal) {
      if (isAlive()) child.kill(signal);
      await closed;
    },
  };
}

/** A port that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
