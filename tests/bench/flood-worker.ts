/** A flood in a thread of its own, so that whoever measures beside it is not late for its sake. Posts how many were answered. */
import { Agent, get } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

export interface FloodOrder {
  url: string;
  connections: number;
  seconds: number;
  /** Asked for in turn, again and again. */
  paths: string[];
}

const { url, connections, seconds, paths }: FloodOrder = workerData;
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const until = performance.now() + seconds * 1_000;
let asked = 0;
let answered = 0;

const ask = (): Promise<void> =>
  new Promise((done) => {
    const path = paths[asked++ % paths.length] ?? '/';
    get(url + path, { agent }, (answer) => {
      answer.resume().on('end', () => {
        answered += 1;
        done();
      });
    }).on('error', () => done());
  });

const connection = async (): Promise<void> => {
  while (performance.now() < until) await ask();
};
await Promise.all(Array.from({ length: connections }, connection));
agent.destroy();
parentPort?.postMessage(answered);
