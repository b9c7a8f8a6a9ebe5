import { parentPort } from 'node:worker_threads';
import { renderSafeHtml } from './markdown.ts';
import type { FromWorker, ToWorker } from './safe-html.ts';

const tell = (message: FromWorker): void => parentPort?.postMessage(message);

parentPort?.on('message', ({ text }: ToWorker) => {
  // From here on the text's own time counts; loading this file did not.
  tell({ kind: 'began', usedMicroseconds: usedMicroseconds() });
  try {
    tell({ kind: 'done', html: renderSafeHtml(text.source, text.format, text.base) });
  } catch {
    tell({ kind: 'failed' });
  }
});

function usedMicroseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}
